import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { row, zeros, type Matrix } from '../../core/base/matrix.ts';
import { quietContext } from '../../core/base/progress.ts';
import { distinctRows, onlyDistinct, withRepeats } from '../../core/reduce/distinct-rows.ts';
import { reduce, reduceParams } from '../../core/reduce/index.ts';
import { sample } from './sample.ts';

/** Rows of a matrix chosen by index, in order. */
function chosen(m: Matrix, rows: readonly number[]): Matrix {
  const out = zeros(rows.length, m.columns);
  rows.forEach((r, i) => row(out, i).set(row(m, r)));
  return out;
}

describe('equal rows', () => {
  test('are told by their numbers, and by their labels where there are some', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -1, max: 1 })), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.boolean(),
        (drawn, labelled) => {
          const m = chosen(
            sample(5, 3),
            drawn.map(([r]) => r),
          );
          const targets = labelled ? Int32Array.from(drawn, ([, label]) => label) : undefined;
          const names = drawn.map(([r, label]) => (labelled ? `${r} ${label}` : `${r}`));
          const found = distinctRows(m, targets);
          if (new Set(names).size === names.length) {
            expect(found).toBeNull();
            return;
          }
          expect(Array.from(found!.place, (d) => names[found!.firsts[d]])).toEqual(names);
          expect(Array.from(found!.firsts)).toEqual([...new Set(names)].map((name) => names.indexOf(name)));
          expect(withRepeats(onlyDistinct(m, found!), found!)).toEqual(m);
        },
      ),
    );
  });

  test('lie in one place, and the others where they lie without the repeats', async () => {
    const few = sample(120, 6, 4);
    // Row 7 more often than a neighbourhood holds.
    const rows = [...Array(120).keys(), ...Array<number>(40).fill(7), 3, 3];
    const params = reduceParams.parse({ epochs: 60 });
    const [plain, repeated] = [
      await reduce(few, params, quietContext()),
      await reduce(chosen(few, rows), params, quietContext()),
    ];
    expect(repeated.components).toEqual(chosen(plain.components, rows));
    expect(repeated.map).toEqual(chosen(plain.map, rows));
  });

  test('an earlier layout and labels of all rows are used', async () => {
    const few = chosen(sample(60, 6), [...Array(60).keys(), 1, 1, 1]);
    const params = reduceParams.parse({ epochs: 60 });
    const first = await reduce(few, params, quietContext());
    const targets = Int32Array.from({ length: 63 }, (_, i) => (i > 60 ? 1 : 0));
    const second = await reduce(few, params, quietContext(), { start: first, targets });
    expect(row(second.map, 61)).toEqual(row(second.map, 62));
    expect(row(second.map, 61)).not.toEqual(row(second.map, 60));
    expect(second.map.rows).toBe(63);
  });
});
