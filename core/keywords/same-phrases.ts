/** Between two documents: no phrase goes over it. */
export const BREAK = -1;

/** Where phrases first stand. */
export interface FirstPlaces {
  /** By position: where an equal phrase first stands (itself, at the first); BREAK where no phrase begins. */
  readonly first: Int32Array;
  /** By position: 1 at the first place of a phrase that stands elsewhere, too. */
  readonly again: Uint8Array;
}

/** Positions between two pauses. */
const stretch = 1 << 21;

/**
 * Tells equal phrases without hashing them: a phrase is a shorter one that was told before and the word after it, so phrases
 * with the same beginning are brought together by counting (one pass of a radix sort), and within each such group the last
 * words are told by one small table. Phrases that begin like no other, the most by far, are never compared.
 * @param words by position: words below `vocabulary` in the order of the texts, BREAK after each document.
 * @param beginnings by position: what tells the phrase without its last word, from 0 to below `kinds`; BREAK for none.
 * @param length words of a phrase.
 * @param pause is awaited now and then.
 */
export async function firstPlaces(
  words: Int32Array,
  vocabulary: number,
  beginnings: Int32Array,
  kinds: number,
  length: number,
  pause: () => Promise<void>,
): Promise<FirstPlaces> {
  const first = new Int32Array(words.length).fill(BREAK);
  const again = new Uint8Array(words.length);
  const next = new Int32Array(kinds);
  const behind = words.length - length + 1;
  for (let p = 0; p < behind; p++)
    if (beginnings[p] !== BREAK && words[p + length - 1] !== BREAK) {
      first[p] = p;
      next[beginnings[p]]++;
    }
  let grouped = 0;
  for (let k = 0; k < kinds; k++) {
    const size = next[k];
    next[k] = size > 1 ? grouped : -1;
    if (size > 1) grouped += size;
  }
  await pause();
  const order = new Int32Array(grouped);
  for (let p = 0; p < behind; p++) {
    if (first[p] === BREAK) continue;
    const at = next[beginnings[p]];
    if (at < 0) continue;
    order[at] = p;
    next[beginnings[p]] = at + 1;
  }
  await pause();
  // By word: one past its first place in `order` within the group, or in one before it.
  const seen = new Int32Array(vocabulary);
  let pauseAt = stretch;
  for (let k = 0, at = 0; k < kinds; k++) {
    const start = at;
    for (; at < next[k]; at++) {
      const word = words[order[at] + length - 1];
      if (seen[word] <= start) {
        seen[word] = at + 1;
        continue;
      }
      const before = order[seen[word] - 1];
      first[order[at]] = before;
      again[before] = 1;
    }
    if (at < pauseAt) continue;
    pauseAt = at + stretch;
    await pause();
  }
  return { first, again };
}
