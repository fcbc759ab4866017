import { describe, expect, it } from 'vitest';
import { InputError } from '../../core/base/errors.ts';
import type { Matrix } from '../../core/base/matrix.ts';
import {
  contrastingDocuments,
  findTopics,
  guide,
  joinZeroShot,
  labelsAsTopics,
  nearestTopics,
  representativesByVectors,
  seedMultiplier,
  similarityByVectors,
  topicVectors,
  withPinned,
  zeroShot,
} from '../../core/topics/index.ts';

const matrix = (...rows: number[][]): Matrix => ({
  data: Float32Array.from(rows.flat()),
  rows: rows.length,
  columns: rows[0].length,
});
const documents = matrix([1, 0], [0.9, 0.1], [0, 1], [0.1, 0.9], [0.6, 0.6]);

describe('guidance', () => {
  it('draws documents a quarter of the way toward their seed words', () => {
    const { matrix: moved, seeded } = guide(documents, matrix([2, 0]));
    expect([...seeded]).toEqual([0, 0, -1, -1, -1]);
    expect([...moved.data.subarray(0, 2)]).toEqual([1.25, 0]);
    expect([...moved.data.subarray(4, 6)]).toEqual([0, 1]);
    expect(documents.data[0]).toBe(1);
  });
  it('raises the weight of seed words in the vocabulary', () => {
    expect([...seedMultiplier(['ice', 'puck'], [['Puck', 'goal']])]).toEqual([[1, 1.2]]);
  });
  it('refuses vectors of another model', () => {
    expect(() => guide(documents, matrix([1, 2, 3]))).toThrow(InputError);
  });
});

describe('zero-shot topics', () => {
  const found = zeroShot(documents, matrix([1, 0], [-1, 0], [0, 1]), 0.95);
  it('take documents that resemble their name', () => {
    expect([...found.assigned]).toEqual([0, 0, 2, 2, -1]);
    expect([...found.rest]).toEqual([4]);
  });
  it('come before the clusters of the rest', () => {
    const joined = joinZeroShot(found, ['east', 'west', 'north'], Int32Array.of(0));
    expect([...joined.labels]).toEqual([0, 0, 1, 1, 2]);
    expect([...joined.names]).toEqual([
      [0, 'east'],
      [1, 'north'],
    ]);
    expect(joined.unused).toEqual(['west']);
  });
});

it('a label column can be the topics', () => {
  const { labels, names } = labelsAsTopics(['b', null, 'a', 'b', '']);
  expect([...labels]).toEqual([0, -1, 1, 0, -1]);
  expect(names).toEqual(['b', 'a']);
});

describe('by vectors', () => {
  const labels = Int32Array.of(4, 4, 7, 7, -1);
  const topics = topicVectors(documents, labels);
  it('a sentence finds its topic', () => {
    expect(findTopics(topics, Float32Array.of(3, 0.2)).map((m) => m.topic)).toEqual([4, 7]);
    expect(nearestTopics(similarityByVectors(topics), 4).map((m) => m.topic)).toEqual([7]);
    expect(nearestTopics(similarityByVectors(topics), 5)).toEqual([]);
  });
  it('a topic has documents that stand for it, and against it', () => {
    const { closest, farthest } = representativesByVectors(documents, labels, 4, 1);
    expect([closest[0].document, farthest[0].document]).toEqual([0, 1]);
    expect(contrastingDocuments(documents, labels, 4, 2).map((m) => m.document)).toEqual([4, 3]);
    expect(representativesByVectors(documents, labels, 5, 1).closest).toEqual([]);
  });
});

it('pinned keywords stand first', () => {
  const list = ['a', 'b', 'c'].map((keyword, i) => ({ keyword, weight: 3 - i }));
  expect(withPinned(list, ['c', 'z'], 3)).toEqual([
    { keyword: 'c', weight: 1 },
    { keyword: 'z', weight: 0 },
    { keyword: 'a', weight: 3 },
  ]);
});
