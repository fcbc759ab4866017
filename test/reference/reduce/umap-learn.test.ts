import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { quietContext } from '../../../core/base/progress.ts';
import { Random } from '../../../core/base/random.ts';
import { fitCurve } from '../../../core/reduce/curve.ts';
import { exactNeighbours, fuzzyGraph, reduce, reduceParams } from '../../../core/reduce/index.ts';
import { memberships, smoothDistances } from '../../../core/reduce/smooth-distances.ts';
import { laplacianVectors } from '../../../core/reduce/spectral.ts';
import { intersectTargets } from '../../../core/reduce/targets.ts';
import type { FuzzyGraph } from '../../../core/stages.ts';
import { quality } from '../../reduce/quality.ts';
import { sample } from '../../reduce/sample.ts';

interface Sparse {
  rows: number[];
  columns: number[];
  weights: number[];
}
interface Fixture {
  indices: number[];
  sigmas: number[];
  rhos: number[];
  graph: Sparse;
  labelled: Sparse;
  placing: number[];
  eigenvalues: number[];
}
const fixtures = JSON.parse(readFileSync(new URL('./fixtures.json', import.meta.url), 'utf8')) as {
  curves: { spread: number; minDist: number; a: number; b: number }[];
  firstRow: number[];
  euclidean: Fixture;
  cosine: Fixture;
  quality: Record<'5' | '2', [number, number]>;
};
const rows = 200;
const { signal } = quietContext();
const data = sample(rows, 8);
const within = (metric: 'euclidean' | 'cosine', k = 14) =>
  exactNeighbours({ queries: data, data, k, metric, within: true }, quietContext(), () => undefined);

function expectSame(graph: FuzzyGraph, sparse: Sparse): void {
  expect(Array.from(graph.targets)).toEqual(sparse.columns);
  for (let i = 0, e = 0; i < rows; i++)
    for (; e < graph.offsets[i + 1]; e++) {
      expect(sparse.rows[e]).toBe(i);
      expect(graph.weights[e]).toBeCloseTo(sparse.weights[e], 4);
    }
}

test('the sample is the one that the reference was made from', () => {
  expect(Array.from(data.data.subarray(0, 8))).toEqual(fixtures.firstRow);
});

test.each(fixtures.curves)(
  'the curve for spread $spread and distance $minDist',
  ({ spread, minDist, a, b }) => {
    const curve = fitCurve(spread, minDist);
    expect(Math.abs(curve.a - a)).toBeLessThan(1e-3);
    expect(Math.abs(curve.b - b)).toBeLessThan(1e-3);
  },
);

describe.each(['euclidean', 'cosine'] as const)('%s', (metric) => {
  const fixture = fixtures[metric];

  test('neighbours, smooth distances and the fuzzy graph', async () => {
    const neighbours = await within(metric);
    expect(Array.from(neighbours.indices)).toEqual(fixture.indices);
    const { sigmas, rhos } = await smoothDistances(neighbours, 15, true, signal);
    for (let i = 0; i < rows; i++) {
      expect(rhos[i]).toBeCloseTo(fixture.rhos[i], 5);
      expect(Math.abs(sigmas[i] / fixture.sigmas[i] - 1)).toBeLessThan(1e-3);
    }
    expectSame(await fuzzyGraph(neighbours, rows, signal), fixture.graph);
  });

  test('the graph bent towards labels', async () => {
    const labels = Int32Array.from({ length: rows }, (_, r) => (r % 4 === 0 ? -1 : r % 3));
    const graph = await fuzzyGraph(await within(metric), rows, signal);
    expectSame(await intersectTargets(graph, labels, signal), fixture.labelled);
  });

  test('how strongly new rows belong to known ones', async () => {
    const neighbours = await within(metric);
    const smooth = await smoothDistances(neighbours, 14, false, signal);
    const strengths = await memberships(neighbours, smooth, signal);
    fixture.placing.forEach((w, e) => expect(strengths[e]).toBeCloseTo(w, 4));
  });
});

test('the start is made of the Laplacian’s eigenvectors', async () => {
  const graph = await fuzzyGraph(await within('cosine'), rows, signal);
  const vectors = await laplacianVectors(graph, 5, new Random(1), quietContext());
  const degree = new Float64Array(rows);
  for (let i = 0, e = 0; i < rows; i++) for (; e < graph.offsets[i + 1]; e++) degree[i] += graph.weights[e];
  for (let c = 0; c < 5; c++) {
    let [quotient, squared] = [0, 0];
    for (let i = 0, e = 0; i < rows; i++) {
      const x = vectors.data[i * 5 + c];
      squared += x * x;
      quotient += x * x;
      for (; e < graph.offsets[i + 1]; e++)
        quotient -=
          (x * graph.weights[e] * vectors.data[graph.targets[e] * 5 + c]) /
          Math.sqrt(degree[i] * degree[graph.targets[e]]);
    }
    expect(squared).toBeCloseTo(1, 4);
    expect(quotient).toBeCloseTo(fixtures.cosine.eigenvalues[c + 1], 4);
  }
});

test('layouts are as trustworthy and as continuous as umap-learn’s', async () => {
  const many = sample(1000, 8, 12);
  const params = reduceParams.parse({ metric: 'euclidean' });
  const result = await reduce(many, params, quietContext());
  for (const [layout, dimensions] of [
    [result.components, '5'],
    [result.map, '2'],
  ] as const) {
    const [trustworthiness, continuity] = fixtures.quality[dimensions];
    const ours = quality(many, layout, 15);
    expect(ours.trustworthiness).toBeGreaterThan(trustworthiness - 0.01);
    expect(ours.continuity).toBeGreaterThan(continuity - 0.01);
  }
});
