import type { CondensedTree } from '../stages.ts';
import type { Linkage } from './linkage.ts';

/**
 * Prunes a single-linkage tree to splits into two parts of at least `minClusterSize` points each (runt pruning:
 * Stuetzle 2003; Campello, Moulavi, Sander 2013). Rows, numbering and order are those of hdbscan's condensed tree: the
 * root is node n, children are numbered breadth first, λ = 1 / distance.
 *
 * One difference is deliberate: points at distance 0 are never torn apart. A split at λ = ∞ has no lifetime, so its
 * stability would be ∞ − ∞, and equal documents would land in different topics by the order in which they were read.
 */
export function condense(linkage: Linkage, minClusterSize: number): CondensedTree {
  const { left, right, distance, size } = linkage;
  const n = left.length + 1;
  const capacity = 2 * n;
  const parent = new Int32Array(capacity);
  const child = new Int32Array(capacity);
  const lambda = new Float64Array(capacity);
  const childSize = new Int32Array(capacity);
  let rows = 0;
  const push = (p: number, c: number, l: number, s: number): void => {
    parent[rows] = p;
    child[rows] = c;
    lambda[rows] = l;
    childSize[rows++] = s;
  };
  const sizeOf = (node: number): number => (node < n ? 1 : size[node - n]);
  const below = new Int32Array(n === 1 ? 1 : 2 * n);
  /** All points under a node leave their cluster at once, in breadth-first order. */
  const dropPoints = (node: number, cluster: number, l: number): void => {
    let end = 0;
    below[end++] = node;
    for (let at = 0; at < end; at++) {
      const x = below[at];
      if (x < n) push(cluster, x, l, 1);
      else {
        below[end++] = left[x - n];
        below[end++] = right[x - n];
      }
    }
  };

  if (n === 1) push(1, 0, 0, 1);
  else {
    const queue = new Int32Array(n);
    const cluster = new Int32Array(2 * n - 1);
    let next = n + 1;
    let end = 0;
    cluster[2 * n - 2] = n;
    queue[end++] = 2 * n - 2;
    for (let at = 0; at < end; at++) {
      const node = queue[at];
      const [l, r, d] = [left[node - n], right[node - n], distance[node - n]];
      const own = cluster[node];
      const value = d > 0 ? 1 / d : Infinity;
      const leftStays = sizeOf(l) >= minClusterSize && d > 0;
      const rightStays = sizeOf(r) >= minClusterSize && d > 0;
      if (leftStays && rightStays) {
        cluster[l] = next++;
        push(own, cluster[l], value, sizeOf(l));
        cluster[r] = next++;
        push(own, cluster[r], value, sizeOf(r));
      } else {
        if (leftStays) cluster[l] = own;
        else dropPoints(l, own, value);
        if (rightStays) cluster[r] = own;
        else dropPoints(r, own, value);
      }
      if (leftStays && l >= n) queue[end++] = l;
      if (rightStays && r >= n) queue[end++] = r;
    }
  }
  return {
    parent: parent.slice(0, rows),
    child: child.slice(0, rows),
    lambda: lambda.slice(0, rows),
    size: childSize.slice(0, rows),
  };
}

/** The condensed tree's root, which is also the number of points. */
export function rootOf(tree: CondensedTree): number {
  let root = tree.parent[0];
  for (const p of tree.parent) if (p < root) root = p;
  return root;
}
