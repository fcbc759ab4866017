import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { row } from '../../../core/base/matrix.ts';
import { quietContext } from '../../../core/base/progress.ts';
import { keywordParams, topicTerms, vectorise } from '../../../core/keywords/index.ts';
import type { TopicTerms } from '../../../core/stages.ts';
import {
  approximateDistribution,
  classesOf,
  groupWeights,
  linkage,
  parseDates,
  similarityByTerms,
  sliceByClass,
  sliceByTime,
  tokenDistribution,
  topicHierarchy,
  topWords,
  tuningDefaults,
  type LinkageMethod,
  type TopicSlice,
} from '../../../core/topics/index.ts';

interface Row {
  topic: number;
  words: string[];
  count: number;
}
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const reference = read('bertopic.json') as {
  linkages: { name: string; method: LinkageMethod; distances: number[]; Z: number[][] }[];
  topics: number[];
  distribution: number[][];
  wide: number[][];
  tokens: number[][][];
  hierarchy: { topics: number[]; words: string[]; distance: number }[];
  times: string[];
  classes: string[];
  over_time: (Row & { Timestamp: string })[];
  over_time_plain: (Row & { Timestamp: string })[];
  per_class: (Row & { Class: string })[];
};
const documents = read('../keywords/texts.json') as { text: string; label: number }[];
const texts = documents.map((d) => d.text);
const labels = Int32Array.from(documents, (d) => d.label);
const context = quietContext();

describe('SciPy', () => {
  it.each(reference.linkages)('linkage of $name points, $method', ({ name, method, distances, Z }) => {
    const tree = linkage(Float64Array.from(distances), Math.sqrt(distances.length), method);
    Z.forEach(([left, right, height, size], k) => {
      expect(tree.height[k]).toBeCloseTo(height, 9);
      if (name === 'tied') return;
      expect([tree.left[k], tree.right[k], tree.size[k]]).toEqual([left, right, size]);
    });
  });
});

describe('BERTopic', () => {
  let topics: TopicTerms;
  beforeAll(async () => {
    const params = keywordParams.parse({ language: 'en', tokens: 'sklearn' });
    // BERTopic shows every term.
    const terms = await vectorise(texts, params, context);
    topics = topicTerms({ ...terms, hidden: new Uint8Array(terms.hidden.length) }, labels, params);
  });
  /** Values of a row of theirs in the order of our topics. */
  const ours = (values: number[]): number[] =>
    [...topics.topics].filter((t) => t >= 0).map((t) => values[reference.topics.indexOf(t)]);
  const close = (a: ArrayLike<number>, b: ArrayLike<number>): void => {
    expect(a.length).toBe(b.length);
    for (let i = 0; i < a.length; i++) expect(a[i]).toBeCloseTo(b[i], 6);
  };

  it.each([
    ['distribution', { window: 4, stride: 1, minSimilarity: 0.1 }],
    ['wide', { window: 6, stride: 2, minSimilarity: 0.01 }],
  ] as const)('approximate_distribution: %s', async (key, options) => {
    const found = await approximateDistribution(topics, texts, context, options);
    texts.forEach((_, d) => close(row(found.matrix, d), ours(reference[key][d])));
  });

  it('approximate_distribution: tokens', () => {
    texts.forEach((text, d) => {
      const found = tokenDistribution(topics, text);
      found.starts.forEach((_, t) => close(row(found.matrix, t), ours(reference.tokens[d][t] ?? [0, 0, 0])));
    });
  });

  it('hierarchical_topics', () => {
    const hierarchy = topicHierarchy(similarityByTerms(topics));
    const joins = hierarchy.nodes.filter((n) => n.children);
    const theirs = reference.hierarchy.toSorted((a, b) => a.distance - b.distance);
    joins.forEach((join, k) => {
      expect(join.height).toBeCloseTo(theirs[k].distance, 6);
      expect([...join.topics].sort()).toEqual([...theirs[k].topics].sort());
      const weights = groupWeights(topics, [join.topics]);
      const wanted = theirs[k].words.join('_');
      const words = topWords(topics.terms, weights, 0, 40);
      // Equal weights may stand in any order: compare the weights of the named words.
      const weightOf = new Map(words.map((w) => [w.keyword, w.weight]));
      const named = wanted.split('_').filter((w) => weightOf.has(w));
      expect(named.length).toBeGreaterThan(3);
      named.forEach((word, r) => expect(weightOf.get(word)).toBeCloseTo(words[r].weight, 9));
    });
  });

  /** Theirs and ours have the same topics and counts, and words of the same weights but for ties. */
  function same(found: TopicSlice[], wanted: Row[]): void {
    expect(found.map((s) => [s.topic, s.count])).toEqual(wanted.map((w) => [w.topic, w.count]));
    found.forEach((slice, i) => {
      const weightOf = new Map(slice.keywords.map((k) => [k.keyword, k.weight]));
      const words = wanted[i].words.filter((w) => w !== '');
      words.forEach((word, r) => expect(weightOf.get(word)).toBeCloseTo(slice.keywords[r].weight, 9));
    });
  }
  const bins = {
    bins: Int32Array.from(parseDates(reference.times), (t) => new Date(t).getUTCMonth()),
    edges: new Float64Array(4),
  };
  const byTopicWithin =
    (key: (row: Row) => string) =>
    (a: Row, b: Row): number =>
      key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.topic - b.topic;

  it('topics_over_time', () => {
    const options = { ...tuningDefaults, evolution: false, words: 200 };
    const time = byTopicWithin((r) => (r as Row & { Timestamp: string }).Timestamp);
    same(sliceByTime(topics, labels, bins, options), reference.over_time.toSorted(time));
    const plain = sliceByTime(topics, labels, bins, { ...options, global: false });
    same(plain, reference.over_time_plain.toSorted(time));
  });

  it('topics_per_class', () => {
    const { names, classes } = classesOf(reference.classes);
    expect(names).toEqual(['a', 'b']);
    const byClass = byTopicWithin((r) => (r as Row & { Class: string }).Class);
    same(
      sliceByClass(topics, labels, classes, { global: true, words: 200 }),
      reference.per_class.toSorted(byClass),
    );
  });
});
