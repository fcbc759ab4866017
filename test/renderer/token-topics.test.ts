import { describe, expect, it } from 'vitest';
import { pieces } from '../../renderer/components/token-topics.ts';

const text = 'Puck and orbit, again';
/** Topics 7 and 3; "again" belongs to none. */
const tokens = {
  starts: Int32Array.of(0, 5, 9, 16),
  ends: Int32Array.of(4, 8, 14, 21),
  topics: Int32Array.of(7, 3),
  weights: Float32Array.of(1, 0, 0.5, 0.2, 0.1, 1, 0, 0),
};

describe('pieces of a text by topic', () => {
  it('hold the whole text, each token with its strongest topic', () => {
    const found = pieces(text, tokens, null);
    expect(found.map((piece) => piece.text).join('')).toBe(text);
    expect(found.filter((piece) => piece.topic >= 0)).toEqual([
      { text: 'Puck', topic: 7, strength: 1 },
      { text: 'and', topic: 7, strength: 0.5 },
      { text: 'orbit', topic: 3, strength: 1 },
    ]);
  });

  it('show one topic alone, or nothing for one that the document has not', () => {
    expect(pieces(text, tokens, 3).filter((piece) => piece.topic >= 0)).toEqual([
      { text: 'and', topic: 3, strength: 0.2 },
      { text: 'orbit', topic: 3, strength: 1 },
    ]);
    expect(pieces(text, tokens, 99)).toEqual([{ text, topic: -1, strength: 0 }]);
  });

  it('give plain text where nothing was found', () => {
    const none = { ...tokens, topics: new Int32Array(0), weights: new Float32Array(0) };
    expect(pieces(text, none, null)).toEqual([{ text, topic: -1, strength: 0 }]);
  });
});
