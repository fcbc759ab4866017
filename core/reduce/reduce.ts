import type { Matrix } from '../base/matrix.ts';
import type { StageContext } from '../base/progress.ts';
import type { Reduction } from '../stages.ts';
import { openReduction, type ReductionExtras } from './open-reduction.ts';
import type { ReduceParams } from './params.ts';

/**
 * Embeddings [n × d] → coordinates to cluster [n × components] and coordinates to draw [n × 2], from one graph: UMAP (McInnes, Healy
 * & Melville 2018; umap-learn 0.5). Reports progress of the stages `reduce` and `map`. The result doesn't depend on `threads`.
 * @throws InputError naming the first row that holds a number that is not finite
 */
export async function reduce(
  input: Matrix,
  params: ReduceParams,
  context: StageContext,
  extras: ReductionExtras = {},
): Promise<Reduction> {
  const open = await openReduction(input, params, context, extras);
  try {
    const components = await open.components(context);
    const map = await open.map(context);
    return { components, map, recipe: open.recipe };
  } finally {
    await open.close();
  }
}
