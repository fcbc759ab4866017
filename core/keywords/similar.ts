import type { Matrix } from '../base/matrix.ts';
import { row, zeros } from '../base/matrix.ts';

/** The matrix with every row at length 1; rows of zeros stay zeros. */
export function unitRows(m: Matrix): Matrix {
  const out = zeros(m.rows, m.columns);
  for (let r = 0; r < m.rows; r++) {
    const from = row(m, r);
    let square = 0;
    for (const v of from) square += v * v;
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    const to = row(out, r);
    for (let c = 0; c < m.columns; c++) to[c] = from[c] * scale;
  }
  return out;
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Mean of some rows. */
export function meanRow(m: Matrix, rows: Int32Array): Float32Array {
  const mean = new Float64Array(m.columns);
  for (const r of rows) {
    const from = row(m, r);
    for (let c = 0; c < m.columns; c++) mean[c] += from[c];
  }
  return Float32Array.from(mean, (v) => v / Math.max(1, rows.length));
}
