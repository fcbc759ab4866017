import { describe, expect, it } from 'vitest';
import { InputError } from '../../core/base/errors.ts';
import { matchTopics, relabel, topicVectors } from '../../core/topics/index.ts';

const vectors = (columns: number, ...rows: number[][]) =>
  topicVectors(
    { data: Float32Array.from(rows.flat()), rows: rows.length, columns },
    Int32Array.from(rows, (_, i) => i),
  );
const here = vectors(2, [1, 0], [0, 1]);
const other = vectors(2, [0.1, 1], [-1, 0], [1, 0.2]);

describe('topics of another project', () => {
  it('are mapped where they are alike, and added where they are not', () => {
    const matches = matchTopics(here, other, 7);
    expect(matches.map((m) => [m.nearest, m.becomes, m.isNew])).toEqual([
      [1, 1, false],
      [1, 7, true],
      [0, 0, false],
    ]);
    expect([...relabel(Int32Array.of(0, 1, 2, -1), matches)]).toEqual([1, 7, 0, -1]);
  });
  it('stay topics of their own, or become outliers, on request', () => {
    expect(matchTopics(here, other, 7, 'keep').map((m) => m.becomes)).toEqual([7, 8, 9]);
    expect(matchTopics(here, other, 7, 'map').map((m) => m.becomes)).toEqual([1, -1, 0]);
    expect(matchTopics(vectors(2), other, 0).map((m) => m.becomes)).toEqual([0, 1, 2]);
  });
  it('must be of the same model', () => {
    expect(() => matchTopics(here, vectors(3, [1, 2, 3]), 0)).toThrow(InputError);
  });
});
