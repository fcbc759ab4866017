import { InputError } from '../base/errors.ts';
import { checkMatrix, row, zeros, type Matrix } from '../base/matrix.ts';
import type { StageContext } from '../base/progress.ts';
import { Random } from '../base/random.ts';
import type { FuzzyGraph, Neighbours, Reduction } from '../stages.ts';
import type { Curve } from './curve.ts';
import { exactNeighbours } from './exact-neighbours.ts';
import { pruneGraph } from './fuzzy-graph.ts';
import { layOut } from './layout.ts';
import { LayoutSpace } from './layout-space.ts';
import { LayoutThreads } from './layout-threads.ts';
import { reporter } from './pace.ts';
import type { Metric } from './params.ts';
import { memberships, smoothDistances } from './smooth-distances.ts';

/** The rows that a reduction was made from, and what it gave. */
export interface KeptReduction extends Reduction {
  readonly input: Matrix;
}

/**
 * Places new rows into a kept reduction, which stays as it is: neighbours among the kept rows, a start at their weighted mean,
 * then a short layout against them (umap-learn's `transform`). A new row that equals a kept one but for rounding lies where that
 * one lies: the layout would move it, as umap-learn's does, although nothing about it is new.
 * @returns coordinates of the new rows, and their nearest kept rows
 * @throws InputError when the new rows have another number of columns or are not finite
 */
export async function transformRows(
  kept: KeptReduction,
  added: Matrix,
  context: StageContext,
): Promise<{ components: Matrix; map: Matrix; neighbours: Neighbours }> {
  checkMatrix(added, 'The new embeddings');
  if (added.columns !== kept.input.columns)
    throw new InputError(
      `The new embeddings have ${added.columns} columns, the kept ones ${kept.input.columns}; embed them with the same model and settings.`,
    );
  const recipe = kept.recipe as {
    reducer: string;
    metric: Metric;
    neighbors: number;
    epochs: number;
    curves: Record<'components' | 'map', Curve>;
  };
  const search = {
    queries: added,
    data: kept.input,
    k: recipe.neighbors,
    metric: recipe.metric,
    within: false,
  };
  const say = reporter(context, 'reduce', 0, 0.5);
  const neighbours = await exactNeighbours(search, context, (done) =>
    say('Finding nearest known documents', Math.round(done * added.rows), added.rows, 'documents'),
  );
  // A third of the epochs of a whole layout; small sets can afford more.
  const epochs = added.rows <= 10_000 ? 100 : 30;
  const whole = await bipartiteGraph(neighbours, added.rows, context.signal);
  const graph = pruneGraph(whole, epochs);
  const threads = new LayoutThreads(context.threads);
  const space = new LayoutSpace(
    graph,
    Math.max(kept.components.columns, 2),
    threads.threads,
    kept.input.rows,
  );
  const random = new Random(context.seed).fork('transform');
  const report = reporter(context, 'reduce', 0.5, 1);
  const twins = twinRows(added, kept.input, neighbours);
  const place = async (what: 'components' | 'map'): Promise<Matrix> => {
    const placed = await layOut(
      space,
      threads,
      weightedMeans(whole, kept[what]),
      kept[what],
      recipe.curves[what],
      {
        epochs,
        alpha: 0.25,
        seed: random.fork(what).seed,
        signal: context.signal,
        report: (epoch) => report(`Placing, epoch ${epoch} of ${epochs}`, epoch, epochs, 'epochs'),
      },
    );
    twins.forEach((twin, i) => {
      if (twin >= 0) row(placed, i).set(row(kept[what], twin));
    });
    return placed;
  };
  try {
    const components = recipe.reducer === 'none' ? added : await place('components');
    return { components, map: await place('map'), neighbours };
  } finally {
    await threads.close();
  }
}

/** Squared distance, as a share of the squared length, up to which two rows count as one: a hundredth of their length. */
const sameWithin = 1e-4;

/** For each new row the kept row that it equals, the nearest neighbour if any; −1 where there is none. */
function twinRows(added: Matrix, known: Matrix, { k, indices }: Neighbours): Int32Array {
  return Int32Array.from({ length: added.rows }, (_, i) => {
    const [own, other] = [row(added, i), row(known, indices[i * k])];
    let [away, length] = [0, 0];
    for (let c = 0; c < own.length; c++) {
      away += (own[c] - other[c]) ** 2;
      length += other[c] ** 2;
    }
    return away <= sameWithin * length ? indices[i * k] : -1;
  });
}

/** New rows × kept rows; nearest neighbours are not fully connected here (local connectivity 0). */
async function bipartiteGraph(
  neighbours: Neighbours,
  rows: number,
  signal: AbortSignal,
): Promise<FuzzyGraph> {
  const { k, indices } = neighbours;
  const smooth = await smoothDistances(neighbours, k, false, signal);
  const weights = await memberships(neighbours, smooth, signal);
  return { offsets: Int32Array.from({ length: rows + 1 }, (_, i) => i * k), targets: indices, weights };
}

function weightedMeans(graph: FuzzyGraph, positions: Matrix): Matrix {
  const n = graph.offsets.length - 1;
  const out = zeros(n, positions.columns);
  for (let i = 0; i < n; i++) {
    const [from, to] = [graph.offsets[i], graph.offsets[i + 1]];
    const mean = row(out, i);
    const same = graph.weights.subarray(from, to).indexOf(1);
    if (same >= 0) {
      mean.set(row(positions, graph.targets[from + same]));
      continue;
    }
    let total = 0;
    for (let e = from; e < to; e++) total += graph.weights[e];
    for (let e = from; e < to && total > 0; e++)
      row(positions, graph.targets[e]).forEach((v, c) => (mean[c] += (graph.weights[e] / total) * v));
  }
  return out;
}
