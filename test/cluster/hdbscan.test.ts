import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../core/base/errors.ts';
import { quietContext, type Progress } from '../../core/base/progress.ts';
import { cluster, clusterParams, hdbscanWithModel } from '../../core/cluster/index.ts';
import { blobs } from './blobs.ts';
import { sameBytes } from './same-bytes.ts';

const params = clusterParams.parse({ minTopicSize: 8, minSamples: 4 });

describe('HDBSCAN', () => {
  it('finds blobs, numbers them by size and leaves strays out', async () => {
    const input = blobs(5, 60, 3, 0.3, 40);
    const { labels, probabilities, recipe } = await cluster(input, params, quietContext());
    expect(new Set(labels.subarray(0, 300)).size).toBeGreaterThanOrEqual(5);
    const sizes = [0, 1, 2, 3, 4].map((l) => labels.filter((x) => x === l).length);
    expect([...sizes].sort((a, b) => b - a)).toEqual(sizes);
    expect(labels.subarray(300).filter((l) => l < 0).length).toBeGreaterThan(20);
    expect(probabilities.every((p, i) => p >= 0 && p <= 1 && (labels[i] >= 0 || p === 0))).toBe(true);
    expect(recipe).toMatchObject({ minTopicSize: 8, minSamples: 4, selection: 'eom' });
  });

  it('gives identical bytes for 1, 2 and 8 threads, and again', async () => {
    const input = blobs(12, 500, 5, 0.6, 500);
    const one = await cluster(input, params, quietContext({ threads: 1 }));
    for (const threads of [1, 2, 8])
      expect(sameBytes(await cluster(input, params, quietContext({ threads })), one)).toBe(true);
  });

  it('keeps the promises of the tree on any input', async () => {
    const point = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.float({ min: -4, max: 4, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(point, { minLength: 1, maxLength: 70 }),
        fc.constantFrom('eom', 'leaf'),
        async (points, selection) => {
          const input = { data: Float32Array.from(points.flat()), rows: points.length, columns: 2 };
          const own = clusterParams.parse({ minTopicSize: 3, minSamples: 2, selection });
          const {
            labels,
            probabilities,
            outlierScores,
            condensedTree: tree,
          } = await cluster(input, own, quietContext());
          expect(probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
          expect(outlierScores.every((p) => p >= 0 && p <= 1)).toBe(true);
          const sizes = new Map<number, number>();
          for (const l of labels) sizes.set(l, (sizes.get(l) ?? 0) + 1);
          for (const [label, size] of sizes) if (label >= 0) expect(size).toBeGreaterThanOrEqual(2);
          // Every point falls out of exactly one cluster.
          const fallen = Array.from(tree?.child ?? []).filter((c) => c < points.length);
          expect(fallen.sort((a, b) => a - b)).toEqual(points.map((_, i) => i));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never tears equal rows apart', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 12, maxLength: 60 }),
        async (values) => {
          const input = { data: Float32Array.from(values, (v) => v * v), rows: values.length, columns: 1 };
          const own = clusterParams.parse({ minTopicSize: 3, minSamples: 2 });
          const { labels } = await cluster(input, own, quietContext());
          const labelOf = new Map<number, number>();
          values.forEach((v, i) => {
            if (values.filter((x) => x === v).length > 3) expect(labelOf.get(v) ?? labels[i]).toBe(labels[i]);
            labelOf.set(v, labels[i]);
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('bad input', () => {
  it('names the first row that is not finite', async () => {
    for (const bad of [NaN, Infinity]) {
      const input = blobs(2, 20, 3);
      input.data[3 * 17 + 1] = bad;
      await expect(async () => cluster(input, params, quietContext())).rejects.toThrow(/row 17, column 1/);
      await expect(async () => cluster(input, params, quietContext())).rejects.toBeInstanceOf(InputError);
    }
  });

  it('rejects a matrix without rows', async () => {
    const input = { data: new Float32Array(0), rows: 0, columns: 5 };
    await expect(async () => cluster(input, params, quietContext())).rejects.toThrow(/0 rows/);
  });

  it('puts equal rows into one topic, where they are enough for one', async () => {
    const equal = (rows: number) => ({ data: new Float32Array(rows * 2).fill(3), rows, columns: 2 });
    const many = await cluster(equal(30), params, quietContext());
    expect(new Set(many.labels)).toEqual(new Set([0]));
    expect(many.recipe.why).toMatch(/equal/);
    const few = await cluster(equal(5), params, quietContext());
    expect(new Set(few.labels)).toEqual(new Set([-1]));
    expect((await hdbscanWithModel(equal(30), params, quietContext())).model).toBeNull();
  });

  it('leaves one row, and fewer rows than a topic needs, as outliers', async () => {
    for (const rows of [1, 2, 3, 7]) {
      const { labels, condensedTree } = await cluster(blobs(1, rows, 4), params, quietContext());
      expect(Array.from(labels)).toEqual(new Array(rows).fill(-1));
      expect(condensedTree?.child.length).toBe(rows);
    }
  });

  it('takes fewer rows than neighbours: the neighbours are as many as there are', async () => {
    const own = clusterParams.parse({ minTopicSize: 3, minSamples: 500 });
    const { labels } = await cluster(blobs(2, 10, 2, 0.1), own, quietContext());
    expect(labels.length).toBe(20);
  });

  it('takes many columns, huge and tiny numbers', async () => {
    expect((await cluster(blobs(3, 30, 300, 0.2), params, quietContext())).labels.includes(2)).toBe(true);
    for (const scale of [1e-30, 1e15]) {
      const input = blobs(3, 40, 5, 0.2);
      input.data.forEach((v, i) => (input.data[i] = v * scale));
      expect(new Set((await cluster(input, params, quietContext())).labels).size).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('progress and cancel', () => {
  it('reports fractions that rise to 1', async () => {
    const seen: Progress[] = [];
    await cluster(blobs(5, 400, 5), params, quietContext({ onProgress: (p) => seen.push(p) }));
    const fractions = seen.map((p) => p.fraction);
    expect([...fractions].sort((a, b) => a - b)).toEqual(fractions);
    expect(fractions.at(-1)).toBe(1);
  });

  it('stops in the middle', async () => {
    const controller = new AbortController();
    const input = blobs(40, 2500, 5, 1.5);
    const run = cluster(input, params, quietContext({ signal: controller.signal, threads: 2 }));
    await new Promise((resolve) => setTimeout(resolve, 60));
    controller.abort();
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  });
});
