import type { TokenSequences } from '../../stages.ts';
import { countWindows, type WindowCounts } from './windows.ts';

/** Coherence of topics: the mean over topics, and each topic's own (NaN where it has fewer than two words in the texts). */
export interface Coherence {
  readonly mean: number;
  readonly topics: Float64Array;
}

const EPSILON = 1e-12;
/** Words counted in one pass, which bounds the table of pairs at 64 MB. */
const WORDS_AT_ONCE = 4000;

/**
 * NPMI of the topics' words in windows of ten tokens (gensim 4's `c_npmi`; Bouma 2009, Aletras & Stevenson 2013): the mean
 * over all pairs of a topic's words.
 */
export function npmiCoherence(
  topics: readonly (readonly string[])[],
  sequences: TokenSequences,
  window = 10,
): Coherence {
  return coherence(topics, sequences, window, (words, counts) => {
    let sum = 0;
    for (const a of words) for (const b of words) if (a !== b) sum += npmi(counts, a, b);
    return sum / (words.length * (words.length - 1));
  });
}

/**
 * C_v in windows of 110 tokens (gensim 4's `c_v`; Röder, Both & Hinneburg 2015): the mean cosine between each word's vector of
 * NPMI to the topic's words and the sum of these vectors.
 */
export function cvCoherence(
  topics: readonly (readonly string[])[],
  sequences: TokenSequences,
  window = 110,
): Coherence {
  return coherence(topics, sequences, window, (words, counts) => {
    const vectors = words.map((a) => words.map((b) => npmi(counts, a, b)));
    const whole = words.map((_, j) => vectors.reduce((sum, v) => sum + v[j], 0));
    return vectors.reduce((sum, v) => sum + cosine(v, whole), 0) / words.length;
  });
}

function coherence(
  topics: readonly (readonly string[])[],
  sequences: TokenSequences,
  window: number,
  score: (words: readonly number[], counts: WindowCounts) => number,
): Coherence {
  const column = new Map(sequences.vocabulary.map((word, c) => [word, c]));
  const known = topics.map((words) =>
    words.flatMap((word) => {
      const c = column.get(word);
      return c === undefined ? [] : [c];
    }),
  );
  const scores = new Float64Array(topics.length).fill(NaN);
  for (let from = 0; from < topics.length;) {
    const slot = new Int32Array(sequences.vocabulary.length).fill(-1);
    let words = 0;
    let to = from;
    for (; to < topics.length && (to === from || words + known[to].length <= WORDS_AT_ONCE); to++)
      for (const c of known[to]) if (slot[c] < 0) slot[c] = words++;
    const counts = countWindows(sequences, slot, words, window);
    for (let t = from; t < to; t++) {
      // A word that no text holds any more has no probability, and no coherence either.
      const slots = known[t].map((c) => slot[c]).filter((s) => counts.together[s * words + s] > 0);
      if (slots.length > 1) scores[t] = score(slots, counts);
    }
    from = to;
  }
  const finite = scores.filter((s) => !Number.isNaN(s));
  return { mean: finite.reduce((a, b) => a + b, 0) / finite.length, topics: scores };
}

/** Normalised pointwise mutual information of two counted words. */
function npmi({ together, words, windows }: WindowCounts, a: number, b: number): number {
  const both = together[a * words + b] / windows;
  const separate = (together[a * words + a] / windows) * (together[b * words + b] / windows);
  return Math.log((both + EPSILON) / separate) / -Math.log(both + EPSILON);
}

function cosine(a: readonly number[], b: readonly number[]): number {
  let [dot, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i] * b[i];
    squareA += a[i] * a[i];
    squareB += b[i] * b[i];
  }
  return dot / (Math.sqrt(squareA) * Math.sqrt(squareB));
}
