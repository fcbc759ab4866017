import { InputError } from '../base/errors.ts';
import type { Matrix } from '../base/matrix.ts';
import type { StageContext } from '../base/progress.ts';
import type { Clustering, CondensedTree } from '../stages.ts';
import { clusterTree, visitBelow, type ClusterTree } from './cluster-tree.ts';
import { findNeighbours } from './find-neighbours.ts';
import { keepTree, type KdTree } from './kd-tree.ts';
import { KernelMemory } from './kernel-memory.ts';
import { leafSize } from './spanning-tree.ts';

/** What is needed to place points in an existing clustering (hdbscan's PredictionData). */
export interface PredictionModel {
  readonly points: Matrix;
  readonly tree: KdTree;
  readonly minSamples: number;
  /** Distance of each point to its minSamples-th neighbour, itself counted, in the tree's order. */
  readonly core: Float64Array;
  readonly clusters: ClusterTree;
  /** Cluster number of each label. */
  readonly selected: Int32Array;
  /** Label of each cluster at or below a selected one; −1 elsewhere. */
  readonly labelOf: Int32Array;
  /** Per label, the rows that are densest in the leaves below it: what stands for the topic. */
  readonly exemplars: readonly Int32Array[];
}

/**
 * Rebuilds the model from what a project keeps: the rows that were clustered and the clustering.
 * @throws InputError when the clustering has no condensed tree (another engine) or doesn't fit the rows.
 */
export async function predictionModel(
  points: Matrix,
  clustering: Clustering,
  context: StageContext,
): Promise<PredictionModel> {
  const { condensedTree, recipe } = clustering;
  if (condensedTree === null || !Array.isArray(recipe.nodes))
    throw new InputError(
      `Topics made by ${String(recipe.clusterer)} have no condensed tree to place new documents in; cluster with --clusterer hdbscan.`,
    );
  const clusters = clusterTree(condensedTree);
  if (clusters.points !== points.rows)
    throw new InputError(
      `The clustering is of ${clusters.points} documents, but ${points.rows} rows were given; give the rows that were clustered.`,
    );
  const selected = Int32Array.from(recipe.nodes as number[], (node) => node - clusters.points);
  const minSamples = Number(recipe.minSamples);
  const memory = new KernelMemory(points, Math.min(minSamples, points.rows), leafSize, true);
  await findNeighbours(memory, context, (fraction) =>
    context.onProgress({ kind: 'progress', stage: 'cluster', fraction, text: 'Core distances' }),
  );
  return modelOf(points, condensedTree, clusters, selected, minSamples, memory);
}

/** The model from a clustering's memory, in which at least minSamples neighbours were found. */
export function modelOf(
  points: Matrix,
  condensedTree: CondensedTree,
  clusters: ClusterTree,
  selected: Int32Array,
  minSamples: number,
  memory: KernelMemory,
): PredictionModel {
  const core = new Float64Array(points.rows);
  const last = Math.min(minSamples, memory.k) - 1;
  for (let p = 0; p < core.length; p++) core[p] = Math.sqrt(memory.nearSquared[p * memory.k + last]);
  const labelOf = new Int32Array(clusters.count).fill(-1);
  selected.forEach((c, label) => visitBelow(clusters, c, (below) => (labelOf[below] = label)));
  const exemplars: number[][] = Array.from(selected, () => []);
  const { childStart, death } = clusters;
  for (let i = 0; i < condensedTree.child.length; i++) {
    const parent = condensedTree.parent[i] - clusters.points;
    const isLeaf = childStart[parent] === childStart[parent + 1];
    if (isLeaf && labelOf[parent] >= 0 && condensedTree.lambda[i] === death[parent])
      exemplars[labelOf[parent]].push(condensedTree.child[i]);
  }
  return {
    points,
    tree: keepTree(memory),
    minSamples,
    core,
    clusters,
    selected,
    labelOf,
    exemplars: exemplars.map((rows) => Int32Array.from(rows)),
  };
}
