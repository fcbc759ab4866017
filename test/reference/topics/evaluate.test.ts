import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../../../core/base/progress.ts';
import { cvCoherence, labelScores, npmiCoherence, silhouette } from '../../../core/topics/index.ts';

interface Windowed {
  window: number;
  scores: number[];
}
const reference = JSON.parse(readFileSync(new URL('evaluate.json', import.meta.url), 'utf8')) as {
  documents: number[][];
  words: string[];
  topics: string[][];
  npmi: Windowed[];
  cv: Windowed[];
  labels: ({ truth: number[]; found: number[] } & ReturnType<typeof labelScores>)[];
  points: number[][];
  clusters: number[];
  silhouette: { euclidean: number; cosine: number };
  blank: { rows: number[]; silhouette: { euclidean: number; cosine: number } };
};
const offsets = Int32Array.from({ length: reference.documents.length + 1 }, (_, d) =>
  reference.documents.slice(0, d).reduce((sum, doc) => sum + doc.length, 0),
);
const sequences = {
  offsets,
  terms: Int32Array.from(reference.documents.flat()),
  vocabulary: reference.words,
};

describe('gensim', () => {
  it.each(reference.npmi)('c_npmi, window $window', ({ window, scores }) => {
    const ours = npmiCoherence(reference.topics, sequences, window);
    scores.forEach((score, t) => expect(ours.topics[t]).toBeCloseTo(score, 9));
    expect(ours.mean).toBeCloseTo(scores.reduce((a, b) => a + b) / scores.length, 9);
  });
  it.each(reference.cv)('c_v, window $window', ({ window, scores }) => {
    const ours = cvCoherence(reference.topics, sequences, window);
    scores.forEach((score, t) => expect(ours.topics[t]).toBeCloseTo(score, 9));
  });
});

describe('scikit-learn', () => {
  it.each(reference.labels.map((l, i) => [i, l] as const))(
    'labels %i',
    (_, { truth, found, ...expected }) => {
      const ours = labelScores(truth, found);
      for (const key of Object.keys(expected) as (keyof typeof expected)[])
        expect(ours[key]).toBeCloseTo(expected[key], 9);
    },
  );
  it.each(['euclidean', 'cosine'] as const)('silhouette, %s', async (metric) => {
    const points = {
      data: Float32Array.from(reference.points.flat()),
      rows: reference.points.length,
      columns: reference.points[0].length,
    };
    const ours = await silhouette(points, Int32Array.from(reference.clusters), metric, quietContext());
    expect(ours.mean).toBeCloseTo(reference.silhouette[metric], 6);
  });
  it.each(['euclidean', 'cosine'] as const)('silhouette with vectors of zeros, %s', async (metric) => {
    const { rows, silhouette: wanted } = reference.blank;
    const points = reference.points.map((point, d) => (rows.includes(d) ? point.map(() => 0) : point));
    const data = Float32Array.from(points.flat());
    const matrix = { data, rows: points.length, columns: points[0].length };
    const ours = await silhouette(matrix, Int32Array.from(reference.clusters), metric, quietContext());
    expect(ours.mean).toBeCloseTo(wanted[metric], 6);
  });
});
