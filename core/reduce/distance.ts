import { row, type Matrix } from '../base/matrix.ts';
import type { Metric } from './params.ts';

/** A distance between row p of one matrix and row q of another, in double precision and added up in a fixed order. */
export type Distance = (p: number, q: number) => number;

/** Squared length of each row. */
export function squaredNorms(m: Matrix): Float64Array {
  const out = new Float64Array(m.rows);
  for (let r = 0; r < m.rows; r++) {
    const v = row(m, r);
    let sum = 0;
    for (let c = 0; c < v.length; c++) sum += v[c] * v[c];
    out[r] = sum;
  }
  return out;
}

/**
 * The exact distance between a row of `a` and a row of `b`.
 * - cosine: 1 − cos, in [0, 2]; two zero rows are the same (0), a zero row is at 1 from any other, as in pynndescent.
 * - Euclidean: |p − q|.
 * - inner product: 1 − ⟨p, q⟩ / L with L the largest squared length of `b`'s rows, so that it is not negative among the rows of one
 *   matrix; UMAP weighs differences between a point's own distances against each other, so neither shift nor scale matters.
 */
export function distanceBetween(metric: Metric, a: Matrix, b: Matrix, normsB = squaredNorms(b)): Distance {
  if (metric === 'euclidean') return (p, q) => Math.sqrt(squaredDifference(a, p, b, q));
  if (metric === 'inner-product') {
    const largest = normsB.reduce((most, v) => Math.max(most, v), 0);
    return (p, q) => (largest > 0 ? Math.max(0, 1 - innerProduct(a, p, b, q) / largest) : 0);
  }
  const normsA = a === b ? normsB : squaredNorms(a);
  return (p, q) => {
    const [pp, qq] = [normsA[p], normsB[q]];
    if (pp === 0 || qq === 0) return pp === qq ? 0 : 1;
    const distance = 1 - innerProduct(a, p, b, q) / Math.sqrt(pp * qq);
    // What is left of parallel rows is rounding, not distance.
    return distance < 1e-12 ? 0 : distance;
  };
}

function innerProduct(a: Matrix, p: number, b: Matrix, q: number): number {
  const d = a.columns;
  let [i, j] = [p * d, q * d];
  const end = i + d;
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (; i + 3 < end; i += 4, j += 4) {
    s0 += a.data[i] * b.data[j];
    s1 += a.data[i + 1] * b.data[j + 1];
    s2 += a.data[i + 2] * b.data[j + 2];
    s3 += a.data[i + 3] * b.data[j + 3];
  }
  for (; i < end; i++, j++) s0 += a.data[i] * b.data[j];
  return s0 + s1 + (s2 + s3);
}

function squaredDifference(a: Matrix, p: number, b: Matrix, q: number): number {
  const d = a.columns;
  let sum = 0;
  for (let c = 0, i = p * d, j = q * d; c < d; c++, i++, j++) {
    const difference = a.data[i] - b.data[j];
    sum += difference * difference;
  }
  return sum;
}
