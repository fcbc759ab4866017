import type { Edges } from './spanning-tree.ts';

/** A single-linkage tree as in scipy's hclust format: merge i makes node n + i of `left[i]` and `right[i]`. */
export interface Linkage {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly distance: Float64Array;
  readonly size: Int32Array;
}

/** Merges along a spanning tree's edges, which come sorted. */
export function singleLinkage({ from, to, distance }: Edges): Linkage {
  const count = distance.length;
  const n = count + 1;
  const left = new Int32Array(count);
  const right = new Int32Array(count);
  const size = new Int32Array(count);
  const parent = new Int32Array(2 * n - 1).fill(-1);
  const find = (x: number): number => {
    let root = x;
    while (parent[root] !== -1) root = parent[root];
    while (x !== root) {
      const up = parent[x];
      parent[x] = root;
      x = up;
    }
    return root;
  };
  for (let i = 0; i < count; i++) {
    const a = find(from[i]);
    const b = find(to[i]);
    left[i] = a;
    right[i] = b;
    size[i] = (a < n ? 1 : size[a - n]) + (b < n ? 1 : size[b - n]);
    parent[a] = parent[b] = n + i;
  }
  return { left, right, distance, size };
}
