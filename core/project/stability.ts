import os from 'node:os';
import { InputError, throwIfCancelled, UsageError } from '../base/errors.ts';
import type { StageContext } from '../base/progress.ts';
import { cluster, type ClusterParams } from '../cluster/index.ts';
import type { StabilityResult } from '../protocol.ts';
import { openReduction } from '../reduce/index.ts';
import { paramsInForce } from './recluster.ts';
import type { Session } from './session.ts';
import { clusterAnyway } from '../run/params.ts';
import { pickRows, rowsWithText, spread } from '../run/spread.ts';
import type { Matrix } from '../base/matrix.ts';
import { stability, type StabilityRun } from '../topics/index.ts';

export interface StabilityRequest {
  /** Runs with other seeds: the project's own plus 1, 2 … */
  readonly seeds: number;
  /** Values to try of each of these; every combination is run with every seed. */
  readonly grid?: {
    readonly minTopicSize?: readonly number[];
    readonly neighbors?: readonly number[];
  };
}

const mostRuns = 200;

/**
 * How much of a project's topics depends on chance: its embedding is laid out and clustered again with other seeds (and, if
 * asked, other parameters), and every topic and document is looked up in what comes out. Several runs go on at once, each with
 * its share of the threads, as many as memory holds; the result depends on neither. Topics that were merged, grown, imported or
 * guided are looked up in clusterings of all the documents: how often those find them unguided.
 * @throws UsageError for no seed or too many runs; InputError for a project that was not clustered; CancelledError.
 */
export async function projectStability(
  session: Session,
  { seeds, grid = {} }: StabilityRequest,
  context: StageContext,
): Promise<StabilityResult> {
  const plans = planRuns(session.seed, seeds, grid);
  const { corpus, state, params } = session;
  if (
    params.cluster.clusterer === 'none' &&
    ((await session.reduction()) === undefined || state.edit.topics.length < 2)
  )
    throw new InputError(
      'This project has no layout of its documents or a single topic, so there is nothing to repeat.',
    );
  const rows = rowsWithText(corpus.ids.length, corpus.empty);
  const input = pickRows((await session.embedding()).matrix, rows);
  const lanes = Math.max(1, Math.min(context.threads, plans.length, lanesInMemory(input)));
  const runs = new Array<StabilityRun>(plans.length);
  const inForce = (documents: number): ClusterParams =>
    state.edit.clustered ? paramsInForce(session, state.edit.clustered, documents) : clusterAnyway(params);
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    for (let i = next++; i < plans.length; i = next++) {
      throwIfCancelled(context.signal);
      const { seed, params: own } = plans[i];
      const quiet: StageContext = {
        ...context,
        seed,
        threads: Math.max(1, Math.floor(context.threads / lanes)),
        onProgress: () => undefined,
      };
      const open = await openReduction(input, { ...params.reduce, ...pick(own, 'neighbors') }, quiet);
      let labels: Int32Array;
      try {
        const components = await open.components(quiet);
        const clustering = { ...inForce(components.rows), ...pick(own, 'minTopicSize') };
        const found = await cluster(components, clustering, quiet);
        labels = found.labels;
      } finally {
        await open.close();
      }
      runs[i] = { seed, params: own, labels: spread(labels, rows, corpus.ids.length, -1) };
      context.onProgress({
        kind: 'progress',
        stage: 'operation',
        fraction: ++done / plans.length,
        text: `Run ${done} of ${plans.length}`,
      });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const found = await stability(state.labels, runs, context);
  return {
    ...found,
    topics: found.topics.map((topic) => ({ ...topic })),
    runs: found.runs.map((run) => ({ ...run, params: { ...run.params } })),
  };
}

type RunParams = { readonly minTopicSize?: number; readonly neighbors?: number };

function planRuns(
  base: number,
  seeds: number,
  grid: NonNullable<StabilityRequest['grid']>,
): { seed: number; params: RunParams }[] {
  const sizes = grid.minTopicSize?.length ? grid.minTopicSize : [undefined];
  const neighbours = grid.neighbors?.length ? grid.neighbors : [undefined];
  const plans = sizes.flatMap((minTopicSize) =>
    neighbours.flatMap((neighbors) =>
      Array.from({ length: seeds }, (_, k) => ({
        seed: (base + 1 + k) % 2 ** 32,
        params: {
          ...(minTopicSize === undefined ? {} : { minTopicSize }),
          ...(neighbors === undefined ? {} : { neighbors }),
        },
      })),
    ),
  );
  if (plans.length === 0)
    throw new UsageError('Stability needs at least one more run; ask for a seed or more.');
  if (plans.length > mostRuns)
    throw new UsageError(
      `${plans.length} runs are more than ${mostRuns}; ask for fewer seeds or a smaller grid.`,
    );
  return plans;
}

function pick<K extends keyof RunParams>(own: RunParams, name: K): Partial<Record<K, number>> {
  return own[name] === undefined ? {} : ({ [name]: own[name] } as Partial<Record<K, number>>);
}

/** A run holds its neighbours, graph and layout (about 2 kB a document); half of the free memory is for them. */
function lanesInMemory(input: Matrix): number {
  return Math.floor(os.freemem() / 2 / (input.rows * 2048 + 64e6));
}
