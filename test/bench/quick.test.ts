import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compare, ratiosOf } from './quick.mjs';

const stored = JSON.parse(readFileSync(new URL('./quick.json', import.meta.url), 'utf8')) as Record<
  string,
  Record<string, number>
>;

test.each(Object.entries(stored))(
  'on %s a stage that takes twice its time is told, whichever it is',
  (cpu, ratios) => {
    // Ratios are seconds up to a factor; stages long enough to be measured.
    const seconds = (slow: string | null, times: number) =>
      Object.fromEntries(Object.entries(ratios).map(([stage, r]) => [stage, stage === slow ? times * r : r]));
    expect(compare(ratiosOf(seconds(null, 1)), stored, cpu).rows.some((row) => row.slower)).toBe(false);
    for (const stage of Object.keys(ratios)) {
      const told = (times: number) =>
        compare(ratiosOf(seconds(stage, times)), stored, cpu).rows.filter((row) => row.slower);
      expect(told(2).map((row) => row.stage)).toEqual([stage]);
      expect(told(1.4)).toEqual([]);
    }
  },
);

test('on another processor only a graver loss is told', () => {
  const [ratios] = Object.values(stored);
  const told = (times: number) =>
    compare({ ...ratios, cluster: times * 1000 * ratios.cluster }, stored, 'another').rows.some(
      (row) => row.slower,
    );
  expect(told(1)).toBe(true);
  expect(compare(ratios, stored, 'another').rows.some((row) => row.slower)).toBe(false);
});
