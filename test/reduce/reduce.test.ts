import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CancelledError, InputError, UsageError } from '../../core/base/errors.ts';
import { row, zeros, type Matrix } from '../../core/base/matrix.ts';
import { quietContext, type Progress } from '../../core/base/progress.ts';
import {
  exactNeighbours,
  openReduction,
  reduce,
  reduceParams,
  transformRows,
} from '../../core/reduce/index.ts';
import { quality } from './quality.ts';
import { sample } from './sample.ts';

const params = (over: Record<string, unknown> = {}) => reduceParams.parse({ epochs: 50, ...over });
const finite = (m: Matrix) => m.data.every((v) => Number.isFinite(v));

describe('any input gives numbers', () => {
  test.each([
    ['no rows', zeros(0, 4)],
    ['one row', sample(1, 4)],
    ['two rows', sample(2, 4)],
    ['fewer rows than neighbours', sample(6, 4)],
    ['as many rows as neighbours', sample(15, 4)],
    ['all rows zero', zeros(40, 4)],
    ['all rows equal', { data: new Float32Array(120).fill(0.25), rows: 30, columns: 4 }],
    [
      'two kinds of rows',
      {
        data: Float32Array.from({ length: 160 }, (_, i) => ((i >> 2) % 2 ? 1 : (i % 4) - 1)),
        rows: 40,
        columns: 4,
      },
    ],
    ['huge numbers', { ...sample(40, 4), data: sample(40, 4).data.map((v) => v * 1e35) }],
    ['tiny numbers', { ...sample(40, 4), data: sample(40, 4).data.map((v) => v * 1e-35) }],
    ['one column', sample(50, 1)],
  ])('%s', async (_, input) => {
    for (const metric of ['cosine', 'euclidean', 'inner-product'] as const) {
      const result = await reduce(input, params({ metric }), quietContext());
      expect(result.components).toMatchObject({ rows: input.rows, columns: 5 });
      expect(result.map).toMatchObject({ rows: input.rows, columns: 2 });
      expect(finite(result.components)).toBe(true);
      expect(finite(result.map)).toBe(true);
    }
  });

  test('whatever is drawn', async () => {
    const value = fc.float({
      noNaN: true,
      noDefaultInfinity: true,
      min: Math.fround(-1e6),
      max: Math.fround(1e6),
    });
    const rows = fc.array(fc.array(value, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom('cosine', 'euclidean', 'inner-product'),
        async (values, metric) => {
          const input = { data: Float32Array.from(values.flat()), rows: values.length, columns: 3 };
          const result = await reduce(input, params({ metric, epochs: 20, neighbors: 5 }), quietContext());
          expect(finite(result.components) && finite(result.map)).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('a number that is not finite is an error that names its row', async () => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      const input = sample(20, 4);
      input.data[4 * 7 + 2] = bad;
      await expect(reduce(input, params(), quietContext())).rejects.toThrow(InputError);
      await expect(reduce(input, params(), quietContext())).rejects.toThrow(/row 7, column 2/);
    }
  });
});

describe('determinism', () => {
  const input = sample(1800, 8, 12);

  test('1, 2 and 8 threads give the same bytes', async () => {
    const results = [];
    for (const threads of [1, 2, 8]) results.push(await reduce(input, params(), quietContext({ threads })));
    for (const result of results) expect(result).toEqual(results[0]);
  });

  test('the same seed gives the same, another seed another layout', async () => {
    const few = sample(150, 8);
    const [a, b, c] = [
      await reduce(few, params(), quietContext({ seed: 1 })),
      await reduce(few, params(), quietContext({ seed: 1 })),
      await reduce(few, params(), quietContext({ seed: 2 })),
    ];
    expect(a).toEqual(b);
    expect(a.map.data).not.toEqual(c.map.data);
  });

  test('both layouts asked for at once are those asked for one after the other', async () => {
    const few = sample(300, 8, 6);
    const one = await reduce(few, params(), quietContext());
    const open = await openReduction(few, params(), quietContext());
    const [map, components] = await Promise.all([open.map(quietContext()), open.components(quietContext())]);
    await open.close();
    expect({ map, components }).toEqual({ map: one.map, components: one.components });
  });

  test('groups that nothing connects come to lie apart on the map', async () => {
    const groups = sample(400, 8, 5);
    for (let r = 0; r < 400; r++)
      for (let c = 0; c < 8; c++) groups.data[r * 8 + c] += 50 * (r % 5) * (c % 3);
    const { map } = await reduce(groups, params({ metric: 'euclidean', neighbors: 8 }), quietContext());
    const labels = Int32Array.from({ length: 400 }, (_, r) => r % 5);
    const search = { queries: map, data: map, k: 5, metric: 'euclidean', within: true } as const;
    const { indices } = await exactNeighbours(search, quietContext(), () => undefined);
    expect(indices.every((j, e) => labels[j] === labels[Math.floor(e / 5)])).toBe(true);
  });

  test('more dimensions than the fast kernels take', async () => {
    const few = sample(400, 16, 12);
    const { components } = await reduce(few, params({ components: 11 }), quietContext());
    expect(components.columns).toBe(11);
    expect(quality(few, components, 15, 'cosine').trustworthiness).toBeGreaterThan(0.85);
  });
});

describe('engines', () => {
  test('none hands the embeddings on and still draws a map', async () => {
    const input = sample(100, 8);
    const result = await reduce(input, params({ reducer: 'none' }), quietContext());
    expect(result.components).toBe(input);
    expect(result.map).toMatchObject({ rows: 100, columns: 2 });
  });

  test('umap-js is seeded and about as trustworthy', async () => {
    const input = sample(300, 8, 6);
    const result = await reduce(input, params({ reducer: 'umap-js' }), quietContext());
    expect(await reduce(input, params({ reducer: 'umap-js' }), quietContext())).toEqual(result);
    expect(quality(input, result.components, 15, 'cosine').trustworthiness).toBeGreaterThan(0.9);
  });
});

describe('labels, earlier layouts, new rows', () => {
  const input = sample(600, 8, 6);
  /** Share of the ten nearest neighbours in a layout that bear the same label. */
  const agreement = async (m: Matrix, labels: Int32Array) => {
    const search = { queries: m, data: m, k: 10, metric: 'euclidean', within: true } as const;
    const { indices } = await exactNeighbours(search, quietContext(), () => undefined);
    return (
      indices.reduce((sum, j, e) => sum + Number(labels[j] === labels[Math.floor(e / 10)]), 0) /
      indices.length
    );
  };

  test('labels pull their documents together', async () => {
    const labels = Int32Array.from({ length: 600 }, (_, r) => (r % 10 === 0 ? -1 : (r >> 3) % 2));
    const free = await reduce(input, params(), quietContext());
    const bent = await reduce(input, params(), quietContext(), { targets: labels });
    expect(await agreement(bent.map, labels)).toBeGreaterThan((await agreement(free.map, labels)) + 0.2);
    await expect(reduce(input, params(), quietContext(), { targets: labels.subarray(1) })).rejects.toThrow(
      UsageError,
    );
  });

  test('a run from an earlier layout moves little', async () => {
    const first = await reduce(input, params(), quietContext());
    const again = await reduce(input, params(), quietContext({ seed: 5 }), { start: first });
    const afresh = await reduce(input, params(), quietContext({ seed: 5 }));
    const moved = (m: Matrix) => {
      const all = Array.from({ length: 600 }, (_, r) =>
        Math.hypot(...row(m, r).map((v, c) => v - row(first.map, r)[c])),
      );
      return all.sort((p, q) => p - q)[300];
    };
    expect(moved(again.map)).toBeLessThan(moved(afresh.map) / 2);
    await expect(reduce(input, params(), quietContext(), { start: { map: zeros(5, 2) } })).rejects.toThrow(
      /5 × 2, not 600 × 2/,
    );
  });

  test('new rows come to lie among their neighbours, whatever the thread count', async () => {
    const kept = { input, ...(await reduce(input, params(), quietContext())) };
    const added = { data: input.data.map((v, i) => v + 0.02 * ((i % 7) - 3)), rows: 600, columns: 8 };
    const placed = await transformRows(kept, added, quietContext());
    const far = (what: 'components' | 'map') =>
      Array.from({ length: 600 }, (_, r) =>
        Math.hypot(...row(placed[what], r).map((v, c) => v - row(kept[what], r)[c])),
      ).sort((p, q) => p - q)[300];
    expect(far('map')).toBeLessThan(1);
    expect(far('components')).toBeLessThan(1);
    expect(await transformRows(kept, added, quietContext({ threads: 1 }))).toEqual(placed);
    const one = await transformRows(
      kept,
      { data: input.data.slice(0, 8), rows: 1, columns: 8 },
      quietContext(),
    );
    expect(finite(one.map)).toBe(true);
    // A document of the corpus, embedded again, differs by rounding at most.
    const again = await transformRows(
      kept,
      { ...input, data: input.data.map((v, i) => v * (1 + 1e-4 * (i % 3))) },
      quietContext(),
    );
    expect(again.components).toEqual(kept.components);
    expect(again.map).toEqual(kept.map);
    await expect(transformRows(kept, zeros(2, 3), quietContext())).rejects.toThrow(/3 columns/);
  });
});

describe('progress and cancel', () => {
  test('progress never falls back and speaks of epochs', async () => {
    const said: Progress[] = [];
    const context = quietContext({ onProgress: (p) => said.push(p) });
    const open = await openReduction(sample(2000, 8), params(), context);
    await open.components(context);
    await open.close();
    const fractions = said.map((p) => p.fraction);
    expect([...fractions].sort((p, q) => p - q)).toEqual(fractions);
    expect(fractions.at(-1)).toBe(1);
    expect(said.some((p) => p.unit === 'epochs')).toBe(true);
  });

  test('a cancelled layout stops at once', async () => {
    const controller = new AbortController();
    const context = quietContext({
      signal: controller.signal,
      onProgress: (p) => p.unit === 'epochs' && controller.abort(),
    });
    const long = params({ epochs: 10_000 });
    await expect(reduce(sample(3000, 8), long, context)).rejects.toThrow(CancelledError);
    await expect(reduce(sample(1000, 8), { ...long, reducer: 'umap-js' }, context)).rejects.toThrow(
      CancelledError,
    );
  });
});
