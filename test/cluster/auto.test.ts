import { describe, expect, it } from 'vitest';
import { quietContext } from '../../core/base/progress.ts';
import { readNpy } from '../../core/base/npy.ts';
import { chooseSizes } from '../../core/cluster/auto.ts';
import { approximatePredict, cluster, clusterParams, hdbscanWithModel } from '../../core/cluster/index.ts';
import { reduce, reduceParams } from '../../core/reduce/index.ts';
import { sharedPath } from '../shared.ts';
import { blobs } from './blobs.ts';

const auto = clusterParams.parse({});
const shares = (labels: Int32Array): number[] => {
  const count = new Map<number, number>();
  for (const l of labels) count.set(l, (count.get(l) ?? 0) + 1);
  return [...count].filter(([l]) => l >= 0).map(([, n]) => n / labels.length);
};

describe('sizes chosen from the data', () => {
  it('grow with the square root of the documents', () => {
    const sizes = [1, 20, 50, 60, 600, 18_846, 1_000_000].map((n) => chooseSizes(auto, n).minTopicSize);
    expect(sizes).toEqual([2, 2, 4, 5, 6, 34, 250]);
    expect(chooseSizes(auto, 20).reasons[0]).toMatch(/^Minimum topic size 2: a twelfth of 20 documents/);
    expect(chooseSizes(auto, 100).reasons[0]).toMatch(/^Minimum topic size 5: the least .* 100 documents/);
    expect(chooseSizes(auto, 18_846).reasons).toEqual([
      expect.stringMatching(/^Minimum topic size 34: a quarter of the square root of 18,846 documents/),
      expect.stringMatching(/^Minimum samples 2: more would/),
      expect.stringMatching(/^Selection broad: .*15 %.*fifth/),
    ]);
  });

  it('leave alone what was asked for, and take the reference’s neighbours then', () => {
    const asked = chooseSizes(clusterParams.parse({ minTopicSize: '15' }), 18_846);
    expect(asked).toMatchObject({ minTopicSize: 15, minSamples: 15, goal: null });
    expect(asked.reasons).toEqual([
      'Minimum topic size 15: as asked for.',
      expect.stringContaining('as large as the topic size'),
      expect.stringContaining('Selection eom: as in the reference'),
    ]);
    const large = chooseSizes(clusterParams.parse({ minTopicSize: 900 }), 18_846);
    expect(large).toMatchObject({ minTopicSize: 900, minSamples: 50 });
    const both = chooseSizes(clusterParams.parse({ minTopicSize: 30, minSamples: 2 }), 900);
    expect(both).toMatchObject({ minTopicSize: 30, minSamples: 2, goal: null });
    const limit = chooseSizes(clusterParams.parse({ maxTopicSize: 100 }), 900);
    expect(limit).toMatchObject({ minTopicSize: 8, goal: { maxClusterSize: 100 } });
    const broad = chooseSizes(clusterParams.parse({ minTopicSize: 15, selection: 'broad' }), 18_846);
    expect(broad).toMatchObject({ minTopicSize: 15, minSamples: 2, goal: { outliers: 0.15 } });
    expect(() => chooseSizes(clusterParams.parse({ selection: 'broad', epsilon: 1 }), 900)).toThrow(/eom/);
    for (const reference of [{ selection: 'eom' }, { selection: 'leaf' }, { epsilon: 1 }])
      expect(chooseSizes(clusterParams.parse(reference), 900)).toMatchObject({ minTopicSize: 8, goal: null });
  });

  it.each([20, 30, 50])('find the groups in %i documents, laid out as the defaults say', async (n) => {
    for (let seed = 0; seed < 8; seed++) {
      const input = blobs(4, n / 5, 16, 0.6, n - 4 * Math.floor(n / 5), seed);
      const { components } = await reduce(input, reduceParams.parse({}), quietContext({ seed }));
      const { labels } = await cluster(components, auto, quietContext());
      expect(shares(labels).length).toBeGreaterThanOrEqual(3);
      expect(labels.filter((l) => l < 0).length).toBeLessThan(n / 3);
    }
  });

  it('keep two blobs whole, although each holds half of the rows', async () => {
    const { labels } = await cluster(blobs(2, 500, 5, 0.3), auto, quietContext());
    expect(shares(labels).length).toBe(2);
    expect(Math.min(...shares(labels))).toBeGreaterThan(0.4);
  });

  it('split a giant that a few far rows would make', async () => {
    const input = blobs(12, 60, 3, 0.25, 0, 3);
    const far = 24;
    const data = new Float32Array(input.data.length + 3 * far);
    data.set(input.data);
    for (let i = input.data.length; i < data.length; i++) data[i] = 900 + ((i * 7919) % 13) / 13;
    const { labels } = await cluster({ data, rows: input.rows + far, columns: 3 }, auto, quietContext());
    expect(shares(labels).length).toBeGreaterThan(8);
  });

  it('take every larger topic where smaller ones leave too many outliers, and only as far as needed', async () => {
    const input = blobs(40, 50, 5, 1.2, 400, 2);
    const plain = await cluster(input, clusterParams.parse({ selection: 'eom' }), quietContext());
    const { labels } = await cluster(input, auto, quietContext());
    const outliers = (l: Int32Array): number => l.filter((x) => x < 0).length / l.length;
    expect(outliers(labels)).toBeLessThan(outliers(plain.labels));
    expect(shares(labels).length).toBeGreaterThan(1);
    const few = blobs(12, 60, 5, 0.3);
    const reference = await cluster(few, clusterParams.parse({ selection: 'eom' }), quietContext());
    expect((await cluster(few, auto, quietContext())).labels).toEqual(reference.labels);
  });

  it('never exceed the largest topic that was asked for', async () => {
    const own = clusterParams.parse({ maxTopicSize: 120 });
    const { labels } = await cluster(blobs(8, 100, 3, 2, 200), own, quietContext());
    const sizes = shares(labels).map((share) => share * labels.length);
    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(120.5);
  });

  const points = sharedPath('reference', '20newsgroups-umap5.npy');
  it.runIf(points !== null)(
    'make 20 to 150 topics of 20 Newsgroups, with fewer outliers than the reference',
    async () => {
      const input = await readNpy(points ?? '');
      const { clustering, model } = await hdbscanWithModel(input, auto, quietContext());
      const { labels } = clustering;
      expect(shares(labels).length).toBeGreaterThanOrEqual(20);
      expect(shares(labels).length).toBeLessThanOrEqual(150);
      expect(labels.filter((l) => l < 0).length / labels.length).toBeLessThan(0.2);
      const again = (await approximatePredict(model!, input, quietContext())).labels;
      const kept = labels.filter((l, i) => l >= 0 && again[i] === l).length;
      expect(kept / labels.filter((l) => l >= 0).length).toBeGreaterThan(0.95);
    },
  );
});
