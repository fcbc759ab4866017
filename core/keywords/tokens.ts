import { classOfAstral, classOfUnit, MARK, SPACELESS, WORD } from './characters.ts';

const HASH_START = 0x811c9dc5 | 0;
const HASH_FACTOR = 0x01000193;
/**
 * UTF-16 units of a script without spaces that are cut at once, and how many of them again with the next ones. The segmenter's time
 * grows with the square of the length: 80,000 characters without a space or full stop took half a minute.
 */
const STRETCH = 2048;
const OVERLAP = 128;
const ascii = Uint8Array.from({ length: 128 }, (_, unit) => classOfUnit(unit));

/** FNV-1a over UTF-16 units. */
export function hashOf(word: string): number {
  let hash = HASH_START;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), HASH_FACTOR);
  return hash;
}

/**
 * How a text is cut. `sklearn`: `(?u)\b\w\w+\b` of CountVectorizer. `words`: the same, but combining marks belong to their
 * word, and runs of a script without spaces are cut into real words by `Intl.Segmenter`. `bertopic`: BERTopic 0.17's
 * `_preprocess_text` (for English everything but ASCII letters, digits and spaces is deleted first), then `sklearn`.
 */
export type TokenRule = 'words' | 'sklearn' | 'bertopic';

/** Token spans of one text after another; the arrays are reused and grow. */
export class TokenBuffer {
  starts = new Int32Array(256);
  ends = new Int32Array(256);
  /** `hashOf` of each token: taken while the characters are read anyway. */
  hashes = new Int32Array(256);
  count = 0;

  push(start: number, end: number, hash: number): void {
    if (this.count === this.starts.length) {
      this.starts = grown(this.starts);
      this.ends = grown(this.ends);
      this.hashes = grown(this.hashes);
    }
    this.starts[this.count] = start;
    this.hashes[this.count] = hash;
    this.ends[this.count++] = end;
  }
}

/**
 * Without soft hyphens and what else is never seen inside a word (pages are full of them, and they would cut it in two), and with
 * each letter that has an accent as one, as the stop words have it.
 */
function asSeen(text: string): string {
  if (!/\u00ad|\u2060|\ufeff|[\u0300-\u036f]/.test(text)) return text;
  return text.replace(/[\u00ad\u2060\ufeff]+/g, '').normalize('NFC');
}

function grown(old: Int32Array): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(old.length * 2);
  bigger.set(old);
  return bigger;
}

/** Cuts texts into tokens of at least two characters. */
export class Tokenizer {
  private segmenter: Intl.Segmenter | null = null;

  constructor(
    readonly rule: TokenRule,
    readonly language: string,
  ) {}

  /** The text in the form in which its tokens are read: lower case, for `bertopic` without punctuation. */
  prepare(text: string): string {
    if (this.rule === 'sklearn') return text.toLowerCase();
    if (this.rule === 'words') return asSeen(text).toLowerCase();
    const spaced = text.replace(/[\n\t]/g, ' ');
    return (this.language === 'en' ? spaced.replace(/[^A-Za-z0-9 ]+/g, '') : spaced).toLowerCase();
  }

  /** Fills the buffer with the tokens of a prepared text. */
  cut(text: string, out: TokenBuffer): void {
    out.count = 0;
    const length = text.length;
    const real = this.rule === 'words';
    let start = -1;
    let characters = 0;
    let hash = HASH_START;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      const kind = unit < 128 ? ascii[unit] : this.classAt(text, i, real);
      if (kind === WORD || (kind === MARK && real && start >= 0)) {
        if (start < 0) start = i;
        characters++;
        hash = Math.imul(hash ^ unit, HASH_FACTOR);
        // The second half of a character beyond the basic plane belongs to the first.
        if (unit >= 0xd800 && unit < 0xdc00) hash = Math.imul(hash ^ text.charCodeAt(++i), HASH_FACTOR);
      } else {
        if (characters > 1) out.push(start, i, hash);
        start = -1;
        characters = 0;
        hash = HASH_START;
        if (kind === SPACELESS) i = this.cutSpaceless(text, i, out) - 1;
      }
    }
    if (characters > 1) out.push(start, length, hash);
  }

  private classAt(text: string, i: number, real: boolean): number {
    const codePoint = text.codePointAt(i)!;
    const kind = codePoint > 0xffff ? classOfAstral(codePoint) : classOfUnit(codePoint);
    if (kind !== SPACELESS || real) return kind;
    return /^\p{M}$/u.test(String.fromCodePoint(codePoint)) ? MARK : WORD;
  }

  /** Cuts the run of a script without spaces that begins at `from`; returns its end. */
  private cutSpaceless(text: string, from: number, out: TokenBuffer): number {
    let to = from;
    while (to < text.length) {
      const codePoint = text.codePointAt(to)!;
      const kind = codePoint > 0xffff ? classOfAstral(codePoint) : classOfUnit(codePoint);
      if (kind !== SPACELESS && kind !== MARK) break;
      to += codePoint > 0xffff ? 2 : 1;
    }
    this.segmenter ??= new Intl.Segmenter(this.language, { granularity: 'word' });
    for (let at = from; at < to;) {
      const end = Math.min(to, at + STRETCH);
      let next = end;
      for (const { segment, index, isWordLike } of this.segmenter.segment(text.slice(at, end))) {
        // What lies near the end may go on behind it: it is cut with the next stretch.
        if (end < to && index >= STRETCH - OVERLAP) {
          next = at + index;
          break;
        }
        if (isWordLike && (segment.length > 2 || [...segment].length > 1))
          out.push(at + index, at + index + segment.length, hashOf(segment));
      }
      at = next;
    }
    return to;
  }
}
