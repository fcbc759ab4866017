import { expect, test } from 'vitest';
import { CancelledError } from '../../core/base/errors.ts';
import { zeros, type Matrix } from '../../core/base/matrix.ts';
import { quietContext } from '../../core/base/progress.ts';
import { approximateNeighbours } from '../../core/reduce/approximate-neighbours.ts';
import { exactNeighbours, type Metric } from '../../core/reduce/index.ts';
import { around } from '../bench/reduce-synthetic.ts';
import { sample } from './sample.ts';

const search = (data: Matrix, metric: Metric, threads = 2) =>
  approximateNeighbours(data, 14, metric, quietContext({ threads }), () => undefined);

test.each(['cosine', 'euclidean'] as const)(
  'nearly all neighbours are found, and the share is told (%s)',
  async (metric) => {
    const data = around(sample(150, 24, 30), 4000);
    const found = await search(data, metric);
    const truth = await exactNeighbours(
      { queries: data, data, k: 14, metric, within: true },
      quietContext(),
      () => undefined,
    );
    let hits = 0;
    for (let r = 0; r < 4000; r++) {
      const furthest = truth.distances[r * 14 + 13] * 1.00001;
      hits += found.distances.subarray(r * 14, r * 14 + 14).filter((d) => d <= furthest).length;
    }
    expect(found.recall).toBeGreaterThanOrEqual(0.97);
    expect(hits / (4000 * 14)).toBeGreaterThan(0.96);
    expect(found.method).toMatch(/cells/);
    expect(found.indices.every((j, e) => j !== Math.floor(e / 14) && j >= 0)).toBe(true);
  },
);

test('the number of threads changes nothing', async () => {
  const data = around(sample(150, 24, 30), 3000);
  const [one, ...others] = [
    await search(data, 'cosine', 1),
    await search(data, 'cosine', 2),
    await search(data, 'cosine', 8),
  ];
  for (const other of others) expect(other).toEqual(one);
});

test('equal rows and zero rows have neighbours, too', async () => {
  for (const data of [
    zeros(3000, 8),
    { data: new Float32Array(24_000).fill(0.5), rows: 3000, columns: 8 },
    { ...sample(3000, 8), data: sample(3000, 8).data.map((v, i) => (i % 56 < 8 ? 0 : v)) },
  ])
    for (const metric of ['cosine', 'euclidean', 'inner-product'] as const) {
      const found = await search(data, metric);
      expect(found.distances.every((d) => Number.isFinite(d))).toBe(true);
      expect(found.indices.every((j, e) => j >= 0 && j !== Math.floor(e / 14))).toBe(true);
      expect(found.recall).toBeGreaterThanOrEqual(0.97);
    }
});

test('it can be cancelled', async () => {
  const controller = new AbortController();
  const context = quietContext({ signal: controller.signal });
  const data = around(sample(150, 24, 30), 4000);
  await expect(approximateNeighbours(data, 14, 'cosine', context, () => controller.abort())).rejects.toThrow(
    CancelledError,
  );
});
