import type { CorpusWords } from './corpus-words.ts';
import { bareContractions, isNoWord } from './shown.ts';

/** What is not shown: a piece or no word; a term without a letter may still be part of a phrase ("windows 95"). */
export const PIECE = 1;
export const NO_WORD = 2;

/** The words of a corpus as they are counted: stop words dropped, thesaurus applied. */
export interface CountedWords {
  /** By word: the word that it is counted as; −1 for one that is not counted. */
  readonly countedAs: Int32Array;
  /** The corpus' vocabulary, and after it the words that only the thesaurus has. */
  readonly vocabulary: readonly string[];
  /** By word that is counted: 0, or why it is not shown. */
  readonly hidden: Uint8Array;
}

export function countedWords(
  { vocabulary, pieces }: CorpusWords,
  stop: ReadonlySet<string>,
  aliases: ReadonlyMap<string, string>,
): CountedWords {
  const all = vocabulary.slice();
  const numbers = new Map<string, number>();
  if (aliases.size > 0) for (const [word, text] of vocabulary.entries()) numbers.set(text, word);
  const countedAs = new Int32Array(vocabulary.length);
  for (const [word, text] of vocabulary.entries()) {
    const alias = aliases.get(text) ?? text;
    if (stop.has(text) || stop.has(alias)) countedAs[word] = -1;
    else if (alias === text) countedAs[word] = word;
    else {
      let number = numbers.get(alias);
      if (number === undefined) numbers.set(alias, (number = all.push(alias) - 1));
      countedAs[word] = number;
    }
  }
  const broken = vocabulary.filter((_, word) => pieces[word] === 1 && countedAs[word] >= 0);
  const isBareContraction = bareContractions(broken);
  const hidden = new Uint8Array(all.length);
  for (const [word, text] of all.entries()) {
    // A word that others are counted as, but not itself, has no places of its own to judge it by.
    const piece = word < countedAs.length && countedAs[word] === word && pieces[word] === 1;
    if (piece || isBareContraction(text)) hidden[word] = PIECE;
    else if (isNoWord(text)) hidden[word] = NO_WORD;
  }
  return { countedAs, vocabulary: all, hidden };
}
