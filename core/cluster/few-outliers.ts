import type { CondensedTree } from '../stages.ts';
import { visitBelow, type ClusterTree } from './cluster-tree.ts';

/** What a selection with few outliers aims at, as shares of the points. */
export interface OutlierGoal {
  /** Outliers that may be left, 0 to 1. */
  readonly outliers: number;
  /** A larger cluster is split where the clusters below it hold half of its points, and none of them half. */
  readonly largest: number;
  /** Points of the largest cluster allowed at all; 0 for no limit. */
  readonly maxClusterSize: number;
}

/** Steps of the search for the price: enough to tell any two of a million points apart. */
const steps = 60;

/**
 * Chooses flat clusters as excess of mass does (Campello et al. 2013), but with a price on outliers: a cluster is worth its
 * mass plus the price of each of its points, and is taken where that is at least what the clusters below it are worth. The
 * price is the smallest that leaves no more outliers than the goal, so that clusters are broadened where that regains most
 * points for the least mass, and not at all where few points are outliers anyway. Returns the clusters' numbers, ascending.
 *
 * Mass is Σ (log λ − log birth) · size. With λ itself, as in the reference, a few near-duplicates (λ = 1 / distance) weigh as
 * much as a broad theme, so that themes are given up for the densest corners in them.
 */
export function selectWithFewOutliers(
  tree: CondensedTree,
  clusters: ClusterTree,
  goal: OutlierGoal,
): Int32Array {
  if (clusters.count === 1) return new Int32Array(0);
  const mass = logMass(tree, clusters);
  // Whether a giant falls into parts is read off the finest choice: at a higher price its parts have grown together.
  const isGiant = new Uint8Array(clusters.count);
  const finest = choose(clusters, mass, 0, goal, isGiant);
  if (finest.outliers <= goal.outliers) return finest.selected;
  let high = mass.reduce((sum, m) => sum + m, 0);
  let best = choose(clusters, mass, high, goal, isGiant);
  // What the tree can't give is not asked for: the coarsest cut would pay for its last points with most of the topics.
  const asked = Math.max(goal.outliers, best.outliers + (finest.outliers - best.outliers) / 4);
  let low = 0;
  for (let step = 0; step < steps; step++) {
    const price = (low + high) / 2;
    const found = choose(clusters, mass, price, goal, isGiant);
    if (found.outliers <= asked) {
      best = found;
      high = price;
    } else low = price;
  }
  return best.selected;
}

/** Excess of mass on the scale of log λ; equal points count as being as near as the nearest others. */
function logMass(tree: CondensedTree, clusters: ClusterTree): Float64Array {
  let largest = 0;
  for (const l of tree.lambda) if (l > largest && l !== Infinity) largest = l;
  const result = new Float64Array(clusters.count);
  for (let i = 0; i < tree.parent.length; i++) {
    const p = tree.parent[i] - clusters.points;
    if (p > 0) result[p] += Math.log(Math.min(tree.lambda[i], largest) / clusters.birth[p]) * tree.size[i];
  }
  return result;
}

/** The best choice at one price; the root itself is never chosen. At price 0 it marks the giants, which no price brings back. */
function choose(
  clusters: ClusterTree,
  mass: Float64Array,
  price: number,
  goal: OutlierGoal,
  isGiant: Uint8Array,
): { selected: Int32Array; outliers: number } {
  const { childStart, children, size, count, points } = clusters;
  const limit = goal.maxClusterSize || Infinity;
  const worth = new Float64Array(count);
  /** Points of the clusters that are chosen at or below each, of all and of the largest. */
  const held = new Int32Array(count);
  const largest = new Int32Array(count);
  const isChosen = new Uint8Array(count);
  for (let c = count - 1; c >= 0; c--) {
    let below = 0;
    for (let i = childStart[c]; i < childStart[c + 1]; i++) {
      below += worth[children[i]];
      held[c] += held[children[i]];
      largest[c] = Math.max(largest[c], largest[children[i]]);
    }
    const own = mass[c] + price * size[c];
    const splits = 2 * held[c] >= size[c] && 2 * largest[c] <= size[c];
    if (price === 0 && splits && size[c] > goal.largest * points) isGiant[c] = 1;
    if (c === 0 || below > own || size[c] > limit || isGiant[c] === 1) {
      worth[c] = below;
      continue;
    }
    worth[c] = own;
    held[c] = largest[c] = size[c];
    visitBelow(clusters, c, (d) => (isChosen[d] = d === c ? 1 : 0));
  }
  const selected = Int32Array.from(isChosen.keys()).filter((c) => isChosen[c] === 1);
  return { selected, outliers: 1 - held[0] / points };
}
