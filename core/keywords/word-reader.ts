import { Interner } from './interner.ts';
import { placesIn } from './places.ts';
import { isPiece, LOOKED_AT } from './shown.ts';
import { hashOf, TokenBuffer, type Tokenizer } from './tokens.ts';

/** Cuts texts into words and gives equal ones the same number, in the order in which they are first seen. */
export class WordReader {
  /** Numbers of the words of the text that was read last; longer than it. */
  words = new Int32Array(256);
  private readonly interner = new Interner();
  private readonly buffer = new TokenBuffer();
  private looks = new Uint8Array(1 << 14);
  private broken = new Uint8Array(1 << 14);

  /** @param known words that have the first numbers. */
  constructor(
    readonly tokenizer: Tokenizer,
    known: readonly string[] = [],
  ) {
    for (const word of known) this.interner.word(word, 0, word.length, hashOf(word));
  }

  /** Fills `words`; returns how many there are. */
  read(text: string): number {
    const prepared = this.tokenizer.prepare(text);
    const { buffer, interner } = this;
    this.tokenizer.cut(prepared, buffer);
    const { starts, ends, hashes, count } = buffer;
    if (count > this.words.length) this.words = new Int32Array(2 * count);
    for (let t = 0; t < count; t++) {
      const id = interner.word(prepared, starts[t], ends[t], hashes[t]);
      if (id >= this.looks.length) this.grow(id);
      if (this.looks[id] < LOOKED_AT) {
        this.looks[id]++;
        if (isPiece(prepared, starts[t], ends[t])) this.broken[id]++;
      }
      this.words[t] = id;
    }
    return count;
  }

  /** The words of one text with their places in it, without learning new ones: −1 for a word that was never seen. */
  find(text: string): { words: Int32Array; starts: Int32Array; ends: Int32Array } {
    const { buffer, interner, tokenizer } = this;
    const prepared = tokenizer.prepare(text);
    tokenizer.cut(prepared, buffer);
    const starts = buffer.starts.slice(0, buffer.count);
    const ends = buffer.ends.slice(0, buffer.count);
    const words = starts.map((start, t) => interner.find(prepared, start, ends[t], buffer.hashes[t]));
    if (prepared.length === text.length) return { words, starts, ends };
    const places = placesIn(text, prepared, (part) => tokenizer.prepare(part));
    if (places === null) return { words, starts, ends };
    return {
      words,
      starts: starts.map((start) => places.starts[start]),
      ends: ends.map((end) => places.ends[end - 1]),
    };
  }

  textOf(word: number): string {
    return this.interner.text(word);
  }

  vocabulary(): string[] {
    return Array.from({ length: this.interner.count }, (_, id) => this.interner.text(id));
  }

  /** 1 for each word that mostly stands as a piece of something, as far as was looked. */
  pieces(): Uint8Array {
    return Uint8Array.from({ length: this.interner.count }, (_, id) =>
      this.broken[id] * 2 > this.looks[id] ? 1 : 0,
    );
  }

  private grow(id: number): void {
    const size = Math.max(this.looks.length * 2, id + 1);
    this.looks = widened(this.looks, size);
    this.broken = widened(this.broken, size);
  }
}

function widened(old: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const bigger = new Uint8Array(size);
  bigger.set(old);
  return bigger;
}
