import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../core/base/errors.ts';
import { quietContext } from '../../core/base/progress.ts';
import {
  invertedRbo,
  labelScores,
  npmiCoherence,
  silhouette,
  topicDiversity,
} from '../../core/topics/index.ts';
import { countWindows } from '../../core/topics/evaluate/windows.ts';
import { rankBiasedOverlap } from '../../core/topics/evaluate/diversity.ts';

describe('scores against labels', () => {
  it('do not depend on the names of labels', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1 }), (pairs) => {
        const scores = labelScores(
          pairs.map(([a]) => `label ${a}`),
          pairs.map(([, b]) => b * 7 - 1),
        );
        expect(scores).toEqual(
          labelScores(
            pairs.map(([a]) => a),
            pairs.map(([, b]) => b),
          ),
        );
        expect(scores.vMeasure).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });
  it('need as many topics as labels', () => expect(() => labelScores([1], [1, 2])).toThrow(UsageError));
});

/** Windows counted one by one, with gensim's reading of what is present. */
function slowly(documents: number[][], words: number, size: number): { windows: number; together: number[] } {
  const together = new Array<number>(words * words).fill(0);
  let windows = 0;
  for (const tokens of documents) {
    const here = new Set(tokens.slice(0, size));
    for (let w = 0; w <= Math.max(0, tokens.length - size); w++) {
      if (w > 0) {
        here.delete(tokens[w - 1]);
        here.add(tokens[w + size - 1]);
      }
      windows++;
      for (const a of here) for (const b of here) together[a * words + b]++;
    }
  }
  return { windows, together };
}

describe('windows', () => {
  it('count what a window after the other would', () => {
    const documents = fc.array(fc.array(fc.nat(5), { maxLength: 30 }), { maxLength: 6 });
    fc.assert(
      fc.property(documents, fc.integer({ min: 1, max: 8 }), (docs, size) => {
        const sequences = {
          offsets: Int32Array.from({ length: docs.length + 1 }, (_, d) => docs.slice(0, d).flat().length),
          terms: Int32Array.from(docs.flat()),
          vocabulary: [...'abcdef'],
        };
        const counts = countWindows(sequences, Int32Array.of(0, 1, 2, 3, 4, 5), 6, size);
        const expected = slowly(docs, 6, size);
        expect({ windows: counts.windows, together: [...counts.together] }).toEqual(expected);
      }),
    );
  });
  it('give no coherence to a topic of one known word', () => {
    const sequences = { offsets: Int32Array.of(0, 2), terms: Int32Array.of(0, 1), vocabulary: ['a', 'b'] };
    const found = npmiCoherence(
      [
        ['a', 'nowhere'],
        ['a', 'b'],
      ],
      sequences,
    );
    expect(found.topics[0]).toBeNaN();
    expect(found.mean).toBe(found.topics[1]);
  });
});

describe('diversity', () => {
  it('is the share of different words', () => {
    expect(
      topicDiversity([
        ['a', 'b'],
        ['a', 'c'],
      ]),
    ).toBe(0.75);
    expect(
      topicDiversity(
        [
          ['a', 'b', 'z'],
          ['a', 'c', 'z'],
        ],
        2,
      ),
    ).toBe(0.75);
  });
  it('by rank is 0 for equal lists, 1 for disjoint ones', () => {
    expect(
      invertedRbo([
        ['a', 'b'],
        ['a', 'b'],
      ]),
    ).toBeCloseTo(0, 12);
    expect(
      invertedRbo([
        ['a', 'b'],
        ['c', 'd'],
      ]),
    ).toBe(1);
    expect(invertedRbo([['a']])).toBe(1);
    expect(invertedRbo([])).toBeNaN();
  });
  it('by rank follows Webber’s equation by hand', () => {
    // Overlaps 0, 2, 2 at depths 1, 2, 3: (1−p)/p·(p² + 2/3·p³) + 2/3·p³ at p = 0.9.
    const expected = (0.1 / 0.9) * (0.81 + (2 / 3) * 0.729) + (2 / 3) * 0.729;
    expect(rankBiasedOverlap(['a', 'b', 'c'], ['b', 'a', 'd'], 0.9)).toBeCloseTo(expected, 12);
  });
});

describe('silhouette', () => {
  const points = { data: Float32Array.of(0, 0, 0, 1, 9, 9, 9, 8), rows: 4, columns: 2 };
  it('leaves outliers out', async () => {
    const found = await silhouette(points, Int32Array.of(0, 0, 1, -1), 'euclidean', quietContext());
    expect(found.documents).toBe(3);
    expect(found.topics.map((t) => t.topic)).toEqual([0, 1]);
  });
  it('needs two topics', async () => {
    const found = await silhouette(points, Int32Array.of(0, 0, 0, -1), 'cosine', quietContext());
    expect(found.mean).toBeNaN();
  });
});
