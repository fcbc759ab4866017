import type { CondensedTree } from '../stages.ts';
import { rootOf } from './condense.ts';

/**
 * The condensed tree's clusters without its points. Clusters are numbered 0 (the root) to count − 1, breadth first, so
 * that a parent's number is always smaller than its children's; in the condensed tree cluster c is node `points + c`.
 */
export interface ClusterTree {
  readonly points: number;
  readonly count: number;
  /** −1 for the root. */
  readonly parent: Int32Array;
  /** Children of cluster c: `children[childStart[c]]` up to `childStart[c + 1]`, in their order. */
  readonly childStart: Int32Array;
  readonly children: Int32Array;
  /** λ at which a cluster splits from its parent; 0 for the root. */
  readonly birth: Float64Array;
  /** Largest λ at which something leaves the cluster itself. */
  readonly death: Float64Array;
  /** Points at birth. */
  readonly size: Int32Array;
  /** Cluster from which a point falls out, and the λ at which it does. */
  readonly pointCluster: Int32Array;
  readonly pointLambda: Float64Array;
}

/** Reads clusters off a condensed tree. */
export function clusterTree(tree: CondensedTree): ClusterTree {
  const points = rootOf(tree);
  let count = 1;
  for (const c of tree.child) if (c - points >= count) count = c - points + 1;
  const parent = new Int32Array(count).fill(-1);
  const birth = new Float64Array(count);
  const death = new Float64Array(count);
  const size = new Int32Array(count);
  size[0] = points;
  const pointCluster = new Int32Array(points);
  const pointLambda = new Float64Array(points);
  const childStart = new Int32Array(count + 1);
  for (let i = 0; i < tree.child.length; i++) {
    const c = tree.child[i] - points;
    const p = tree.parent[i] - points;
    const lambda = tree.lambda[i];
    if (lambda > death[p]) death[p] = lambda;
    if (c < 0) {
      pointCluster[tree.child[i]] = p;
      pointLambda[tree.child[i]] = lambda;
    } else {
      parent[c] = p;
      birth[c] = lambda;
      size[c] = tree.size[i];
      childStart[p + 1]++;
    }
  }
  for (let c = 0; c < count; c++) childStart[c + 1] += childStart[c];
  const filled = childStart.slice();
  const children = new Int32Array(count - 1);
  for (let c = 1; c < count; c++) children[filled[parent[c]]++] = c;
  return {
    points,
    count,
    parent,
    childStart,
    children,
    birth,
    death,
    size,
    pointCluster,
    pointLambda,
  };
}

/** Calls `visit` for a cluster and everything below it. */
export function visitBelow(tree: ClusterTree, cluster: number, visit: (cluster: number) => void): void {
  const stack = [cluster];
  for (let c = stack.pop(); c !== undefined; c = stack.pop()) {
    visit(c);
    for (let i = tree.childStart[c]; i < tree.childStart[c + 1]; i++) stack.push(tree.children[i]);
  }
}
