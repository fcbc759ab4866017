import { checkMatrix, zeros, type Matrix } from '../base/matrix.ts';
import { Random } from '../base/random.ts';
import type { Reducer, Reduction } from '../stages.ts';
import { fitCurve } from './curve.ts';
import { exactNeighbours } from './exact-neighbours.ts';
import { fuzzyGraph, pruneGraph } from './fuzzy-graph.ts';
import { layOut } from './layout.ts';
import type { ReduceParams } from './params.ts';
import { finishStart, spectralStart } from './start.ts';

/**
 * Embeddings [n × d] → coordinates to cluster [n × components] and coordinates to draw [n × 2], from one graph.
 * @throws InputError naming the first row that holds a number that is not finite
 */
export const reduce: Reducer<ReduceParams>['reduce'] = async (input, params, context) => {
  checkMatrix(input, 'The embeddings');
  const n = input.rows;
  const say = (fraction: number, text: string) =>
    context.onProgress({ kind: 'progress', stage: 'reduce', fraction, text });
  if (n < 2) return { components: zeros(n, params.components), map: zeros(n, 2), recipe: { method: 'none' } };
  const random = new Random(context.seed).fork('reduce');
  const neighbours = await exactNeighbours(
    { queries: input, data: input, k: params.neighbors - 1, metric: params.metric, within: true },
    context,
    (done) => say(done * 0.3, 'Finding nearest neighbours'),
  );
  const epochs = params.epochs === 'auto' ? (n <= 10_000 ? 500 : 200) : params.epochs;
  const graph = pruneGraph(fuzzyGraph(neighbours), epochs);
  const lay = async (dimensions: number, minDist: number, from: number): Promise<Matrix> => {
    const purpose = random.fork(`layout ${dimensions}`);
    const start = await spectralStart(graph, input, dimensions, purpose.fork('start'), context);
    return layOut(
      graph,
      finishStart(start, purpose.fork('noise')),
      fitCurve(params.spread, minDist),
      epochs,
      purpose,
      context,
      (epoch) => say(from + (0.35 * epoch) / epochs, `Layout, epoch ${epoch} of ${epochs}`),
    );
  };
  const none = params.reducer === 'none';
  const components = none ? input : await lay(params.components, params.minDist, 0.3);
  const map = await lay(2, params.mapMinDist, 0.65);
  say(1, 'Reduced');
  return {
    components,
    map,
    recipe: {
      reducer: params.reducer,
      method: neighbours.method,
      recall: neighbours.recall,
      k: neighbours.k + 1,
      metric: params.metric,
      epochs,
    },
  } satisfies Reduction;
};
