/** Pieces of a text and the topic that each belongs to most: what the reader tints. */
import type { TokenTopics } from '../../core/protocol.ts';

export interface Piece {
  readonly text: string;
  /** −1 for text that belongs to no topic. */
  readonly topic: number;
  /** 0 to 1, in tenths: how strongly, against the document's strongest token. */
  readonly strength: number;
}

/** @param only one topic alone; null for the strongest of each token. */
export function pieces(text: string, tokens: TokenTopics, only: number | null): Piece[] {
  const { starts, ends, topics, weights } = tokens;
  const columns = topics.length;
  const most = weights.reduce((max, w) => Math.max(max, w), 0) || 1;
  const chosen = only === null ? -1 : topics.indexOf(only);
  const found: Piece[] = [];
  let last = 0;
  const add = (piece: Piece): void => {
    const before = found.at(-1);
    if (before?.topic === piece.topic && before.strength === piece.strength)
      found[found.length - 1] = { ...before, text: before.text + piece.text };
    else if (piece.text !== '') found.push(piece);
  };
  for (let token = 0; token < starts.length; token++) {
    let best = only === null ? 0 : chosen;
    if (only === null)
      for (let k = 1; k < columns; k++)
        if (weights[token * columns + k] > weights[token * columns + best]) best = k;
    const weight = best < 0 || columns === 0 ? 0 : weights[token * columns + best];
    const strength = Math.ceil((10 * weight) / most) / 10;
    add({ text: text.slice(last, starts[token]), topic: -1, strength: 0 });
    add({
      text: text.slice(starts[token], ends[token]),
      topic: strength > 0 ? topics[best] : -1,
      strength,
    });
    last = ends[token];
  }
  add({ text: text.slice(last), topic: -1, strength: 0 });
  return found;
}
