import { row, zeros, type Matrix } from '../base/matrix.ts';

/** Which rows of a matrix are the same, bit for bit. */
export interface DistinctRows {
  /** Of each distinct row, the first row that holds it, ascending. */
  readonly firsts: Int32Array;
  /** Of each row, its number among the distinct ones. */
  readonly place: Int32Array;
}

/**
 * Groups equal rows; those with different labels (`targets`) count as different. Null where no two are equal, which is usual
 * and costs one pass.
 */
export function distinctRows(m: Matrix, targets?: Int32Array): DistinctRows | null {
  const { rows, columns } = m;
  const bits = new Int32Array(m.data.buffer, m.data.byteOffset, rows * columns);
  // Open addressing: a slot holds a distinct row's number + 1, and rows with the same hash are told apart by their bits.
  const mask = 2 ** Math.ceil(Math.log2(2 * rows + 2)) - 1;
  const slots = new Int32Array(mask + 1);
  const firsts: number[] = [];
  const place = new Int32Array(rows);
  for (let r = 0; r < rows; r++) {
    const at = r * columns;
    let hash = targets ? targets[r] : 0;
    for (let c = 0; c < columns; c++) {
      hash = Math.imul(hash ^ bits[at + c], 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    let slot = hash & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const other = firsts[slots[slot] - 1];
      if (targets && targets[other] !== targets[r]) continue;
      let c = 0;
      while (c < columns && bits[other * columns + c] === bits[at + c]) c++;
      if (c === columns) break;
    }
    if (slots[slot] === 0) slots[slot] = firsts.push(r);
    place[r] = slots[slot] - 1;
  }
  return firsts.length === rows ? null : { firsts: Int32Array.from(firsts), place };
}

/** Only the distinct rows: [firsts × columns]. */
export function onlyDistinct(m: Matrix, { firsts }: DistinctRows): Matrix {
  const out = zeros(firsts.length, m.columns);
  firsts.forEach((r, i) => row(out, i).set(row(m, r)));
  return out;
}

/** Each row again where its like was put: [rows × columns]. */
export function withRepeats(m: Matrix, { place }: DistinctRows): Matrix {
  const out = zeros(place.length, m.columns);
  place.forEach((d, r) => row(out, r).set(row(m, d)));
  return out;
}
