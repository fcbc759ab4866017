import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../../../core/base/progress.ts';
import { classTerms, ctfidf, keywordParams, vectorise } from '../../../core/keywords/index.ts';
import { classOfUnit, SPACELESS, WORD } from '../../../core/keywords/characters.ts';
import { mmr } from '../../../core/keywords/mmr.ts';
import { unitRows } from '../../../core/base/matrix.ts';
import type { Matrix } from '../../../core/base/matrix.ts';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
interface Case {
  name: string;
  vectorizer: { stop_words?: string; ngram_range?: [number, number]; min_df?: number; max_df?: number };
  transformer: { bm25_weighting?: boolean; reduce_frequent_words?: boolean };
  preprocess: boolean;
  vocabulary: string[];
  count: number;
  weights: Record<string, number>[];
}
const reference = JSON.parse(read('ctfidf.json')) as {
  topics: number[];
  cases: Case[];
  mmr: {
    vectors: number[][];
    topic: number[];
    cases: { diversity: number; limit: number; chosen: number[] }[];
  };
  word_characters: number[];
};
const documents = JSON.parse(read('texts.json')) as { text: string; label: number }[];
const labels = Int32Array.from(documents, (d) => d.label);

describe('CountVectorizer and ClassTfidfTransformer', () => {
  it.each(reference.cases)('$name', async (c) => {
    const params = keywordParams.parse({
      language: 'en',
      tokens: c.preprocess ? 'bertopic' : 'sklearn',
      stopWords: c.vectorizer.stop_words ? 'en' : 'none',
      ngrams: (c.vectorizer.ngram_range ?? [1, 1]).join('-'),
      minDf: c.vectorizer.min_df ?? 1,
      maxDf: c.vectorizer.max_df ?? 1,
      bm25: c.transformer.bm25_weighting ?? false,
      reduceFrequentWords: c.transformer.reduce_frequent_words ?? false,
    });
    const terms = await vectorise(
      documents.map((d) => d.text),
      params,
      quietContext(),
    );
    expect(terms.vocabulary.toSorted()).toEqual(c.vocabulary.toSorted());
    expect(terms.counts.reduce((a, b) => a + b, 0)).toBe(c.count);
    const classes = classTerms(terms, labels);
    expect([...classes.topics]).toEqual(reference.topics);
    const weights = ctfidf(classes, params);
    for (let r = 0; r < weights.rows; r++) {
      const ours = new Map<string, number>();
      for (let e = weights.offsets[r]; e < weights.offsets[r + 1]; e++)
        if (weights.values[e] !== 0) ours.set(terms.vocabulary[weights.indices[e]], weights.values[e]);
      expect([...ours.keys()].sort()).toEqual(Object.keys(c.weights[r]).sort());
      for (const [word, weight] of ours) expect(weight).toBeCloseTo(c.weights[r][word], 12);
    }
  });
});

it('takes the characters that Python takes for word characters', () => {
  const ranges = reference.word_characters;
  const different: string[] = [];
  for (let at = 0; at < ranges.length; at += 2)
    for (let unit = ranges[at]; unit <= ranges[at + 1]; unit++)
      if (![WORD, SPACELESS].includes(classOfUnit(unit))) different.push(unit.toString(16));
  expect(different).toEqual([]);
});

it('chooses what BERTopic’s MMR chooses', () => {
  const matrix = (rows: number[][]): Matrix => ({
    data: Float32Array.from(rows.flat()),
    rows: rows.length,
    columns: rows[0].length,
  });
  const words = unitRows(matrix(reference.mmr.vectors));
  const topic = unitRows(matrix([reference.mmr.topic])).data;
  for (const c of reference.mmr.cases) expect(mmr(topic, words, c.limit, c.diversity)).toEqual(c.chosen);
});
