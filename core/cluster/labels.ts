import type { ClusterTree } from './cluster-tree.ts';
import type { SelectionOptions } from './select.ts';

export interface Labelling {
  /** Index into the selected clusters, −1 for outliers. */
  readonly labels: Int32Array;
  readonly probabilities: Float64Array;
}

/**
 * Gives each point the nearest selected cluster at or above the one from which it falls, and as its probability
 * λ of the point ÷ largest λ of that cluster (hdbscan's `do_labelling` and `get_probabilities`).
 */
export function labelPoints(
  clusters: ClusterTree,
  selected: Int32Array,
  options: SelectionOptions,
): Labelling {
  const { points, count, parent, death, pointCluster, pointLambda } = clusters;
  const labelOf = new Int32Array(count).fill(-1);
  selected.forEach((c, i) => (labelOf[c] = i));
  for (let c = 1; c < count; c++) if (labelOf[c] < 0) labelOf[c] = labelOf[parent[c]];
  const rootLabel = labelOf[0];
  const labels = new Int32Array(points);
  const probabilities = new Float64Array(points);
  // The root as the only cluster keeps no more than its densest points, or those denser than epsilon.
  const least = options.epsilon > 0 ? 1 / options.epsilon : death[0];
  for (let i = 0; i < points; i++) {
    const label = labelOf[pointCluster[i]];
    const lambda = pointLambda[i];
    const inRoot = label >= 0 && label === rootLabel;
    labels[i] = inRoot && (selected.length !== 1 || lambda < least) ? -1 : label;
    if (labels[i] < 0) continue;
    const most = death[selected[label]];
    probabilities[i] = most === 0 || lambda === Infinity ? 1 : Math.min(lambda, most) / most;
  }
  return { labels, probabilities };
}
