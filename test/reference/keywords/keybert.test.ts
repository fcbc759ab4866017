import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Matrix } from '../../../core/base/matrix.ts';
import { quietContext } from '../../../core/base/progress.ts';
import { extractKeywords, keywordParams } from '../../../core/keywords/index.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as unknown;
const documents = read('texts.json') as { text: string; label: number }[];
const reference = read('keybert.json') as { topic: number; keywords: [string, number][] }[];

/** The embedding of make-keybert.py: numbers that follow from a text's letters and mean nothing. */
function vector(text: string): number[] {
  let h = 7;
  for (let i = 0; i < text.length; i++) h = (h * 31 + (text.charCodeAt(i) & 255) + 1) % 2147483647;
  return Array.from({ length: 8 }, () => (h = (h * 48271) % 2147483647) / 2147483647 - 0.5);
}
const embedded = (texts: readonly string[]): Matrix => ({
  data: Float32Array.from(texts.flatMap(vector)),
  rows: texts.length,
  columns: 8,
});

it('keywords by likeness in the embedding are those of BERTopic’s KeyBERTInspired', async () => {
  const texts = documents.map(({ text }) => text);
  const found = await extractKeywords(
    {
      texts,
      labels: Int32Array.from(documents, ({ label }) => label),
      embedWords: async (words) => embedded(words),
      embedding: embedded(texts),
    },
    keywordParams.parse({
      language: 'en',
      tokens: 'sklearn',
      stopWords: 'en',
      keywords: 'embedding',
      clean: false,
    }),
    quietContext(),
  );
  expect(found.map(({ topic }) => topic)).toEqual(reference.map(({ topic }) => topic));
  for (const [t, { keywords }] of reference.entries()) {
    // Where words are few, BERTopic has empty ones before the least alike.
    const own = found[t].keywords.slice(0, keywords.length);
    expect(own.map(({ keyword }) => keyword)).toEqual(keywords.map(([word]) => word));
    for (const [i, [, weight]] of keywords.entries()) expect(own[i].weight).toBeCloseTo(weight, 5);
  }
});
