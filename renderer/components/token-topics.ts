/** Pieces of a text and the topic that each belongs to most: what the reader tints. */
import type { TokenTopics } from '../../core/protocol.ts';

export interface Piece {
  readonly text: string;
  /** −1 for text that belongs to no topic. */
  readonly topic: number;
  /** 0 to 1, in tenths: how strongly, against what all but a tenth of the document's tokens stay below. */
  readonly strength: number;
}

/** @param only one topic alone; null for the strongest of each token. */
export function pieces(text: string, tokens: TokenTopics, only: number | null): Piece[] {
  const { starts, ends, topics, weights } = tokens;
  const columns = topics.length;
  const full = strong(tokens);
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
    const strength = weight <= 0 ? 0 : Math.min(10, Math.max(1, Math.round((10 * weight) / full))) / 10;
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

/** The weight from which on a token has the full tint: one very telling word must not make the rest pale. */
function strong({ starts, topics, weights }: TokenTopics): number {
  const best = Float32Array.from(starts, (_, token) => {
    const own = weights.subarray(token * topics.length, (token + 1) * topics.length);
    return own.reduce((most, weight) => Math.max(most, weight), 0);
  })
    .filter((weight) => weight > 0)
    .sort();
  return best.length === 0 ? 1 : best[Math.floor(0.9 * (best.length - 1))];
}
