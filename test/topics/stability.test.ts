import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../core/base/errors.ts';
import { quietContext } from '../../core/base/progress.ts';
import { bestMatches, compareRuns, overlap, stability } from '../../core/topics/index.ts';

const context = quietContext();
const run = (seed: number, ...labels: number[]) => ({ seed, params: {}, labels: Int32Array.from(labels) });

describe('stability', () => {
  const base = Int32Array.of(0, 0, 0, 1, 1, 1, -1);
  it('of the same result under other names is perfect', async () => {
    const found = await stability(base, [run(1, 5, 5, 5, 2, 2, 2, -1), run(2, ...base)], context);
    expect(found.topics).toEqual([
      { topic: 0, size: 3, jaccard: 1, reappears: 1 },
      { topic: 1, size: 3, jaccard: 1, reappears: 1 },
    ]);
    expect([...found.settled]).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect([...found.consensus]).toEqual([...base]);
    expect(found.recommendation).toContain('can be relied on');
  });
  it('names topics and documents that come and go', async () => {
    const found = await stability(
      base,
      [run(1, 0, 0, 0, -1, -1, -1, 0), run(2, 0, 0, 0, -1, -1, -1, -1)],
      context,
    );
    expect(found.topics[1]).toMatchObject({ jaccard: 0, reappears: 0 });
    expect(found.topics[0].jaccard).toBeCloseTo((0.75 + 1) / 2, 12);
    expect([...found.consensus]).toEqual([0, 0, 0, -1, -1, -1, -1]);
    expect([...found.settled]).toEqual([1, 1, 1, 1, 1, 1, 0.5].map((v, d) => (d > 2 && d < 6 ? 1 : v)));
    expect(found.recommendation).toContain('1');
    expect(found.runs[0]).toMatchObject({ topics: 1, jaccard: 0.375 });
  });
  it('needs another run of the same corpus', async () => {
    await expect(stability(base, [], context)).rejects.toThrow(UsageError);
    await expect(stability(base, [run(1, 0)], context)).rejects.toThrow('one corpus');
  });
});

describe('overlap', () => {
  const labels = fc
    .array(fc.integer({ min: -1, max: 4 }), { minLength: 20, maxLength: 20 })
    .map((l) => Int32Array.from(l));
  it('is symmetric, and perfect with itself', () => {
    fc.assert(
      fc.property(labels, labels, (a, b) => {
        for (const match of bestMatches(overlap(a, a)))
          expect(match).toEqual({ ...match, match: match.topic, jaccard: 1 });
        const total = (x: Int32Array, y: Int32Array): number =>
          overlap(x, y).shared.reduce((s, v) => s + v, 0);
        expect(total(a, b)).toBe(total(b, a));
      }),
    );
  });
});

it('results side by side have flows, agreement and scores', () => {
  const found = compareRuns(
    [
      { name: 'hs', labels: Int32Array.of(0, 0, 1, -1) },
      { name: 'concat', labels: Int32Array.of(0, 0, 2, 2) },
    ],
    ['a', 'a', 'b', 'b'],
  );
  expect(found.flows).toEqual([
    { from: { run: 0, topic: 0 }, to: { run: 1, topic: 0 }, count: 2 },
    { from: { run: 0, topic: -1 }, to: { run: 1, topic: 2 }, count: 1 },
    { from: { run: 0, topic: 1 }, to: { run: 1, topic: 2 }, count: 1 },
  ]);
  expect(found.agreement[1]).toBe(found.agreement[2]);
  expect(found.labels?.[1].ami).toBe(1);
  expect(found.matches[0]).toHaveLength(2);
});
