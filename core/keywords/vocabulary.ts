import { Interner, larger } from './interner.ts';
import { hashOf } from './tokens.ts';
import { hideBareContractions, isNoWord, isPiece, LOOKED_AT } from './shown.ts';

const UNSEEN = -1;
const DROPPED = -2;

/** What is not shown: a piece or no word; a term without a letter may still be part of a phrase ("windows 95"). */
const PIECE = 1;
const NO_WORD = 2;

/** Turns tokens into the terms that are counted: stop words dropped, thesaurus applied, pieces of words noticed. */
export class Vocabulary {
  readonly interner = new Interner();
  /** By id: the id it is counted as, UNSEEN or DROPPED. */
  private counted = new Int32Array(1 << 14).fill(UNSEEN);
  private looks = new Uint8Array(1 << 14);
  private pieces = new Uint8Array(1 << 14);

  constructor(
    private readonly stop: ReadonlySet<string>,
    private readonly aliases: ReadonlyMap<string, string>,
  ) {}

  /** The term of the token text[start, end); negative when it is not counted. */
  term(text: string, start: number, end: number, hash: number): number {
    const id = this.interner.word(text, start, end, hash);
    if (id >= this.counted.length) this.grow(id);
    let term = this.counted[id];
    if (term === UNSEEN) term = this.settle(id);
    if (term >= 0 && this.looks[id] < LOOKED_AT) {
      this.looks[id]++;
      if (isPiece(text, start, end)) this.pieces[id]++;
    }
    return term;
  }

  /** The term of a token without learning new ones; negative when it is not counted or was never seen. */
  known(text: string, start: number, end: number, hash: number): number {
    const id = this.interner.find(text, start, end, hash);
    return id < 0 || id >= this.counted.length ? UNSEEN : this.counted[id];
  }

  private settle(id: number): number {
    const word = this.interner.text(id);
    const alias = this.aliases.get(word) ?? word;
    let term = DROPPED;
    if (!this.stop.has(word) && !this.stop.has(alias)) {
      term = alias === word ? id : this.interner.word(alias, 0, alias.length, hashOf(alias));
      if (term >= this.counted.length) this.grow(term);
      if (term !== id) this.counted[term] = term;
    }
    return (this.counted[id] = term);
  }

  private grow(id: number): void {
    const size = this.counted.length;
    const bigger = Math.max(size * 2, id + 1);
    this.counted = larger(this.counted, bigger).fill(UNSEEN, size);
    this.looks = widened(this.looks, bigger);
    this.pieces = widened(this.pieces, bigger);
  }

  /** For each id (words and pairs): whether it is not shown as a keyword, 0 when it may be. */
  hidden(): Uint8Array {
    const { interner } = this;
    const hidden = new Uint8Array(interner.count);
    const words: number[] = [];
    for (let id = 0; id < interner.count; id++)
      if (interner.first(id) < 0) {
        words.push(id);
        if (this.pieces[id] * 2 > this.looks[id]) hidden[id] = PIECE;
      }
    hideBareContractions(interner, words, hidden);
    for (const id of words) if (hidden[id] === 0 && isNoWord(interner.text(id))) hidden[id] = NO_WORD;
    for (let id = 0; id < interner.count; id++) {
      const [a, b] = [interner.first(id), interner.second(id)];
      if (a < 0) continue;
      if (hidden[a] === PIECE || hidden[b] === PIECE || a === b) hidden[id] = PIECE;
      else if (hidden[a] === NO_WORD && hidden[b] === NO_WORD) hidden[id] = NO_WORD;
    }
    return hidden;
  }
}

function widened(old: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const bigger = new Uint8Array(size);
  bigger.set(old);
  return bigger;
}
