/** Words kept at most; natural language repeats the few hundred most frequent ones most of the time. */
const mostWords = 200_000;
const space = 32;

/** Token ids word by word, each word tokenised once: for tokenisers that never look across white space. */
export class WordCache {
  private readonly known = new Map<string, readonly number[]>();

  constructor(private readonly tokenise: (word: string) => readonly number[]) {}

  /** The first `room` tokens of a text, and whether there were more. */
  first(text: string, room: number): { ids: number[]; more: boolean } {
    const ids: number[] = [];
    const end = text.length;
    let at = 0;
    while (at < end) {
      while (at < end && isSpace(text.charCodeAt(at))) at++;
      if (at >= end) break;
      const start = at;
      while (at < end && !isSpace(text.charCodeAt(at))) at++;
      for (const id of this.word(text.slice(start, at))) {
        if (ids.length >= room) return { ids, more: true };
        ids.push(id);
      }
    }
    return { ids, more: false };
  }

  private word(word: string): readonly number[] {
    const known = this.known.get(word);
    if (known !== undefined) return known;
    const ids = this.tokenise(word);
    if (this.known.size >= mostWords) this.known.clear();
    if (word.length <= 64) this.known.set(word, ids);
    return ids;
  }
}

/** Only what every Unicode version and every implementation calls white space. */
function isSpace(code: number): boolean {
  return code === space || code === 10 || code === 13 || code === 9;
}
