import type { KdTree } from './kd-tree.ts';

/** The k nearest points of each (itself among them), nearest first; positions in the tree's order. */
export interface NearestPoints {
  readonly k: number;
  readonly indices: Int32Array;
  /** Squared distances. */
  readonly distances: Float64Array;
}

/** Fills the neighbours of the points in positions `from` to `to`. */
export function nearestPoints(tree: KdTree, result: NearestPoints, from: number, to: number): void {
  const { columns, data, start, end, lower, upper, nodes } = tree;
  const { k, indices, distances } = result;
  const stack = new Int32Array(128);
  const stackDistance = new Float64Array(128);
  const boxDistance = (node: number, at: number): number => {
    let sum = 0;
    const b = node * columns;
    for (let j = 0; j < columns; j++) {
      const v = data[at + j];
      const d = v < lower[b + j] ? lower[b + j] - v : v > upper[b + j] ? v - upper[b + j] : 0;
      sum += d * d;
    }
    return sum;
  };
  for (let p = from; p < to; p++) {
    const base = p * k;
    const at = p * columns;
    let found = 0;
    let worst = Infinity;
    let depth = 1;
    stack[0] = 0;
    stackDistance[0] = 0;
    while (depth > 0) {
      const node = stack[--depth];
      if (stackDistance[depth] > worst) continue;
      const left = 2 * node + 1;
      if (left < nodes) {
        const dl = boxDistance(left, at);
        const dr = boxDistance(left + 1, at);
        const nearLeft = dl <= dr;
        stack[depth] = nearLeft ? left + 1 : left;
        stackDistance[depth++] = nearLeft ? dr : dl;
        stack[depth] = nearLeft ? left : left + 1;
        stackDistance[depth++] = nearLeft ? dl : dr;
        continue;
      }
      for (let q = start[node]; q < end[node]; q++) {
        let sum = 0;
        const bt = q * columns;
        for (let j = 0; j < columns; j++) {
          const d = data[at + j] - data[bt + j];
          sum += d * d;
        }
        if (found === k && sum >= worst) continue;
        let i = found < k ? found++ : k - 1;
        while (i > 0 && distances[base + i - 1] > sum) {
          distances[base + i] = distances[base + i - 1];
          indices[base + i] = indices[base + i - 1];
          i--;
        }
        distances[base + i] = sum;
        indices[base + i] = q;
        if (found === k) worst = distances[base + k - 1];
      }
    }
  }
}
