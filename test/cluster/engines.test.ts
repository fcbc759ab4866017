import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeParams } from '../../core/base/params.ts';
import { quietContext } from '../../core/base/progress.ts';
import { cluster, clusterParams, predictionModel } from '../../core/cluster/index.ts';
import { blobs } from './blobs.ts';

const kmeans = (topics: number | 'auto') => clusterParams.parse({ clusterer: 'kmeans', topics });

describe('k-means', () => {
  it('finds blobs and puts every row into the nearest of them', async () => {
    const input = blobs(6, 50, 4, 0.2);
    const { labels, probabilities, outlierScores } = await cluster(input, kmeans(6), quietContext());
    for (let b = 0; b < 6; b++) expect(new Set(labels.subarray(50 * b, 50 * b + 50)).size).toBe(1);
    expect(new Set(labels).size).toBe(6);
    expect(probabilities.every((p) => p >= 0.5 && p <= 1)).toBe(true);
    expect(outlierScores.every((s) => s === 0)).toBe(true);
  });

  it('is the same for the same seed', async () => {
    const input = blobs(9, 80, 3, 2);
    const [a, b] = [
      await cluster(input, kmeans(7), quietContext()),
      await cluster(input, kmeans(7), quietContext({ threads: 8 })),
    ];
    expect(b).toEqual(a);
  });

  it('ends with rows at their nearest centre on any input', async () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
      minLength: 1,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 5 }), async (points, k) => {
        const input = { data: Float32Array.from(points.flat()), rows: points.length, columns: 2 };
        fc.pre(k <= input.rows);
        const { labels } = await cluster(input, kmeans(k), quietContext());
        const used = [...new Set(labels)].sort((a, b) => a - b);
        expect(used).toEqual(used.map((_, i) => i));
        expect(used.length).toBeLessThanOrEqual(k);
        const means = used.map((label) => {
          const own = points.filter((_, i) => labels[i] === label);
          return [0, 1].map((j) => own.reduce((sum, p) => sum + p[j], 0) / own.length);
        });
        points.forEach((p, i) => {
          const d = means.map((m) => (p[0] - m[0]) ** 2 + (p[1] - m[1]) ** 2);
          expect(d[labels[i]]).toBeLessThanOrEqual(Math.min(...d) + 1e-9);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('rejects more topics than rows, and takes all rows equal', async () => {
    await expect(async () => cluster(blobs(1, 10, 2), kmeans(30), quietContext())).rejects.toThrow(
      /30 topics of 10 documents/,
    );
    const equal = { data: new Float32Array(40).fill(1), rows: 20, columns: 2 };
    expect(new Set((await cluster(equal, kmeans(4), quietContext())).labels)).toEqual(new Set([0]));
    expect((await cluster(blobs(1, 1, 2), kmeans('auto'), quietContext())).labels).toEqual(Int32Array.of(0));
  });

  it('stops when cancelled', async () => {
    const signal = AbortSignal.abort();
    await expect(async () =>
      cluster(blobs(5, 50, 2), kmeans(3), quietContext({ signal })),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('the other engines', () => {
  it('none puts all rows into one topic', async () => {
    const { labels } = await cluster(
      blobs(3, 10, 2),
      clusterParams.parse({ clusterer: 'none' }),
      quietContext(),
    );
    expect(new Set(labels)).toEqual(new Set([0]));
  });

  it('hdbscan-ts takes small inputs and says so', async () => {
    const params = clusterParams.parse({ clusterer: 'hdbscan-ts', minTopicSize: 5, minSamples: 3 });
    const input = blobs(3, 25, 2, 0.2);
    const result = await cluster(input, params, quietContext());
    expect(result.labels.length).toBe(75);
    expect(Math.max(...result.labels)).toBeGreaterThanOrEqual(0);
    expect(result.probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
    await expect(async () => cluster(blobs(6, 1000, 2), params, quietContext())).rejects.toThrow(
      /at most 5000 documents, not 6000/,
    );
    await expect(predictionModel(input, result, quietContext())).rejects.toThrow(/no condensed tree/);
    const signal = AbortSignal.abort();
    await expect(async () => cluster(input, params, quietContext({ signal }))).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('parameters', () => {
  it('have the command line’s defaults and a line of help each', () => {
    expect(clusterParams.parse({})).toEqual({
      clusterer: 'hdbscan',
      minTopicSize: 'auto',
      minSamples: 'auto',
      selection: 'auto',
      epsilon: 0,
      maxTopicSize: 0,
      allowSingleTopic: false,
      topics: 'auto',
    });
    for (const param of describeParams(clusterParams)) expect(param.help.length).toBeGreaterThan(20);
  });
});
