import type { CondensedTree } from '../stages.ts';
import { visitBelow, type ClusterTree } from './cluster-tree.ts';

export interface SelectionOptions {
  readonly method: 'eom' | 'leaf';
  /** Distance below which clusters are not split (Malzer & Baum 2019); 0 for none. */
  readonly epsilon: number;
  /** 0 for no limit. */
  readonly maxClusterSize: number;
  readonly allowSingleCluster: boolean;
}

/** Excess of mass of each cluster: Σ (λ − birth) · size over what leaves it (Campello et al. 2013, eq. 3). */
export function stability(tree: CondensedTree, clusters: ClusterTree): Float64Array {
  const result = new Float64Array(clusters.count);
  for (let i = 0; i < tree.parent.length; i++) {
    const p = tree.parent[i] - clusters.points;
    result[p] += (tree.lambda[i] - clusters.birth[p]) * tree.size[i];
  }
  return result;
}

/**
 * Chooses flat clusters from the tree. Returns their numbers, ascending.
 * Follows hdbscan 0.8.44's `get_clusters`, its rounding of subtree sums to float32 included.
 */
export function selectClusters(
  tree: CondensedTree,
  clusters: ClusterTree,
  options: SelectionOptions,
): Int32Array {
  if (clusters.count === 1 && !(options.allowSingleCluster && options.method === 'eom'))
    return new Int32Array(0);
  let chosen = options.method === 'eom' ? excessOfMass(tree, clusters, options) : leaves(clusters);
  const onlyRoot = chosen.length === 1 && chosen[0] === 0;
  if (options.epsilon > 0 && clusters.count > 1 && !onlyRoot)
    chosen = mergeBelowEpsilon(clusters, chosen, options);
  return Int32Array.from(chosen).sort();
}

function excessOfMass(tree: CondensedTree, clusters: ClusterTree, options: SelectionOptions): number[] {
  const { childStart, children, size } = clusters;
  const mass = stability(tree, clusters);
  const limit = options.maxClusterSize || Infinity;
  const first = options.allowSingleCluster ? 0 : 1;
  const isChosen = new Uint8Array(clusters.count).fill(1, first);
  for (let c = clusters.count - 1; c >= first; c--) {
    let below = 0;
    let childrenSize = 0;
    for (let i = childStart[c]; i < childStart[c + 1]; i++) {
      below = Math.fround(below + mass[children[i]]);
      childrenSize += size[children[i]];
    }
    const own = c === 0 ? childrenSize : size[c];
    if (below > mass[c] || own > limit) {
      isChosen[c] = 0;
      mass[c] = below;
    } else if (childStart[c] < childStart[c + 1])
      visitBelow(clusters, c, (d) => {
        if (d !== c) isChosen[d] = 0;
      });
  }
  return indicesOf(isChosen);
}

function leaves(clusters: ClusterTree): number[] {
  const result = [];
  for (let c = 0; c < clusters.count; c++)
    if (clusters.childStart[c] === clusters.childStart[c + 1]) result.push(c);
  return result;
}

/** Replaces clusters born below the distance epsilon by the ancestor that is born above it. */
function mergeBelowEpsilon(
  clusters: ClusterTree,
  chosen: readonly number[],
  options: SelectionOptions,
): number[] {
  const { parent, birth } = clusters;
  const result = new Uint8Array(clusters.count);
  const merged = new Uint8Array(clusters.count);
  for (const c of chosen) {
    if (1 / birth[c] >= options.epsilon) result[c] = 1;
    else if (!merged[c]) {
      let top = c;
      for (;;) {
        const up = parent[top];
        if (up === 0) {
          if (options.allowSingleCluster) top = 0;
          break;
        }
        top = up;
        if (1 / birth[top] > options.epsilon) break;
      }
      result[top] = 1;
      visitBelow(clusters, top, (d) => {
        if (d !== top) merged[d] = 1;
      });
    }
  }
  return indicesOf(result);
}

function indicesOf(flags: Uint8Array): number[] {
  const result = [];
  for (let i = 0; i < flags.length; i++) if (flags[i]) result.push(i);
  return result;
}
