import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { row, type Matrix } from '../../../core/base/matrix.ts';
import { quietContext } from '../../../core/base/progress.ts';
import { keywordParams, topicTerms, vectorise } from '../../../core/keywords/index.ts';
import type { TopicTerms } from '../../../core/stages.ts';
import {
  approximateDistribution,
  classesOf,
  initialState,
  parseDates,
  planOutliers,
  sliceByClass,
  sliceByTime,
  type OutlierStrategy,
  type TopicSlice,
  type TopicTools,
} from '../../../core/topics/index.ts';

interface Slice {
  topic: number;
  words: string[];
  count: number;
}
interface Found {
  topics: number[];
  distribution: number[][];
  repeated: number[][];
  over_time: (Slice & { Timestamp: string })[];
  per_class: (Slice & { Class: string })[];
  outliers: { strategy: OutlierStrategy; threshold: number; labels: number[] }[];
}
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const reference = read('damped.json') as {
  labels: number[];
  embeddings: number[][];
  times: string[];
  classes: string[];
  /** Texts in which words stand several times in a window. */
  repeated: string[];
  plain: Found;
  damped: Found;
};
const texts = (read('../keywords/texts.json') as { text: string }[]).map(({ text }) => text);
const labels = Int32Array.from(reference.labels);
const embedding: Matrix = {
  data: Float32Array.from(reference.embeddings.flat()),
  rows: texts.length,
  columns: reference.embeddings[0].length,
};
const context = quietContext();

describe.each(['plain', 'damped'] as const)('BERTopic with outliers, %s', (kind) => {
  const wanted = reference[kind];
  let topics: TopicTerms;
  beforeAll(async () => {
    const reduceFrequentWords = kind === 'damped';
    const params = keywordParams.parse({ language: 'en', tokens: 'sklearn', reduceFrequentWords });
    const terms = await vectorise(texts, params, context);
    // BERTopic shows every term.
    topics = topicTerms({ ...terms, hidden: new Uint8Array(terms.hidden.length) }, labels, params);
  });

  it.each([
    ['documents', texts, wanted.distribution],
    ['repeated words', reference.repeated, wanted.repeated],
  ])('approximate_distribution: %s', async (_, documents, rows) => {
    const { matrix, topics: ids } = await approximateDistribution(topics, documents, context);
    rows.forEach((theirs, d) => {
      const ours = row(matrix, d);
      ids.forEach((topic, t) => expect(ours[t]).toBeCloseTo(theirs[wanted.topics.indexOf(topic)], 6));
    });
  });

  it.each(wanted.outliers)('reduce_outliers: $strategy from $threshold', async (one) => {
    const tools = {
      texts,
      context,
      topicTerms: async () => topics,
      embedding: async () => embedding,
    } as unknown as TopicTools;
    const plan = await planOutliers(initialState(labels), one.strategy, one.threshold, tools);
    const after = labels.slice();
    plan.rows.forEach((d, r) => (after[d] = plan.topics[r]));
    expect([...after]).toEqual(one.labels);
  });

  /** Theirs and ours have the same topics and counts, and words in the same order but for ties. */
  function same(found: TopicSlice[], rows: Slice[]): void {
    expect(found.map((s) => [s.topic, s.count])).toEqual(rows.map((w) => [w.topic, w.count]));
    found.forEach((slice, i) => {
      const weightOf = new Map(slice.keywords.map((k) => [k.keyword, k.weight]));
      const words = rows[i].words.filter((word) => word !== '');
      words.forEach((word, r) => expect(weightOf.get(word)).toBeCloseTo(slice.keywords[r].weight, 9));
    });
  }
  const options = { global: false, evolution: false, words: 200 };

  it('topics_over_time', () => {
    const bins = {
      bins: Int32Array.from(parseDates(reference.times), (t) => new Date(t).getUTCMonth()),
      edges: new Float64Array(4),
    };
    const rows = wanted.over_time.toSorted(
      (a, b) => a.Timestamp.localeCompare(b.Timestamp) || a.topic - b.topic,
    );
    same(sliceByTime(topics, labels, bins, options), rows);
  });

  it('topics_per_class', () => {
    const rows = wanted.per_class.toSorted((a, b) => a.Class.localeCompare(b.Class) || a.topic - b.topic);
    same(sliceByClass(topics, labels, classesOf(reference.classes).classes, options), rows);
  });
});
