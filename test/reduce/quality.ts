import { row, type Matrix } from '../../core/base/matrix.ts';

/**
 * Trustworthiness and continuity of a layout (Venna & Kaski 2001), Euclidean or cosine in the data.
 * @param asked the rows whose neighbourhoods are looked at (all unless said); takes time of order asked × n
 */
export function quality(
  x: Matrix,
  y: Matrix,
  k: number,
  metric: 'euclidean' | 'cosine' = 'euclidean',
  asked: Int32Array = Int32Array.from({ length: x.rows }, (_, i) => i),
) {
  const n = x.rows;
  let [intruders, losses] = [0, 0];
  for (const i of asked) {
    const [dx, dy] = [distancesFrom(x, i, metric), distancesFrom(y, i, 'euclidean')];
    for (const j of nearest(dy, k)) intruders += Math.max(0, rank(dx, j) - k);
    for (const j of nearest(dx, k)) losses += Math.max(0, rank(dy, j) - k);
  }
  const scale = 2 / (asked.length * k * (2 * n - 3 * k - 1));
  return { trustworthiness: 1 - scale * intruders, continuity: 1 - scale * losses };
}

/** At most `most` of n rows at even steps. */
export function evenly(n: number, most: number): Int32Array {
  const count = Math.min(n, most);
  return Int32Array.from({ length: count }, (_, s) => Math.floor((s * n) / count));
}

/** Distances from row i; −1 to itself, so that it comes first. */
function distancesFrom(m: Matrix, i: number, metric: 'euclidean' | 'cosine'): Float64Array {
  const own = row(m, i);
  const d = Float64Array.from({ length: m.rows }, (_, j) => distance(own, row(m, j), metric));
  d[i] = -1;
  return d;
}

/** The k others with the smallest distances, ties to the lower index. */
function nearest(d: Float64Array, k: number): number[] {
  const found: number[] = [];
  for (let j = 0; j < d.length; j++) {
    if (d[j] < 0 || (found.length === k && d[j] >= d[found[k - 1]])) continue;
    let place = Math.min(found.length, k - 1);
    for (; place > 0 && d[found[place - 1]] > d[j]; place--) found[place] = found[place - 1];
    found[place] = j;
  }
  return found;
}

/** Row j's place by distance, the row itself at 0. */
function rank(d: Float64Array, j: number): number {
  let before = 0;
  for (let i = 0; i < d.length; i++) if (d[i] < d[j] || (d[i] === d[j] && i < j)) before++;
  return before;
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
