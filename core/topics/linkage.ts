import { UsageError } from '../base/errors.ts';

export const linkageMethods = ['ward', 'average', 'complete', 'single', 'weighted'] as const;
export type LinkageMethod = (typeof linkageMethods)[number];

/**
 * A hierarchy as SciPy's linkage matrix: step k joins nodes left[k] < right[k] (below n they are the items, n + j is what
 * step j made) at a height, into a node of so many items.
 */
export interface Linkage {
  readonly items: number;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly height: Float64Array;
  readonly size: Int32Array;
}

/**
 * Agglomerative clustering of n items by their distances, equal to SciPy's `linkage` (nearest-neighbour chains, Müllner 2011).
 * @param distances [n × n], symmetric; it is used up.
 * @throws UsageError for a distance that is not a number.
 */
export function linkage(distances: Float64Array, items: number, method: LinkageMethod): Linkage {
  for (const d of distances)
    if (Number.isNaN(d)) throw new UsageError('A hierarchy needs a distance between each two topics.');
  const steps = chain(distances, items, method);
  const order = Array.from(steps.height.keys()).sort((a, b) => steps.height[a] - steps.height[b] || a - b);
  return relabel(steps, order, items);
}

interface Steps {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly height: Float64Array;
}

function chain(distances: Float64Array, n: number, method: LinkageMethod): Steps {
  const size = new Float64Array(n).fill(1);
  const steps = {
    left: new Int32Array(Math.max(0, n - 1)),
    right: new Int32Array(Math.max(0, n - 1)),
    height: new Float64Array(Math.max(0, n - 1)),
  };
  const path: number[] = [];
  for (let k = 0; k < n - 1; k++) {
    if (path.length === 0) path.push(size.findIndex((s) => s > 0));
    let x: number;
    let y: number;
    let nearest: number;
    for (;;) {
      x = path[path.length - 1];
      // Of equally near neighbours the one that the chain came from, or it would run in circles.
      y = path.length > 1 ? path[path.length - 2] : -1;
      nearest = y < 0 ? Infinity : distances[x * n + y];
      for (let i = 0; i < n; i++)
        if (size[i] > 0 && i !== x && distances[x * n + i] < nearest) {
          nearest = distances[x * n + i];
          y = i;
        }
      if (path.length > 1 && y === path[path.length - 2]) break;
      path.push(y);
    }
    path.length -= 2;
    if (x > y) [x, y] = [y, x];
    steps.left[k] = x;
    steps.right[k] = y;
    steps.height[k] = nearest;
    const [sx, sy] = [size[x], size[y]];
    size[x] = 0;
    size[y] = sx + sy;
    for (let i = 0; i < n; i++) {
      if (size[i] === 0 || i === y) continue;
      const joined = joinedDistance[method](
        distances[i * n + x],
        distances[i * n + y],
        nearest,
        sx,
        sy,
        size[i],
      );
      distances[i * n + y] = distances[y * n + i] = joined;
    }
  }
  return steps;
}

/** Distance of item i to the union of x and y, from those to x and y (Lance & Williams 1967). */
const joinedDistance: Record<
  LinkageMethod,
  (x: number, y: number, xy: number, sx: number, sy: number, si: number) => number
> = {
  single: (x, y) => Math.min(x, y),
  complete: (x, y) => Math.max(x, y),
  average: (x, y, _, sx, sy) => (sx * x + sy * y) / (sx + sy),
  weighted: (x, y) => (x + y) / 2,
  ward: (x, y, xy, sx, sy, si) => {
    const t = 1 / (sx + sy + si);
    return Math.sqrt((si + sx) * t * x * x + (si + sy) * t * y * y - si * t * xy * xy);
  },
};

/** Steps in the order of their heights, nodes renamed after the steps that made them. */
function relabel(steps: Steps, order: number[], n: number): Linkage {
  const count = order.length;
  const parent = Int32Array.from({ length: n + count }, (_, i) => i);
  const find = (i: number): number => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]];
    return i;
  };
  const out = {
    items: n,
    left: new Int32Array(count),
    right: new Int32Array(count),
    height: new Float64Array(count),
    size: new Int32Array(count),
  };
  const sizeOf = (node: number): number => (node < n ? 1 : out.size[node - n]);
  order.forEach((step, k) => {
    const [a, b] = [find(steps.left[step]), find(steps.right[step])];
    out.left[k] = Math.min(a, b);
    out.right[k] = Math.max(a, b);
    out.height[k] = steps.height[step];
    out.size[k] = sizeOf(a) + sizeOf(b);
    parent[a] = parent[b] = n + k;
  });
  return out;
}

/** Groups of items when all joins up to and at a height are made: a group number for each item, by first item. */
export function cutAt(tree: Linkage, height: number): Int32Array {
  return cut(tree, (k) => tree.height[k] <= height);
}

/** Groups of items when joins are made until `groups` are left. */
export function cutTo(tree: Linkage, groups: number): Int32Array {
  return cut(tree, (k) => k < tree.items - groups);
}

function cut(tree: Linkage, made: (step: number) => boolean): Int32Array {
  const top = Int32Array.from({ length: tree.items + tree.left.length }, (_, i) => i);
  // From the root down: a node whose join is made belongs to what its parent belongs to.
  for (let k = tree.left.length - 1; k >= 0; k--)
    if (made(k)) top[tree.left[k]] = top[tree.right[k]] = top[tree.items + k];
  const names = new Map<number, number>();
  return Int32Array.from({ length: tree.items }, (_, i) => {
    let name = names.get(top[i]);
    if (name === undefined) names.set(top[i], (name = names.size));
    return name;
  });
}
