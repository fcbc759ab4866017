/** A word of a text and the tokens that it is made of: `from` up to, not including, `to`. */
export interface PiecedWord {
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

const letters = /\p{L}|\p{N}/u;

/**
 * Joins a tokeniser's pieces to words in lower case: WordPiece marks what goes on ("##ing"), byte-level BPE and SentencePiece what
 * begins ("Ġthe", "▁the"). Special tokens and punctuation are no words.
 */
export function wordsOf(pieces: readonly string[]): PiecedWord[] {
  const marksBeginnings = pieces.some((piece) => /^[Ġ▁]/u.test(piece));
  const words: PiecedWord[] = [];
  pieces.forEach((piece, t) => {
    const goesOn = marksBeginnings ? !/^[Ġ▁]/u.test(piece) && t > 0 : piece.startsWith('##');
    const text = piece.replace(/^(##|[Ġ▁])/u, '').toLowerCase();
    const last = words.at(-1);
    if (!letters.test(text) || /^[[<].*[\]>]$/.test(text)) return;
    if (goesOn && last?.to === t)
      words[words.length - 1] = { word: last.word + text, from: last.from, to: t + 1 };
    else words.push({ word: text, from: t, to: t + 1 });
  });
  return words.filter(({ word }) => word.length > 1);
}
