import { throwIfCancelled } from '../base/errors.ts';
import { zeros, type Matrix } from '../base/matrix.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import type { ClusterTree } from './cluster-tree.ts';
import { approximatePredict } from './predict.ts';
import type { PredictionModel } from './prediction-model.ts';

/**
 * Soft membership of clustered points in every topic [rows × topics], rows adding up to at most 1: hdbscan's
 * `all_points_membership_vectors`, which multiplies closeness to exemplars with the height at which clusters merge.
 * @param rows the points that are asked for; all of them unless said.
 */
export async function membershipVectors(
  model: PredictionModel,
  context: StageContext,
  rows: Int32Array = Int32Array.from({ length: model.points.rows }, (_, i) => i),
): Promise<Matrix> {
  const { points, clusters, selected } = model;
  const result = zeros(rows.length, selected.length);
  if (selected.length === 0) return result;
  const heights = mergeHeights(clusters, selected);
  const closeness = new Float64Array(selected.length);
  const score = new Float64Array(selected.length);
  const most = await largestScore(model, heights, context);
  for (let r = 0; r < rows.length; r++) {
    if (r % 200 === 0) {
      throwIfCancelled(context.signal);
      await breathe();
    }
    const i = rows[r];
    exemplarCloseness(model, points, i, closeness);
    const cluster = clusters.pointCluster[i];
    const lambda = clusters.pointLambda[i];
    const densest = clusters.death[cluster] + 1e-8;
    let sum = 0;
    let best = 0;
    let bestHeight = -Infinity;
    for (let j = 0; j < selected.length; j++) {
      const height = heights.at(cluster, j, lambda);
      score[j] = Math.exp(mergeScore(densest, height) - most);
      sum += score[j];
      if (height > bestHeight || (height === bestHeight && selected[j] < selected[best])) {
        bestHeight = height;
        best = j;
      }
    }
    let total = 0;
    for (let j = 0; j < selected.length; j++) total += closeness[j] *= score[j] / sum;
    const inSome = ratio(bestHeight, Math.max(clusters.death[selected[best]], lambda));
    for (let j = 0; j < selected.length; j++)
      result.data[r * selected.length + j] = total > 0 ? (closeness[j] / total) * inSome : 0;
  }
  return result;
}

/** The same for points that were not clustered (hdbscan's `membership_vector`): [rows × topics]. */
export async function newMembershipVectors(
  model: PredictionModel,
  input: Matrix,
  context: StageContext,
): Promise<Matrix> {
  const { neighbours, lambdas } = await approximatePredict(model, input, context);
  const { clusters, selected } = model;
  const result = zeros(input.rows, selected.length);
  if (selected.length === 0) return result;
  const heights = mergeHeights(clusters, selected);
  const closeness = new Float64Array(selected.length);
  const score = new Float64Array(selected.length);
  for (let i = 0; i < input.rows; i++) {
    if (i % 200 === 0) {
      throwIfCancelled(context.signal);
      await breathe();
    }
    exemplarCloseness(model, input, i, closeness);
    const cluster = clusters.pointCluster[neighbours[i]];
    const lambda = Math.min(lambdas[i], clusters.pointLambda[neighbours[i]]);
    // The reference passes λ as float32 here.
    const rounded = Math.fround(lambda);
    const densest = clusters.death[cluster];
    let best = 0;
    let bestHeight = -Infinity;
    let most = -Infinity;
    for (let j = 0; j < selected.length; j++) {
      const gap = densest - heights.at(cluster, j, rounded);
      score[j] = ratio(densest, gap > 0 ? gap : 1e-8);
      if (score[j] > most) most = score[j];
      const height = heights.at(cluster, j, lambda);
      if (height > bestHeight || (height === bestHeight && selected[j] < selected[best])) {
        bestHeight = height;
        best = j;
      }
    }
    let sum = 0;
    for (let j = 0; j < selected.length; j++)
      sum += score[j] = Math.exp(score[j] === most ? 0 : score[j] - most);
    let total = 0;
    for (let j = 0; j < selected.length; j++)
      total += closeness[j] = Math.sqrt(closeness[j]) * (score[j] / sum) ** 2;
    const inSome = ratio(bestHeight, Math.max(lambda, clusters.death[selected[best]]) + 1e-8);
    for (let j = 0; j < selected.length; j++)
      result.data[i * selected.length + j] = total > 0 ? (closeness[j] / total) * inSome : 0;
  }
  return result;
}

interface MergeHeights {
  /** λ at which a cluster and a label's cluster join; the point's own λ where one contains the other. */
  at(cluster: number, label: number, lambda: number): number;
}

/** λ of the lowest common ancestors of all clusters with the selected ones; NaN where one is above the other. */
function mergeHeights(tree: ClusterTree, selected: Int32Array): MergeHeights {
  const table = new Float64Array(tree.count * selected.length);
  for (let c = 0; c < tree.count; c++)
    for (let j = 0; j < selected.length; j++) {
      let [a, b] = [c, selected[j]];
      let [last, tookA, tookB] = [0, false, false];
      while (a !== b)
        if (a > b) {
          tookA = true;
          last = a;
          a = tree.parent[a];
        } else {
          tookB = true;
          last = b;
          b = tree.parent[b];
        }
      table[c * selected.length + j] = tookA && tookB ? tree.birth[last] : NaN;
    }
  return {
    at: (cluster, label, lambda) => {
      const height = table[cluster * selected.length + label];
      return height === height ? height : lambda;
    },
  };
}

function mergeScore(densest: number, height: number): number {
  return Math.exp(-ratio(densest, height));
}

/** a / b, and 1 where both are infinite (equal points). */
function ratio(a: number, b: number): number {
  return a === b ? 1 : a / b;
}

/** The largest merge score of any point, by which all are scaled so that exp doesn't overflow. */
async function largestScore(
  { clusters, selected }: PredictionModel,
  heights: MergeHeights,
  context: StageContext,
): Promise<number> {
  let most = 0;
  for (let i = 0; i < clusters.points; i++) {
    if (i % 2000 === 0) {
      throwIfCancelled(context.signal);
      await breathe();
    }
    const c = clusters.pointCluster[i];
    for (let j = 0; j < selected.length; j++) {
      const score = mergeScore(clusters.death[c] + 1e-8, heights.at(c, j, clusters.pointLambda[i]));
      if (score > most) most = score;
    }
  }
  return most;
}

/** 1 / distance to each topic's nearest exemplar, scaled to add up to 1. */
function exemplarCloseness(model: PredictionModel, input: Matrix, i: number, result: Float64Array): void {
  const { points, exemplars } = model;
  const columns = points.columns;
  let sum = 0;
  for (let label = 0; label < exemplars.length; label++) {
    let nearest = Infinity;
    for (const e of exemplars[label]) {
      let d = 0;
      for (let j = 0; j < columns; j++) {
        const v = input.data[i * columns + j] - points.data[e * columns + j];
        d += v * v;
      }
      if (d < nearest) nearest = d;
    }
    result[label] = nearest === 0 ? Number.MAX_VALUE / exemplars.length : 1 / Math.sqrt(nearest);
    sum += result[label];
  }
  for (let label = 0; label < result.length; label++) result[label] /= sum;
}
