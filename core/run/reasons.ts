import { whySizes } from '../cluster/index.ts';
import { whyNeighbours } from '../reduce/index.ts';
import type { Clustering } from '../stages.ts';
import type { RunParams } from './params.ts';

/**
 * A sentence for each size that a run works with: what it is, and whether it was asked for or chosen from what. Before a run
 * they are told from the number of documents with text, after it from what was done.
 * @param recipe that of the clustering, once there is one.
 */
export function sizeReasons(
  { reduce, cluster, guide }: RunParams,
  rows: number,
  recipe: Clustering['recipe'] | null = null,
): string[] {
  const own = recipe?.reasons;
  const layout = reduce.reducer === 'none' ? [] : [whyNeighbours(reduce, rows)];
  if (Array.isArray(own)) return [...(own as string[]), ...layout];
  if (typeof recipe?.why === 'string') return [recipe.why, ...layout];
  // Topics that are given, or partly found by their names, leave a number to cluster that nobody knows yet.
  if (recipe !== null || guide.topicColumn !== '' || guide.zeroShot !== '') return layout;
  return [...whySizes(cluster, rows), ...layout];
}
