import { row, type Matrix } from '../../core/base/matrix.ts';

/** Trustworthiness and continuity of a layout (Venna & Kaski 2001), Euclidean or cosine in the data; takes time of order n². */
export function quality(x: Matrix, y: Matrix, k: number, metric: 'euclidean' | 'cosine' = 'euclidean') {
  const n = x.rows;
  let [intruders, losses] = [0, 0];
  for (let i = 0; i < n; i++) {
    const [orderX, rankX] = ranks(x, i, metric);
    const [orderY, rankY] = ranks(y, i, 'euclidean');
    for (let j = 1; j <= k; j++) {
      intruders += Math.max(0, rankX[orderY[j]] - k);
      losses += Math.max(0, rankY[orderX[j]] - k);
    }
  }
  const scale = 2 / (n * k * (2 * n - 3 * k - 1));
  return { trustworthiness: 1 - scale * intruders, continuity: 1 - scale * losses };
}

function ranks(m: Matrix, i: number, metric: 'euclidean' | 'cosine'): [Int32Array, Int32Array] {
  const distances = Float64Array.from({ length: m.rows }, (_, j) => distance(row(m, i), row(m, j), metric));
  distances[i] = -1;
  const order = Int32Array.from({ length: m.rows }, (_, j) => j);
  order.sort((p, q) => distances[p] - distances[q] || p - q);
  const rank = new Int32Array(m.rows);
  order.forEach((j, r) => (rank[j] = r));
  return [order, rank];
}

export function distance(p: Float32Array, q: Float32Array, metric: 'euclidean' | 'cosine'): number {
  let [difference, dot, pp, qq] = [0, 0, 0, 0];
  for (let c = 0; c < p.length; c++) {
    difference += (p[c] - q[c]) ** 2;
    dot += p[c] * q[c];
    pp += p[c] * p[c];
    qq += q[c] * q[c];
  }
  return metric === 'euclidean' ? Math.sqrt(difference) : 1 - dot / Math.sqrt(pp * qq);
}
