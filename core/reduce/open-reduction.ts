import { UsageError } from '../base/errors.ts';
import { checkMatrix, zeros, type Matrix } from '../base/matrix.ts';
import type { StageContext } from '../base/progress.ts';
import { Random } from '../base/random.ts';
import type { FuzzyGraph, Neighbours } from '../stages.ts';
import { connectedComponents } from './components.ts';
import { fitCurve } from './curve.ts';
import { distinctRows, onlyDistinct, withRepeats } from './distinct-rows.ts';
import { fuzzyGraph, pruneGraph } from './fuzzy-graph.ts';
import { layOut } from './layout.ts';
import { LayoutSpace } from './layout-space.ts';
import { LayoutThreads } from './layout-threads.ts';
import { nearestNeighbours } from './nearest.ts';
import { reporter } from './pace.ts';
import { passLabelsOn } from './pass-labels.ts';
import { chooseNeighbours, type ReduceParams } from './params.ts';
import { finishStart, firstColumns, spectralStart } from './start.ts';
import { intersectTargets } from './targets.ts';
import { layOutByUmapJs } from './umap-js.ts';

/** What a reduction may be given beside the embeddings. */
export interface ReductionExtras {
  /** A label for each row, −1 where it is unknown: the layout then keeps labels together (supervised or semi-supervised UMAP). */
  readonly targets?: Int32Array;
  /** How much the labels count, 0 to 1; 0.5 unless said. */
  readonly targetWeight?: number;
  /** Whether documents whose labelled neighbours agree are labelled like them first; labels that are known to be right deserve it. */
  readonly passLabelsOn?: boolean;
  /** An earlier layout of the same rows to begin from, so that a second run moves little. */
  readonly start?: { readonly components?: Matrix; readonly map?: Matrix };
}

/** A graph of neighbours that can be laid out: for clustering, for drawing, or both. Neighbours and graph are of the distinct rows. */
export interface OpenReduction {
  readonly neighbours: Neighbours;
  readonly graph: FuzzyGraph;
  /** What is needed to place new rows later, JSON-able. */
  readonly recipe: Record<string, unknown>;
  /** Coordinates to cluster: [n × components]. */
  components(context: StageContext): Promise<Matrix>;
  /** Coordinates to draw: [n × 2]. */
  map(context: StageContext): Promise<Matrix>;
  /** Ends the threads and lets go of the memory. */
  close(): Promise<void>;
}

/** Gentle enough for a given start to keep its shape: umap-learn's rate for placing new points. */
const gentle = 0.25;

/**
 * Finds neighbours and weighs them, once for both layouts. Equal rows are laid out once and lie in one place (umap-learn's
 * `unique=True`): left apart, more of them than a neighbourhood holds would know only each other, and be torn apart.
 * @throws InputError naming the first row that holds a number that is not finite
 */
export async function openReduction(
  input: Matrix,
  params: ReduceParams,
  context: StageContext,
  extras: ReductionExtras = {},
): Promise<OpenReduction> {
  checkMatrix(input, 'The embeddings');
  const distinct = distinctRows(input, extras.targets);
  if (distinct === null) return openDistinct(input, params, context, extras);
  const { targets, start } = extras;
  // A layout of another size is told below.
  const few = (m: Matrix | undefined) => (m?.rows === input.rows ? onlyDistinct(m, distinct) : m);
  const open = await openDistinct(onlyDistinct(input, distinct), params, context, {
    ...extras,
    ...(targets && { targets: distinct.firsts.map((r) => targets[r]) }),
    ...(start && { start: { components: few(start.components), map: few(start.map) } }),
  });
  return {
    ...open,
    components: async (inner) =>
      params.reducer === 'none' ? input : withRepeats(await open.components(inner), distinct),
    map: async (inner) => withRepeats(await open.map(inner), distinct),
  };
}

