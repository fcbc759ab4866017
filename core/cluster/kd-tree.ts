import type { KernelMemory } from './kernel-memory.ts';

/** The finished k-d tree, in memory of its own; kernels/header.as and kernel-memory.ts describe the arrays. */
export interface KdTree {
  readonly rows: number;
  readonly columns: number;
  readonly nodes: number;
  readonly pad: number;
  readonly order: Int32Array;
  readonly start: Int32Array;
  readonly boxes: Float32Array;
  readonly points: Float32Array;
}

/** Copies the tree out of a clustering's memory, so that the rest of that can be freed. */
export function keepTree(memory: KernelMemory): KdTree {
  const { rows, columns, nodes, pad, order, start, boxes, points } = memory;
  return {
    rows,
    columns,
    nodes,
    pad,
    order: order.slice(),
    start: start.slice(),
    boxes: boxes.slice(),
    points: points.slice(),
  };
}

/** The k points nearest to a place, nearest first. */
export interface Nearest {
  readonly k: number;
  /** Positions in the tree. */
  readonly positions: Int32Array;
  /** Squared distances. */
  readonly squared: Float64Array;
}

const stack = new Int32Array(128);
const stackSquared = new Float64Array(128);

/** Finds the k points nearest to `point` [columns]. */
export function nearestTo(tree: KdTree, point: Float64Array, found: Nearest): void {
  const { columns, nodes, pad, start, points } = tree;
  const { k, positions, squared } = found;
  const firstLeaf = (nodes - 1) / 2;
  squared.fill(Infinity);
  let depth = 1;
  stack[0] = 0;
  stackSquared[0] = 0;
  while (depth > 0) {
    const node = stack[--depth];
    if (stackSquared[depth] >= squared[k - 1]) continue;
    const left = 2 * node + 1;
    if (left < nodes) {
      const dl = distanceToBox(tree, left, point);
      const dr = distanceToBox(tree, left + 1, point);
      const swap = dl <= dr ? 1 : 0;
      stack[depth] = left + swap;
      stackSquared[depth++] = swap ? dr : dl;
      stack[depth] = left + 1 - swap;
      stackSquared[depth++] = swap ? dl : dr;
      continue;
    }
    const place = (node - firstLeaf) * columns * pad;
    const first = start[2 * node];
    for (let i = 0; i < start[2 * node + 1] - first; i++) {
      let d = 0;
      for (let j = 0; j < columns; j++) {
        const v = point[j] - points[place + j * pad + i];
        d += v * v;
      }
      if (d >= squared[k - 1]) continue;
      let at = k - 1;
      while (at > 0 && squared[at - 1] > d) {
        squared[at] = squared[at - 1];
        positions[at] = positions[at - 1];
        at--;
      }
      squared[at] = d;
      positions[at] = first + i;
    }
  }
}

function distanceToBox({ boxes, columns }: KdTree, node: number, point: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < columns; j++) {
    const side = 2 * (node * columns + j);
    const d = Math.max(boxes[side] - point[j], point[j] - boxes[side + 1], 0);
    sum += d * d;
  }
  return sum;
}
