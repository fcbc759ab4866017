import { type Matrix, row, zeros } from '../base/matrix.ts';

/** Column means and deviations, fitted once over a corpus and kept, so that results don't depend on batches. */
export interface Standard {
  readonly mean: number[];
  readonly deviation: number[];
}

/** Fits over the rows where `use` is 1. A column that never changes gets the deviation 1. */
export function fitStandard(m: Matrix, use: Uint8Array): Standard {
  const mean = new Float64Array(m.columns);
  const square = new Float64Array(m.columns);
  let n = 0;
  for (let r = 0; r < m.rows; r++) {
    if (use[r] === 0) continue;
    n++;
    const x = row(m, r);
    for (let c = 0; c < m.columns; c++) {
      // Welford's update: no large numbers cancel.
      const d = x[c] - mean[c];
      mean[c] += d / n;
      square[c] += d * (x[c] - mean[c]);
    }
  }
  const deviation = Array.from(square, (s) => Math.sqrt(s / Math.max(n, 1)));
  return { mean: Array.from(mean), deviation: deviation.map((d) => (d > 1e-12 ? d : 1)) };
}

/** (x − mean) / deviation. */
export function standardise(m: Matrix, { mean, deviation }: Standard): Matrix {
  const out = zeros(m.rows, m.columns);
  for (let i = 0; i < m.data.length; i++) {
    const c = i % m.columns;
    out.data[i] = (m.data[i] - mean[c]) / deviation[c];
  }
  return out;
}
