import { throwIfCancelled } from '../base/errors.ts';
import { zeros, type Matrix } from '../base/matrix.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import type { TextTokens, TopicTerms } from '../stages.ts';
import { bagSimilarities, topicPostings, type TopicPostings } from './postings.ts';

export interface DistributionOptions {
  /** Tokens in a window. */
  readonly window: number;
  /** Tokens from one window's start to the next. */
  readonly stride: number;
  /** Cosines below count as nothing. */
  readonly minSimilarity: number;
}

export const distributionDefaults: DistributionOptions = { window: 4, stride: 1, minSimilarity: 0.1 };

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
  const postings = topicPostings(topicTerms);
  const { topics } = postings;
  const matrix = zeros(texts.length, topics.length);
  const sum = new Float64Array(topics.length);
  for (let d = 0; d < texts.length; d++) {
    if ((d & 63) === 0) {
      throwIfCancelled(context.signal);
      await breathe();
    }
    sum.fill(0);
    const { terms } = topicTerms.terms.tokenize(texts[d]);
    eachWindow(postings, terms, options, (similarities) => {
      for (let t = 0; t < sum.length; t++) sum[t] += similarities[t];
    });
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
  eachWindow(postings, tokens.terms, options, (similarities, from, to) => {
    for (let token = from; token < to; token++)
      for (let t = 0; t < width; t++) matrix.data[token * width + t] += similarities[t];
  });
  return { ...tokens, topics: postings.topics, matrix };
}

/** Compares each window with the topics; a text shorter than a window is one. */
function eachWindow(
  postings: TopicPostings,
  tokens: Int32Array,
  { window, stride, minSimilarity }: DistributionOptions,
  visit: (similarities: Float64Array, from: number, to: number) => void,
): void {
  const similarities = new Float64Array(postings.topics.length);
  const terms: number[] = [];
  const counts: number[] = [];
  const compare = (from: number, to: number): void => {
    terms.length = counts.length = 0;
    for (let token = from; token < to; token++) {
      if (tokens[token] < 0) continue;
      const at = terms.indexOf(tokens[token]);
      if (at < 0) {
        terms.push(tokens[token]);
        counts.push(1);
      } else counts[at]++;
    }
    if (terms.length === 0) return;
    bagSimilarities(postings, terms, counts, 0, terms.length, similarities);
    for (let t = 0; t < similarities.length; t++) if (similarities[t] < minSimilarity) similarities[t] = 0;
    visit(similarities, from, to);
  };
  if (tokens.length < window) compare(0, tokens.length);
  else for (let from = 0; from + window <= tokens.length; from += stride) compare(from, from + window);
}
