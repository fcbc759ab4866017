import type { ClusterTree } from './cluster-tree.ts';

/**
 * GLOSH outlier scores (Campello et al. 2015): how much less dense a point is than the densest point below its cluster,
 * (λmax − λ) / λmax. Where λmax is infinite (equal points) the score of a point with finite λ is the limit, 1.
 */
export function outlierScores(clusters: ClusterTree): Float64Array {
  const deepest = clusters.death.slice();
  for (let c = clusters.count - 1; c > 0; c--)
    if (deepest[c] > deepest[clusters.parent[c]]) deepest[clusters.parent[c]] = deepest[c];
  const result = new Float64Array(clusters.points);
  for (let i = 0; i < result.length; i++) {
    const most = deepest[clusters.pointCluster[i]];
    const lambda = clusters.pointLambda[i];
    if (most === 0 || lambda === Infinity) continue;
    result[i] = most === Infinity ? 1 : (most - lambda) / most;
  }
  return result;
}
