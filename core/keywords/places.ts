/** What `prepare` may join to the character before it: marks, the later letters of a Korean syllable, what is never seen. */
const chunks =
  /[A-Za-z0-9 ]+(?![\p{M}\u1160-\u11ff\u00ad\u2060\ufeff])|[^][\p{M}\u1160-\u11ff\u00ad\u2060\ufeff]*/gu;

/** Where each unit of a prepared text comes from: text[starts[i], ends[i]). */
export interface Places {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/**
 * Finds the units of a prepared text in the text itself, where preparing took characters out, joined or parted them.
 * @param prepared `prepare(text)`.
 * @returns null where preparing goes beyond a character and what is joined to it.
 */
export function placesIn(text: string, prepared: string, prepare: (text: string) => string): Places | null {
  const starts = new Int32Array(prepared.length);
  const ends = new Int32Array(prepared.length);
  let used = 0;
  for (const { 0: chunk, index } of text.matchAll(chunks)) {
    const { length } = prepare(chunk);
    for (let i = 0; i < length && used < prepared.length; i++, used++) {
      const same = length === chunk.length;
      starts[used] = index + (same ? i : 0);
      ends[used] = index + (same ? i + 1 : chunk.length);
    }
  }
  return used === prepared.length ? { starts, ends } : null;
}
