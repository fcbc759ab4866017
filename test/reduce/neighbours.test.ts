import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { row, type Matrix } from '../../core/base/matrix.ts';
import { quietContext } from '../../core/base/progress.ts';
import { exactNeighbours, type Metric } from '../../core/reduce/index.ts';
import { distance } from './quality.ts';
import { sample } from './sample.ts';

const search = (data: Matrix, k: number, metric: Metric = 'cosine', threads = 2) =>
  exactNeighbours(
    { queries: data, data, k, metric, within: true },
    quietContext({ threads }),
    () => undefined,
  );
const matrix = (rows: number[][]): Matrix => ({
  data: Float32Array.from(rows.flat()),
  rows: rows.length,
  columns: rows[0].length,
});

/** Every row's neighbours by looking at all of them. */
function bruteForce(data: Matrix, k: number, between: (p: Float32Array, q: Float32Array) => number) {
  return Array.from({ length: data.rows }, (_, i) => {
    const all = Array.from({ length: data.rows }, (_, j) => j).filter((j) => j !== i);
    const d = all.map((j) => Math.fround(between(row(data, i), row(data, j))));
    const order = all.map((_, at) => at).sort((p, q) => d[p] - d[q] || all[p] - all[q]);
    return order.slice(0, k).map((at) => d[at]);
  });
}

describe('exact neighbours', () => {
  test.each(['cosine', 'euclidean'] as const)('are those of looking at every pair (%s)', async (metric) => {
    const rows = fc.array(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 }), {
      minLength: 2,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 10 }), async (values, k) => {
        const data = matrix(values.map((v) => (v.every((x) => x === 0) ? [1, 0, 0] : v)));
        const found = await search(data, k, metric);
        const expected = bruteForce(data, found.k, (p, q) => distance(p, q, metric));
        expect(found.k).toBe(Math.min(k, data.rows - 1));
        expected.forEach((distances, i) =>
          distances.forEach((d, j) => expect(found.distances[i * found.k + j]).toBeCloseTo(d, 5)),
        );
      }),
      { numRuns: 25 },
    );
  });

  test('by inner product: the largest product is the nearest', async () => {
    const data = matrix([
      [1, 0],
      [3, 0],
      [2, 1],
      [-1, 4],
    ]);
    const { indices, distances } = await search(data, 3, 'inner-product');
    expect(Array.from(indices.subarray(0, 3))).toEqual([1, 2, 3]);
    // The largest squared length is 17.
    expect(Array.from(distances.subarray(0, 3))).toEqual([14, 15, 18].map((d) => Math.fround(d / 17)));
  });

  test('a row is never its own neighbour, and equal rows are at distance 0 in order of index', async () => {
    const data = matrix(Array.from({ length: 30 }, () => [0.3, -0.7, 0.11]));
    const { indices, distances } = await search(data, 4);
    expect(Array.from(indices.subarray(0, 4))).toEqual([1, 2, 3, 4]);
    expect(Array.from(indices.subarray(8, 12))).toEqual([0, 1, 3, 4]);
    expect(distances.every((d) => d === 0)).toBe(true);
  });

  test('zero rows under cosine are each other’s neighbours and at 1 from the rest', async () => {
    const data = matrix([
      [1, 0],
      [0, 0],
      [1, 1],
      [0, 0],
      [0, 1],
      [0, 0],
    ]);
    const { indices, distances } = await search(data, 3);
    expect(Array.from(indices.subarray(3, 6))).toEqual([3, 5, 0]);
    expect(Array.from(distances.subarray(3, 6))).toEqual([0, 0, 1]);
  });

  test('rows far from the origin keep their Euclidean neighbours', async () => {
    const near = sample(100, 4);
    const far = { ...near, data: near.data.map((v) => Math.fround(Math.round(v * 64) / 64 + 4096)) };
    const moved = { ...near, data: far.data.map((v) => v - 4096) };
    const [a, b] = [await search(far, 5, 'euclidean'), await search(moved, 5, 'euclidean')];
    expect(a.indices).toEqual(b.indices);
    a.distances.forEach((d, e) => expect(d).toBeCloseTo(b.distances[e], 4));
  });

  test('do not depend on threads', async () => {
    const data = sample(2500, 48, 9);
    const [one, ...others] = await Promise.all(
      [1, 2, 8].map((threads) => search(data, 14, 'cosine', threads)),
    );
    for (const other of others) {
      expect(other.indices).toEqual(one.indices);
      expect(other.distances).toEqual(one.distances);
    }
  });
});
