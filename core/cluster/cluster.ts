import type { Matrix } from '../base/matrix.ts';
import type { StageContext } from '../base/progress.ts';
import type { Clusterer, Clustering } from '../stages.ts';
import { hdbscanTs } from './hdbscan-ts.ts';
import { hdbscan } from './hdbscan.ts';
import { kmeans } from './kmeans.ts';
import { none } from './none.ts';
import type { ClusterParams } from './params.ts';

/** The engines by the name that `--clusterer` takes. */
export const clusterers: Readonly<Record<ClusterParams['clusterer'], Clusterer<ClusterParams>>> =
  Object.freeze({ hdbscan, 'hdbscan-ts': hdbscanTs, kmeans, none });

/**
 * Groups rows [n × columns] into topics with the engine that the parameters name.
 * @throws InputError naming the first row that is not finite; UsageError for parameters that don't fit the input.
 */
export function cluster(input: Matrix, params: ClusterParams, context: StageContext): Promise<Clustering> {
  return clusterers[params.clusterer].cluster(input, params, context);
}
