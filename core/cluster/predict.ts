import { throwIfCancelled, InputError } from '../base/errors.ts';
import { checkMatrix, type Matrix } from '../base/matrix.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import type { PredictionModel } from './prediction-model.ts';
import { nearestTo } from './kd-tree.ts';

export interface Predictions {
  readonly labels: Int32Array;
  readonly probabilities: Float64Array;
  /** Row of the clustered points to which each new point is nearest in mutual reachability. */
  readonly neighbours: Int32Array;
  /** λ at which each new point joins that neighbour. */
  readonly lambdas: Float64Array;
}

/**
 * Places new points in an existing clustering without changing it (hdbscan's `approximate_predict`): each joins the
 * cluster of its nearest neighbour in mutual reachability, or the ancestor of it that exists at their distance.
 * @throws InputError for rows that are not finite or have another number of columns.
 */
export async function approximatePredict(
  model: PredictionModel,
  input: Matrix,
  context: StageContext,
): Promise<Predictions> {
  checkNew(model, input);
  const { clusters, tree, minSamples, core, labelOf, selected } = model;
  const { parent, birth, death, pointCluster, pointLambda } = clusters;
  const labels = new Int32Array(input.rows).fill(-1);
  const probabilities = new Float64Array(input.rows);
  const neighbours = new Int32Array(input.rows);
  const lambdas = new Float64Array(input.rows);
  const k = Math.min(2 * minSamples, tree.rows);
  const found = { k, positions: new Int32Array(k), squared: new Float64Array(k) };
  const point = new Float64Array(input.columns);
  for (let i = 0; i < input.rows; i++) {
    if (i % 500 === 0) {
      throwIfCancelled(context.signal);
      await breathe();
    }
    for (let j = 0; j < input.columns; j++) point[j] = input.data[i * input.columns + j];
    nearestTo(tree, point, found);
    const own = Math.sqrt(found.squared[Math.min(minSamples, k - 1)]);
    let nearest = 0;
    let reach = Infinity;
    for (let j = 0; j < k; j++) {
      const r = Math.max(core[found.positions[j]], own, Math.sqrt(found.squared[j]));
      if (r < reach) {
        reach = r;
        nearest = found.positions[j];
      }
    }
    const row = tree.order[nearest];
    const lambda = reach > 0 ? 1 / reach : Number.MAX_VALUE;
    neighbours[i] = row;
    lambdas[i] = lambda;
    let c = pointCluster[row];
    if (pointLambda[row] > lambda) while (c > 0 && birth[c] >= lambda) c = parent[c];
    const label = labelOf[c];
    if (label < 0) continue;
    labels[i] = label;
    const most = death[selected[label]];
    probabilities[i] = most > 0 ? Math.min(most, lambda) / most : 1;
  }
  return { labels, probabilities, neighbours, lambdas };
}

export function checkNew(model: PredictionModel, input: Matrix): void {
  if (input.columns !== model.points.columns)
    throw new InputError(
      `New documents have ${input.columns} columns, the clustered ones ${model.points.columns}; reduce them with the same model.`,
    );
  checkMatrix(input, 'The new documents');
}
