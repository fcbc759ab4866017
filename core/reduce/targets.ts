import { UsageError } from '../base/errors.ts';
import type { FuzzyGraph } from '../stages.ts';
import { unite } from './fuzzy-graph.ts';

/** How far a document without a label is from every label. */
const unknownDistance = 1;

/**
 * Bends a graph towards known labels: edges between different labels are weakened by e^(−far), edges at an unlabelled end (−1) by
 * e^(−1), and every point keeps one full connection (umap-learn's `discrete_metric_simplicial_set_intersection`).
 * @param weight 0 leaves the data to speak, 1 lets only the labels; far is 2.5 / (1 − weight), 5 at umap-learn's default of 0.5
 * @throws UsageError when there are not as many labels as points
 */
export async function intersectTargets(
  graph: FuzzyGraph,
  labels: Int32Array,
  signal: AbortSignal,
  weight = 0.5,
): Promise<FuzzyGraph> {
  const n = graph.offsets.length - 1;
  if (labels.length !== n)
    throw new UsageError(
      `Reducing with labels: ${labels.length} labels for ${n} documents; give one each, −1 where it is unknown.`,
    );
  const far = weight < 1 ? Math.exp(-2.5 / (1 - weight)) : 0;
  const unknown = Math.exp(-unknownDistance);
  const weights = graph.weights.slice();
  for (let i = 0; i < n; i++) {
    let strongest = 0;
    for (let e = graph.offsets[i]; e < graph.offsets[i + 1]; e++) {
      const j = graph.targets[e];
      if (labels[i] === -1 || labels[j] === -1) weights[e] *= unknown;
      else if (labels[i] !== labels[j]) weights[e] *= far;
      strongest = Math.max(strongest, weights[e]);
    }
    if (strongest > 0) for (let e = graph.offsets[i]; e < graph.offsets[i + 1]; e++) weights[e] /= strongest;
  }
  return unite({ ...graph, weights }, signal);
}
