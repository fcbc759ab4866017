import { NO_WORD, PIECE } from './counted-words.ts';
import { Interner, larger } from './interner.ts';
import { bareContractions, isNoWord } from './shown.ts';
import { hashOf } from './tokens.ts';

const UNSEEN = -2;
const DROPPED = -1;
const NO_OWN_WORD = -1;

/** Turns words into the terms that are counted: stop words dropped, thesaurus applied, phrases joined. */
export class Vocabulary {
  /** Terms in the order in which they are first counted: words, and pairs of terms. */
  readonly interner = new Interner();
  /** By word: its term, DROPPED or UNSEEN. */
  private counted = new Int32Array(1 << 14).fill(UNSEEN);
  /** By term that is a word: the word that is written so; none where only others are counted as it. */
  private ownWord = new Int32Array(1 << 14).fill(NO_OWN_WORD);

  /** @param textOf the text of a word's number. */
  constructor(
    private readonly stop: ReadonlySet<string>,
    private readonly aliases: ReadonlyMap<string, string>,
    private readonly textOf: (word: number) => string,
  ) {}

  /** The term of a word; −1 when it is not counted. */
  term(word: number): number {
    if (word >= this.counted.length) this.counted = grown(this.counted, word, UNSEEN);
    const term = this.counted[word];
    return term === UNSEEN ? this.settle(word) : term;
  }

  /** The term of a word without learning new ones; −1 when it is not counted or was never met. */
  known(word: number): number {
    return word < 0 || word >= this.counted.length ? DROPPED : Math.max(this.counted[word], DROPPED);
  }

  private settle(word: number): number {
    const text = this.textOf(word);
    const alias = this.aliases.get(text) ?? text;
    if (this.stop.has(text) || this.stop.has(alias)) return (this.counted[word] = DROPPED);
    const term = this.interner.word(alias, 0, alias.length, hashOf(alias));
    if (term >= this.ownWord.length) this.ownWord = grown(this.ownWord, term, NO_OWN_WORD);
    if (alias === text) this.ownWord[term] = word;
    return (this.counted[word] = term);
  }

  /**
   * For each term: whether it is not shown as a keyword, 0 when it may be.
   * @param pieces by word, 1 for one that mostly stands as a piece.
   */
  hidden(pieces: Uint8Array): Uint8Array {
    const { interner } = this;
    const hidden = new Uint8Array(interner.count);
    const brokenWords: string[] = [];
    for (let word = 0; word < pieces.length; word++)
      if (pieces[word] === 1 && this.known(word) >= 0) brokenWords.push(this.textOf(word));
    const isBareContraction = bareContractions(brokenWords);
    for (let id = 0; id < interner.count; id++) {
      const [a, b] = [interner.first(id), interner.second(id)];
      if (a < 0) {
        const text = interner.text(id);
        const own = this.ownWord[id];
        if ((own !== NO_OWN_WORD && pieces[own] === 1) || isBareContraction(text)) hidden[id] = PIECE;
        else if (isNoWord(text)) hidden[id] = NO_WORD;
        continue;
      }
      // A pair comes after its parts.
      if (hidden[a] === PIECE || hidden[b] === PIECE || a === b) hidden[id] = PIECE;
      else if (hidden[a] === NO_WORD && hidden[b] === NO_WORD) hidden[id] = NO_WORD;
    }
    return hidden;
  }
}

function grown(old: Int32Array, at: number, fill: number): Int32Array<ArrayBuffer> {
  return larger(old, Math.max(old.length * 2, at + 1)).fill(fill, old.length);
}