async function openDistinct(
  input: Matrix,
  params: ReduceParams,
  context: StageContext,
  extras: ReductionExtras,
): Promise<OpenReduction> {
  const n = input.rows;
  const random = new Random(context.seed).fork('reduce');
  const say = reporter(context, 'reduce', 0, 0.4);
  const neighbors = chooseNeighbours(params, n);
  const neighbours = await nearestNeighbours(
    { queries: input, data: input, k: neighbors - 1, metric: params.metric, within: true },
    context,
    (done) => say('Finding nearest neighbours', Math.round(done * n), n, 'documents'),
  );
  const epochs = params.epochs === 'auto' ? (n <= 10_000 ? 500 : 200) : params.epochs;
  const whole = await fuzzyGraph(neighbours, n, context.signal);
  const labelled = extras.targets
    ? await intersectTargets(
        whole,
        extras.passLabelsOn ? passLabelsOn(neighbours, extras.targets) : extras.targets,
        context.signal,
        extras.targetWeight,
      )
    : whole;
  const graph = pruneGraph(labelled, epochs > 10 ? epochs : 200);
  const curves = {
    components: fitCurve(params.spread, params.minDist),
    map: fitCurve(params.spread, params.mapMinDist),
  };
  const threads = new LayoutThreads(context.threads);
  let space: LayoutSpace | null = null;
  let vectors: Matrix | null = null;

  const startOf = async (purpose: Random, dimensions: number, inner: StageContext): Promise<Matrix> => {
    const from = random.fork('start');
    // Eigenvectors of a connected graph serve both layouts; several components have their places in each space.
    if (connectedComponents(graph).count > 1)
      return finishStart(await spectralStart(graph, input, dimensions, from, inner), purpose.fork('noise'));
    vectors ??= await spectralStart(graph, input, Math.max(params.components, 2), from, inner);
    return finishStart(firstColumns(vectors, dimensions), purpose.fork('noise'));
  };

  const lay = async (
    what: 'components' | 'map',
    dimensions: number,
    inner: StageContext,
  ): Promise<Matrix> => {
    if (n < 2) return zeros(n, dimensions);
    const report = what === 'map' ? reporter(inner, 'map', 0, 1) : reporter(inner, 'reduce', 0.4, 1);
    const tell = (epoch: number, of: number) =>
      report(`Layout, epoch ${epoch} of ${of}`, epoch, of, 'epochs');
    const purpose = random.fork(what);
    if (params.reducer === 'umap-js') {
      const minDist = what === 'map' ? params.mapMinDist : params.minDist;
      const job = {
        neighbours,
        rows: n,
        dimensions,
        minDist,
        spread: params.spread,
        epochs,
        seed: purpose.seed,
      };
      return layOutByUmapJs(job, inner.signal, tell);
    }
    const given = extras.start?.[what];
    if (given && (given.rows !== n || given.columns !== dimensions))
      throw new UsageError(
        `Reducing from an earlier layout: it is ${given.rows} × ${given.columns}, not ${n} × ${dimensions}; start afresh.`,
      );
    if (given) checkMatrix(given, 'The earlier layout');
    const start = given ?? (await startOf(purpose, dimensions, inner));
    space ??= new LayoutSpace(graph, Math.max(params.components, 2), threads.threads);
    return layOut(space, threads, start, null, curves[what], {
      epochs,
      alpha: given ? gentle : 1,
      seed: purpose.seed,
      signal: inner.signal,
      report: (epoch) => tell(epoch, epochs),
    });
  };

  // Layouts take turns: each uses all threads and the same memory.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<Matrix>): Promise<Matrix> => {
    const mine = turn.then(work, work);
    turn = mine;
    return mine;
  };

  return {
    neighbours,
    graph,
    recipe: {
      reducer: params.reducer,
      metric: params.metric,
      neighbors,
      search: neighbours.method,
      recall: neighbours.recall,
      epochs,
      curves,
    },
    components: async (inner) =>
      params.reducer === 'none' ? input : inTurn(() => lay('components', params.components, inner)),
    map: (inner) => inTurn(() => lay('map', 2, inner)),
    close: async () => {
      space = null;
      await threads.close();
    },
  };
}
