import type { TokenSequences } from '../../stages.ts';

/** In how many windows each of some words stands, and each two of them together. */
export interface WindowCounts {
  readonly windows: number;
  readonly words: number;
  /** [words × words], symmetric; the diagonal holds a word's own windows. */
  readonly together: Int32Array;
}

/**
 * Slides a window of `size` tokens over every document, one token at a time; a shorter document is one window.
 *
 * Counts as gensim 4 does (`WordOccurrenceAccumulator`), in one respect oddly: when the token that leaves the window stands
 * in it a second time, the word counts as absent until it comes in again. Numbers are meant to be comparable, so it is kept.
 * @param slot for each term of the vocabulary its place among the `words` counted, or −1.
 */
export function countWindows(
  sequences: TokenSequences,
  slot: Int32Array,
  words: number,
  size: number,
): WindowCounts {
  const together = new Int32Array(words * words);
  const since = new Int32Array(words).fill(-1);
  const present: number[] = [];
  let windows = 0;

  const enter = (word: number, window: number): void => {
    if (word < 0 || since[word] >= 0) return;
    since[word] = window;
    present.push(word);
  };
  // A word that leaves has been together with each other present one since the later of the two came.
  const leave = (word: number, window: number): void => {
    if (word < 0 || since[word] < 0) return;
    const start = since[word];
    since[word] = -1;
    present.splice(present.indexOf(word), 1);
    together[word * words + word] += window - start;
    for (const other of present) {
      const common = window - Math.max(start, since[other]);
      together[word * words + other] += common;
      together[other * words + word] += common;
    }
  };

  for (let d = 0; d + 1 < sequences.offsets.length; d++) {
    const [from, to] = [sequences.offsets[d], sequences.offsets[d + 1]];
    const last = Math.max(0, to - from - size);
    for (let t = from; t < Math.min(to, from + size); t++) enter(slot[sequences.terms[t]], 0);
    for (let window = 1; window <= last; window++) {
      const out = slot[sequences.terms[from + window - 1]];
      const into = slot[sequences.terms[from + window + size - 1]];
      if (out !== into) leave(out, window);
      enter(into, window);
    }
    while (present.length > 0) leave(present[present.length - 1], last + 1);
    windows += last + 1;
  }
  return { windows, words, together };
}
