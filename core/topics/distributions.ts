import { throwIfCancelled } from '../base/errors.ts';
import { zeros, type Matrix } from '../base/matrix.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import type { TextTokens, TopicTerms } from '../stages.ts';
import { topicPostings, type TopicPostings } from './postings.ts';

export interface DistributionOptions {
  /** Tokens in a window. */
  readonly window: number;
  /** Tokens from one window's start to the next. */
  readonly stride: number;
  /** Cosines below count as nothing. */
  readonly minSimilarity: number;
}

export const distributionDefaults: DistributionOptions = { window: 4, stride: 1, minSimilarity: 0.1 };

/** Characters of a text that are compared: a book, so that what a cancel waits for stays short. */
const mostCharacters = 2_000_000;
/** Tokens compared before others may have a turn: long documents are as many as short ones. */
const tokensInABreath = 10_000;

/** Mixtures of topics: rows add up to 1, or are zeros where no window resembles a topic. */
export interface Distributions {
  /** Ids: the columns. */
  readonly topics: Int32Array;
  /** [texts × topics] */
  readonly matrix: Matrix;
}

/**
 * Mixture of topics of each text: windows of tokens are compared with the topics by the cosine of their c-TF-IDF, and the
 * cosines added up. BERTopic 0.17.4, `approximate_distribution`.
 */
export async function approximateDistribution(
  topicTerms: TopicTerms,
  texts: readonly string[],
  context: StageContext,
  options: DistributionOptions = distributionDefaults,
): Promise<Distributions> {
  const { tokenize } = topicTerms.terms;
  return distributionsOf(
    topicTerms,
    texts.length,
    (d) => tokenize(texts[d].slice(0, mostCharacters)).terms,
    context,
    options,
  );
}

/** The same for documents of the corpus: their words are not cut again where they are at hand. @param rows documents. */
export async function documentDistributions(
  topicTerms: TopicTerms,
  rows: Int32Array,
  texts: readonly string[],
  context: StageContext,
  options: DistributionOptions = distributionDefaults,
): Promise<Distributions> {
  const { sequence, tokenize } = topicTerms.terms;
  const termsOf = sequence
    ? (r: number): Int32Array => sequence(rows[r])
    : (r: number): Int32Array => tokenize(texts[rows[r]]).terms;
  return distributionsOf(topicTerms, rows.length, termsOf, context, options);
}

async function distributionsOf(
  topicTerms: TopicTerms,
  count: number,
  termsOf: (position: number) => Int32Array,
  context: StageContext,
  options: DistributionOptions,
): Promise<Distributions> {
  const postings = topicPostings(topicTerms);
  const { topics } = postings;
  const matrix = zeros(count, topics.length);
  const sum = new Float64Array(topics.length);
  let tokens = Infinity;
  for (let d = 0; d < count; d++) {
    if (tokens > tokensInABreath) {
      throwIfCancelled(context.signal);
      await breathe();
      tokens = 0;
    }
    const terms = termsOf(d);
    tokens += terms.length + 1;
    sum.fill(0);
    eachWindow(postings, terms, options, (t, similarity) => (sum[t] += similarity));
    const total = sum.reduce((a, b) => a + b, 0);
    if (total > 0) for (let t = 0; t < sum.length; t++) matrix.data[d * topics.length + t] = sum[t] / total;
  }
  return { topics, matrix };
}

/** A text's tokens and how strongly each belongs to each topic. */
export interface TokenDistribution extends TextTokens {
  readonly topics: Int32Array;
  /** [tokens × topics] added cosines of the windows that hold the token. */
  readonly matrix: Matrix;
}

/** The same token by token, for marking words in the reader. BERTopic 0.17.4, `calculate_tokens=True`. */
export function tokenDistribution(
  topicTerms: TopicTerms,
  text: string,
  options: DistributionOptions = distributionDefaults,
): TokenDistribution {
  const postings = topicPostings(topicTerms);
  const tokens = topicTerms.terms.tokenize(text);
  const width = postings.topics.length;
  const matrix = zeros(tokens.terms.length, width);
  eachWindow(postings, tokens.terms, options, (t, similarity, from, to) => {
    for (let token = from; token < to; token++) matrix.data[token * width + t] += similarity;
  });
  return { ...tokens, topics: postings.topics, matrix };
}

/**
 * Compares each window with the topics and reports those that reach the least cosine; a text shorter than a window is one.
 * The sums of a window are of its tokens alone, so that its numbers don't depend on those before.
 */
function eachWindow(
  { topics, byTerm, idf, damped }: TopicPostings,
  tokens: Int32Array,
  { window, stride, minSimilarity }: DistributionOptions,
  visit: (topic: number, similarity: number, from: number, to: number) => void,
): void {
  const dots = new Float64Array(topics.length);
  const compare = (from: number, to: number): void => {
    const square = squaredLength(tokens, from, to, idf, damped);
    if (square === 0) return;
    for (let token = from; token < to; token++) {
      const term = tokens[token];
      if (term < 0) continue;
      const end = byTerm.offsets[term + 1];
      // A term that stands there n times adds √n in all.
      const part = damped ? 1 / Math.sqrt(timesWithin(tokens, term, from, to)) : 1;
      for (let p = byTerm.offsets[term]; p < end; p++) dots[byTerm.indices[p]] += part * byTerm.values[p];
    }
    const scale = 1 / Math.sqrt(square);
    for (let t = 0; t < dots.length; t++) {
      const similarity = dots[t] * scale;
      dots[t] = 0;
      if (similarity > 0 && similarity >= minSimilarity) visit(t, similarity, from, to);
    }
  };
  if (tokens.length < window) compare(0, tokens.length);
  else for (let from = 0; from + window <= tokens.length; from += stride) compare(from, from + window);
}

/** Of the bag of terms in tokens[from … to): a term that stands there twice counts double, or √2 where counts are damped. */
function squaredLength(
  tokens: Int32Array,
  from: number,
  to: number,
  idf: Float64Array,
  damped: boolean,
): number {
  let square = 0;
  for (let a = from; a < to; a++) {
    const term = tokens[a];
    if (term < 0) continue;
    if (damped) square += idf[term] * idf[term];
    // (Σ counts · idf)² summed over terms equals the sum over all pairs of equal tokens.
    else for (let b = from; b < to; b++) if (tokens[b] === term) square += idf[term] * idf[term];
  }
  return square;
}

function timesWithin(tokens: Int32Array, term: number, from: number, to: number): number {
  let times = 0;
  for (let at = from; at < to; at++) if (tokens[at] === term) times++;
  return times;
}
