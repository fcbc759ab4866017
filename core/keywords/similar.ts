import type { Matrix } from '../base/matrix.ts';
import { row } from '../base/matrix.ts';

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
