import type { InferenceSession } from 'onnxruntime-node';
import { throwIfCancelled } from '../base/errors.ts';
import { row, type Matrix } from '../base/matrix.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import { onnxRuntime, openSession } from '../onnx/session.ts';
import type { Neighbours } from '../stages.ts';
import { distanceBetween } from './distance.ts';
import type { Metric } from './params.ts';
import { scoreGraph, scoringFor, turn, zeroRows } from './scoring.ts';

/** Candidates beyond those asked for, among which exact distances decide: scores are float32 and ties are common. */
export const spareCandidates = 5;
const scoresAtOnce = 16e6;

export interface NeighbourSearch {
  readonly queries: Matrix;
  readonly data: Matrix;
  /** Neighbours wanted, at most as many as there are. */
  readonly k: number;
  readonly metric: Metric;
  /** Whether the queries are the data itself: then no row is its own neighbour. */
  readonly within: boolean;
}

/**
 * Every query's k nearest rows by blocked matrix products and TopK in ONNX Runtime; distances are then computed again in double
 * precision, so that the order (by distance, then by index) depends neither on blocks nor on threads.
 * Takes time proportional to queries × rows, memory to rows.
 */
export async function exactNeighbours(
  search: NeighbourSearch,
  context: StageContext,
  report: (done: number) => void,
): Promise<Neighbours> {
  const { queries, data, metric, within } = search;
  const k = Math.min(search.k, data.rows - (within ? 1 : 0));
  const indices = new Int32Array(queries.rows * k);
  const distances = new Float32Array(queries.rows * k);
  const found = { k, indices, distances, recall: 1, method: 'exact' };
  if (k === 0 || queries.rows === 0) return found;
  const scoring = scoringFor(metric, data);
  const { turned, biases } = turn(scoring, data);
  const asked = within ? turned : turn(scoring, queries).turned;
  const scores = await openScores(turned, biases, context.threads);
  const choose = chooser(search, k, indices, distances);
  const wanted = Math.min(data.rows, k + (within ? 1 : 0) + spareCandidates);
  const block = Math.max(16, Math.min(1024, Math.floor(scoresAtOnce / data.rows)));
  try {
    for (let from = 0; from < queries.rows; from += block) {
      throwIfCancelled(context.signal);
      const to = Math.min(queries.rows, from + block);
      const best = await scores.best(asked, from, to, wanted);
      for (let q = from; q < to; q++) choose(q, best.subarray((q - from) * wanted, (q - from + 1) * wanted));
      report(to / queries.rows);
      await breathe();
    }
  } finally {
    await scores.close();
  }
  return found;
}

/** Scores of blocks of queries against the same rows. */
export async function openScores(turned: Matrix, biases: Float32Array, threads: number) {
  const ort = await onnxRuntime();
  const session: InferenceSession = await openSession(scoreGraph(turned.columns), { threads });
  const x = new ort.Tensor('float32', turned.data, [turned.rows, turned.columns]);
  const bias = new ort.Tensor('float32', biases, [turned.rows]);
  return {
    /** Indices of the `wanted` best rows for each of queries from … to, best first. */
    async best(asked: Matrix, from: number, to: number, wanted: number): Promise<Int32Array> {
      const d = asked.columns;
      const result = await session.run({
        q: new ort.Tensor('float32', asked.data.subarray(from * d, to * d), [to - from, d]),
        x,
        bias,
        k: new ort.Tensor('int64', BigInt64Array.of(BigInt(wanted)), [1]),
      });
      return result.indices.data as Int32Array;
    },
    close: () => session.release(),
  };
}

/** Writes the k nearest of a query's candidates by exact distance (float32), ties by index. */
export function chooser(search: NeighbourSearch, k: number, indices: Int32Array, distances: Float32Array) {
  const { queries, data, metric, within } = search;
  const distance = distanceBetween(metric, queries, data);
  const zero = zeroRows(metric, data);
  const isZero = (q: number) => zero.length > 0 && row(queries, q).every((v) => v === 0);
  return (q: number, candidates: Int32Array): void => {
    // A zero row's scores are all alike: the other zero rows are its neighbours.
    const pool = isZero(q) ? [...new Set([...zero.slice(0, k + 1), ...candidates])] : candidates;
    let size = 0;
    const at = q * k;
    for (const candidate of pool) {
      if (within && candidate === q) continue;
      const d = Math.fround(distance(q, candidate));
      let place = Math.min(size, k - 1);
      if (size === k && !before(d, candidate, distances[at + place], indices[at + place])) continue;
      for (; place > 0 && before(d, candidate, distances[at + place - 1], indices[at + place - 1]); place--) {
        distances[at + place] = distances[at + place - 1];
        indices[at + place] = indices[at + place - 1];
      }
      distances[at + place] = d;
      indices[at + place] = candidate;
      if (size < k) size++;
    }
  };
}

function before(d: number, index: number, otherD: number, otherIndex: number): boolean {
  return d < otherD || (d === otherD && index < otherIndex);
}
