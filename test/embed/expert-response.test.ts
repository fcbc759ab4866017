import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expertResponse, wordsOf } from '../../core/embed/index.ts';

const matrix = (rows: number[][]) => ({
  data: Float32Array.from(rows.flat()),
  rows: rows.length,
  columns: rows[0].length,
});

it('an expert that one topic uses more stands out there by its deviations, though its weights hardly differ', () => {
  // Two experts with weights near one another, as balanced routers give them: only the first tells the topics apart.
  const routing = matrix(
    [0, 1, 2, 3].flatMap((k) => [
      [0.0315 + k / 1e6, 0.03 + (k % 2) / 1e4],
      [0.0305 + k / 1e6, 0.03 + (k % 2) / 1e4],
    ]),
  );
  const labels = Int32Array.from(routing.data.slice(0, 8), (_, d) => d % 2);
  const { topics, deviations, explained } = expertResponse(routing, new Int32Array(8).fill(5), labels);
  expect([...topics]).toEqual([0, 1]);
  expect(deviations.data[0]).toBeCloseTo(1, 2);
  expect(deviations.data[2]).toBeCloseTo(-1, 2);
  expect(deviations.data[1]).toBeCloseTo(0, 5);
  expect(explained[0]).toBeGreaterThan(0.99);
  expect(explained[1]).toBeLessThan(1e-6);
});

it('outliers and documents without tokens belong to no topic; shares stay between 0 and 1', () => {
  const document = fc.record({
    weights: fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
    label: fc.integer({ min: -1, max: 3 }),
    tokens: fc.integer({ min: 0, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(document, { minLength: 1, maxLength: 30 }), (documents) => {
      const labels = Int32Array.from(documents, ({ label }) => label);
      const { topics, deviations, explained } = expertResponse(
        matrix(documents.map(({ weights }) => weights)),
        Int32Array.from(documents, ({ tokens }) => tokens),
        labels,
      );
      expect([...topics]).toEqual([...new Set(labels)].filter((id) => id >= 0).sort());
      expect(deviations.data).toHaveLength(3 * topics.length);
      expect([...deviations.data].every(Number.isFinite)).toBe(true);
      expect([...explained].every((share) => share >= 0 && share <= 1)).toBe(true);
    }),
  );
});

it.each([
  [
    ['[CLS]', 'The', 'dri', '##ver', '##s', ',', 'ok', '[SEP]'],
    ['the', 'drivers', 'ok'],
  ],
  [
    ['<s>', 'The', 'Ġdri', 'vers', ',', 'Ġok', '</s>'],
    ['the', 'drivers', 'ok'],
  ],
  [
    ['▁The', '▁dri', 'vers', '.', '▁ok'],
    ['the', 'drivers', 'ok'],
  ],
])('joins the pieces %j to words', (pieces, words) => {
  const found = wordsOf(pieces);
  expect(found.map(({ word }) => word)).toEqual(words);
  for (const { from, to } of found) expect(to).toBeGreaterThan(from);
});
