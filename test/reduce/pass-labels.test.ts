import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passLabelsOn } from '../../core/reduce/pass-labels.ts';

/** Neighbours of each row, as many for each. */
const neighbours = (rows: number[][]) => ({
  k: rows[0].length,
  indices: Int32Array.from(rows.flat()),
  distances: new Float32Array(rows.length * rows[0].length),
  recall: 1,
  method: 'exact',
});
const others = (row: number, n: number) => [...Array(n).keys()].filter((other) => other !== row);

describe('labels passed on to neighbours', () => {
  it('gives a document what two and 60 % of its labelled neighbours say, and leaves it alone else', () => {
    const everyone = (n: number) => neighbours([...Array(n).keys()].map((row) => others(row, n)));
    expect([...passLabelsOn(everyone(4), Int32Array.of(-1, 7, 7, -1))]).toEqual([7, 7, 7, 7]);
    // One is too few; two of four are no 60 %, three of five are.
    expect([...passLabelsOn(everyone(3), Int32Array.of(-1, 7, -1))]).toEqual([-1, 7, -1]);
    expect([...passLabelsOn(everyone(5), Int32Array.of(-1, 7, 7, 8, 8))]).toEqual([-1, 7, 7, 8, 8]);
    expect([...passLabelsOn(everyone(6), Int32Array.of(-1, 8, 7, 7, 8, 7))][0]).toBe(7);
  });

  it('does not pass further what was passed on', () => {
    const chain = neighbours([
      [1, 1],
      [2, 3],
      [3, 1],
      [2, 1],
    ]);
    expect([...passLabelsOn(chain, Int32Array.of(-1, -1, 5, 5))]).toEqual([-1, 5, 5, 5]);
  });

  it('never changes a label that was given, nor makes up one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 12 }).chain((n) =>
          fc.tuple(
            fc.array(fc.integer({ min: -1, max: 3 }), { minLength: n, maxLength: n }),
            fc.array(fc.array(fc.integer({ min: 0, max: n - 1 }), { minLength: 4, maxLength: 4 }), {
              minLength: n,
              maxLength: n,
            }),
          ),
        ),
        ([labels, near]) => {
          const given = Int32Array.from(labels);
          const passed = passLabelsOn(neighbours(near), given);
          passed.forEach((label, row) => {
            if (given[row] !== -1) expect(label).toBe(given[row]);
            else if (label !== -1)
              expect(near[row].filter((j) => given[j] === label).length).toBeGreaterThan(1);
          });
          expect([...given]).toEqual(labels);
        },
      ),
    );
  });
});
