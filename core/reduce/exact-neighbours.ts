import { throwIfCancelled } from '../base/errors.ts';
import type { Matrix } from '../base/matrix.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import type { Neighbours } from '../stages.ts';
import { NearestFew } from './nearest-few.ts';
import { breather, rowsPerBreath } from './pace.ts';
import type { Metric } from './params.ts';
import { openScores } from './scoring.ts';
import { TurnedRows } from './turned-rows.ts';
import { scalesOf, turningFor, turnRow } from './turning.ts';

/** Candidates beyond those asked for, among which exact distances decide: scores are float32 and ties are common. */
export const spareCandidates = 5;
const scoresAtOnce = 16e6;

export interface NeighbourSearch {
  readonly queries: Matrix;
  readonly data: Matrix;
  /** Neighbours wanted; fewer are found where there are fewer rows. */
  readonly k: number;
  readonly metric: Metric;
  /** Whether the queries are the data itself: then no row is its own neighbour. */
  readonly within: boolean;
}

/**
 * Every query's k nearest rows by blocked matrix products and TopK in ONNX Runtime; the distances of the best are then computed
 * from differences, so that their order (by distance, then by index) depends neither on blocks nor on threads.
 * Takes time proportional to queries × rows, memory to rows.
 */
export async function exactNeighbours(
  search: NeighbourSearch,
  context: StageContext,
  report: (done: number) => void,
): Promise<Neighbours> {
  const { queries, data, metric, within } = search;
  const k = Math.max(0, Math.min(search.k, data.rows - (within ? 1 : 0)));
  const few = new NearestFew(queries.rows, k);
  const found = { k, indices: few.indices, distances: few.distances, recall: 1, method: 'exact' };
  if (k === 0 || queries.rows === 0) return found;
  const wanted = Math.min(data.rows, k + (within ? 1 : 0) + spareCandidates);
  const turning = await turningFor(metric, data, context.signal);
  const turned = new TurnedRows(data.rows + (within ? 0 : queries.rows), data.columns, wanted + k + 1);
  const scales = within ? turning.scales : await scalesOf(turning, queries, context.signal);
  const breath = breather(context.signal);
  for (let r = 0; r < data.rows; r++) {
    if (r % rowsPerBreath === 0) await breath();
    turnRow(turning, data, r, turning.scales[r], turned.data, r * turned.columns);
  }
  const first = within ? 0 : data.rows;
  if (!within)
    for (let q = 0; q < queries.rows; q++)
      turnRow(turning, queries, q, scales[q], turned.data, (first + q) * turned.columns);
  const rows = {
    ...turned.matrix,
    data: turned.data.subarray(0, data.rows * turned.columns),
    rows: data.rows,
  };
  const scores = await openScores(rows, turning.biases, context.threads);
  const zero = zeroRows(turning.scales, k + 1);
  const block = Math.max(16, Math.min(1024, Math.floor(scoresAtOnce / data.rows)));
  try {
    for (let from = 0; from < queries.rows; from += block) {
      throwIfCancelled(context.signal);
      const to = Math.min(queries.rows, from + block);
      const { indices } = await scores.best(turned.matrix, first + from, first + to, wanted);
      for (let q = from; q < to; q++) {
        let candidates = indices.subarray((q - from) * wanted, (q - from + 1) * wanted);
        // The scores of a zero row are all alike: the other zero rows are its neighbours.
        if (scales[q] === 0) candidates = Int32Array.from(new Set([...zero, ...candidates]));
        few.fill(q, candidates, turned.distances(metric, first + q, candidates), within ? q : -1);
      }
      report(to / queries.rows);
      await breathe();
    }
  } finally {
    await scores.close();
  }
  if (metric === 'euclidean') for (let e = 0; e < few.distances.length; e++) few.distances[e] *= turning.unit;
  return found;
}

/** The first few rows that are zero under cosine. */
export function zeroRows(scales: Float32Array, most: number): number[] {
  const found: number[] = [];
  for (let r = 0; r < scales.length && found.length < most; r++) if (scales[r] === 0) found.push(r);
  return found;
}
