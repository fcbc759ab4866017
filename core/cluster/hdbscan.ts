import type { Matrix } from '../base/matrix.ts';
import { throwIfCancelled } from '../base/errors.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import type { CondensedTree, Clusterer, Clustering } from '../stages.ts';
import { chooseSizes } from './auto.ts';
import { clusterTree } from './cluster-tree.ts';
import { condense } from './condense.ts';
import { selectWithFewOutliers } from './few-outliers.ts';
import { outlierScores } from './glosh.ts';
import { labelPoints } from './labels.ts';
import { singleLinkage } from './linkage.ts';
import type { ClusterParams } from './params.ts';
import { allEqual, checkPoints } from './points.ts';
import { modelOf, type PredictionModel } from './prediction-model.ts';
import { renumberBySize } from './renumber.ts';
import { selectClusters, type SelectionOptions } from './select.ts';
import { spanningTree } from './spanning-tree.ts';

/**
 * HDBSCAN* as hdbscan 0.8.44 computes it (Campello, Moulavi, Sander 2013; McInnes, Healy, Astels 2017); where sizes and
 * selection are automatic, the same tree is cut so that few points are outliers.
 * Input [n × columns], finite; labels, probabilities and GLOSH scores [n] and the condensed tree. The recipe's `nodes`
 * are the condensed tree's nodes of the labels, from which `predictionModel` can be rebuilt.
 * @throws InputError for a row that is not finite.
 */
export const hdbscan: Clusterer<ClusterParams> = {
  cluster: async (input, params, context) => (await fit(input, params, context, false)).clustering,
};

/** The same, with what is needed to place new points; a model is null where all rows are equal. */
export async function hdbscanWithModel(
  input: Matrix,
  params: ClusterParams,
  context: StageContext,
): Promise<{ clustering: Clustering; model: PredictionModel | null }> {
  return fit(input, params, context, true);
}

async function fit(
  input: Matrix,
  params: ClusterParams,
  context: StageContext,
  withModel: boolean,
): Promise<{ clustering: Clustering; model: PredictionModel | null }> {
  checkPoints(input);
  const { minTopicSize, minSamples, goal, reasons } = chooseSizes(params, input.rows);
  const method = params.selection === 'leaf' ? 'leaf' : 'eom';
  const recipe = {
    clusterer: 'hdbscan',
    minTopicSize,
    minSamples,
    selection: goal ? 'broad' : method,
    epsilon: params.epsilon,
    maxTopicSize: params.maxTopicSize,
    goal,
    allowSingleTopic: params.allowSingleTopic,
    why: reasons.join(' '),
    reasons,
  };
  if (allEqual(input)) return { clustering: equalRows(input.rows, minTopicSize, recipe), model: null };
  const { edges, memory } = await spanningTree(input, minSamples, true, context);
  const options: SelectionOptions = {
    method,
    epsilon: params.epsilon,
    maxClusterSize: params.maxTopicSize,
    allowSingleCluster: params.allowSingleTopic,
  };
  const linkage = singleLinkage(edges);
  await pause(context);
  const condensedTree = condense(linkage, minTopicSize);
  await pause(context);
  const clusters = clusterTree(condensedTree);
  const selected = goal
    ? selectWithFewOutliers(condensedTree, clusters, goal)
    : selectClusters(condensedTree, clusters, options);
  const { labels, probabilities } = labelPoints(clusters, selected, options);
  await pause(context);
  const renamed = renumberBySize(labels, selected.length);
  const byLabel = new Int32Array(selected.length);
  selected.forEach((c, i) => (byLabel[renamed[i]] = c));
  const clustering = {
    labels,
    probabilities,
    outlierScores: outlierScores(clusters),
    condensedTree,
    recipe: { ...recipe, nodes: Array.from(byLabel, (c) => clusters.points + c) },
  };
  context.onProgress({ kind: 'progress', stage: 'cluster', fraction: 1, text: 'Topics chosen' });
  const model = withModel ? modelOf(input, condensedTree, clusters, byLabel, minSamples, memory) : null;
  return { clustering, model };
}

/** Each step takes a fraction of a second for a million rows; a cancel is seen between them. */
async function pause(context: StageContext): Promise<void> {
  await breathe();
  throwIfCancelled(context.signal);
}

/** Rows without any difference (or a single one): one cluster where they are enough for one, else outliers. */
function equalRows(rows: number, minTopicSize: number, recipe: Record<string, unknown>): Clustering {
  const enough = rows >= minTopicSize;
  const tree: CondensedTree = {
    parent: new Int32Array(rows).fill(rows),
    child: Int32Array.from({ length: rows }, (_, i) => i),
    lambda: new Float64Array(rows).fill(Infinity),
    size: new Int32Array(rows).fill(1),
  };
  return {
    labels: new Int32Array(rows).fill(enough ? 0 : -1),
    probabilities: new Float64Array(rows).fill(enough ? 1 : 0),
    outlierScores: new Float64Array(rows),
    condensedTree: tree,
    recipe: {
      ...recipe,
      nodes: enough ? [rows] : [],
      why: 'All rows are equal.',
      reasons: ['All rows are equal.'],
    },
  };
}
