import { throwIfCancelled } from '../base/errors.ts';
import type { Matrix } from '../base/matrix.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import { GraphBuilder } from '../onnx/graph.ts';
import { onnxRuntime, openSession } from '../onnx/session.ts';
import type { Neighbours } from '../stages.ts';
import { BestSoFar } from './best-so-far.ts';
import { makeCells, openCellFinder, type Cells } from './cells.ts';
import { exactNeighbours, zeroRows } from './exact-neighbours.ts';
import { NearestFew } from './nearest-few.ts';
import type { Metric } from './params.ts';
import { best, type Best } from './scoring.ts';
import { TurnedRows } from './turned-rows.ts';
import { turningFor, turnRow, type Turning } from './turning.ts';

/** Recall that the number of probed cells is chosen for, on a sample; what is promised is 0.97. */
const aimedRecall = 0.98;
const sampleSize = 400;
const spare = 2;
const scoresAtOnce = 4e6;

/**
 * Each row's k nearest others, nearly all of them: rows are put into about 1.5·√n cells by k-means, and a row is compared with
 * the rows of the cells nearest to it (an inverted file, as in Jégou, Douze & Schmid 2011, but every comparison is part of a matrix product).
 * How many cells are probed is decided on a sample whose neighbours are found exactly, so that recall holds on this very data;
 * the recall stated is measured on that sample afterwards. Takes time of order n^1.5, and holds no second copy of the rows.
 */
export async function approximateNeighbours(
  data: Matrix,
  wantedNeighbours: number,
  metric: Metric,
  context: StageContext,
  report: (done: number) => void,
): Promise<Neighbours> {
  const k = Math.min(wantedNeighbours, data.rows - 1);
  const turning = await turningFor(metric, data, context.signal);
  const cells = await makeCells(data, turning, Math.ceil(1.5 * Math.sqrt(data.rows)), context);
  report(0.05);
  const scores = await openIndexedScores(data, turning, context.threads);
  try {
    const count = Math.min(sampleSize, data.rows);
    const sample = Int32Array.from({ length: count }, (_, s) => Math.floor(((s + 0.5) * data.rows) / count));
    const truth = await exactSample(scores, sample, data.rows, k, context);
    report(0.08);
    const probes = await probesNeeded(data, turning, cells, sample, truth, context);
    if (probes > cells.centroids.rows / 2)
      return await exactNeighbours({ queries: data, data, k, metric, within: true }, context, (done) =>
        report(0.1 + 0.9 * done),
      );
    const found = await searchCells(scores, data, turning, cells, probes, k + 1 + spare, context, (done) =>
      report(0.1 + 0.8 * done),
    );
    const few = await rank(data, turning, found, null, k, context, (done) => report(0.9 + 0.1 * done));
    return {
      k,
      indices: few.indices,
      distances: few.distances,
      recall: recallOf(few, sample, await rank(data, turning, truth, sample, k, context, () => undefined)),
      method: `inverted file, ${probes} of ${cells.centroids.rows} cells probed`,
    };
  } finally {
    await scores.close();
  }
}

type IndexedScores = Awaited<ReturnType<typeof openIndexedScores>>;

/** Scores of some rows against some others, both given by index, so that nothing is copied in JavaScript. */
async function openIndexedScores(data: Matrix, turning: Turning, threads: number) {
  const ort = await onnxRuntime();
  const { rows: n, columns: d } = data;
  const g = new GraphBuilder('indexed neighbours');
  const x = g.input('x', 'float32', [n, d]);
  const scale = g.input('scale', 'float32', [n, 1]);
  const bias = g.input('bias', 'float32', [n]);
  const queries = g.input('queries', 'int32', ['q']);
  const members = g.input('members', 'int32', ['m']);
  const turn = (rows: string): string => {
    const raw = g.op('Gather', [x, rows], { axis: 0 });
    const centred =
      turning.metric === 'euclidean'
        ? g.op('Sub', [raw, g.tensor(`centre_${rows}`, 'float32', [d], turning.centre)])
        : raw;
    return g.op('Mul', [centred, g.op('Gather', [scale, rows], { axis: 0 })]);
  };
  best(g, g.op('Gemm', [turn(queries), turn(members), g.op('Gather', [bias, members])], { transB: 1 }));
  const session = await openSession(g.finish(), { threads });
  const fixed = {
    x: new ort.Tensor('float32', data.data, [n, d]),
    scale: new ort.Tensor('float32', turning.scales, [n, 1]),
    bias: new ort.Tensor('float32', turning.biases, [n]),
  };
  return {
    /** Indices are places in `members`. */
    best: async (queries: Int32Array, members: Int32Array, wanted: number): Promise<Best> => {
      const result = await session.run({
        ...fixed,
        queries: new ort.Tensor('int32', queries, [queries.length]),
        members: new ort.Tensor('int32', members, [members.length]),
        k: new ort.Tensor('int64', BigInt64Array.of(BigInt(wanted)), [1]),
      });
      return { indices: result.indices.data as Int32Array, scores: result.scores.data as Float32Array };
    },
    close: () => session.release(),
  };
}

/** The true k nearest of the sample's rows, by score. */
async function exactSample(
  scores: IndexedScores,
  sample: Int32Array,
  rows: number,
  k: number,
  context: StageContext,
): Promise<BestSoFar> {
  const found = new BestSoFar(sample.length, k + 1);
  const block = Math.floor(scoresAtOnce / sample.length);
  for (let from = 0; from < rows; from += block) {
    throwIfCancelled(context.signal);
    const members = Int32Array.from({ length: Math.min(block, rows - from) }, (_, i) => from + i);
    const count = Math.min(k + 1, members.length);
    const result = await scores.best(sample, members, count);
    for (let s = 0; s < sample.length; s++) found.take(s, result, s * count, count, members);
    await breathe();
  }
  return found;
}

/** How many of the nearest cells hold the share of the sample's neighbours that is aimed at. */
async function probesNeeded(
  data: Matrix,
  turning: Turning,
  cells: Cells,
  sample: Int32Array,
  truth: BestSoFar,
  context: StageContext,
): Promise<number> {
  const count = cells.centroids.rows;
  const cellOf = new Int32Array(data.rows);
  for (let cell = 0; cell < count; cell++)
    for (let m = cells.offsets[cell]; m < cells.offsets[cell + 1]; m++) cellOf[cells.members[m]] = cell;
  const finder = await openCellFinder(turning, cells.centroids, cells.biases, context.threads);
  const heldAt = new Int32Array(count);
  let total = 0;
  try {
    const place = new Int32Array(count);
    for (let s = 0; s < sample.length; s++) {
      const order = await finder.nearest(data, turning.scales, sample[s], sample[s] + 1, count);
      order.forEach((cell, rank) => (place[cell] = rank));
      for (const neighbour of truth.indices.subarray(s * truth.width, (s + 1) * truth.width)) {
        if (neighbour < 0 || neighbour === sample[s]) continue;
        heldAt[place[cellOf[neighbour]]]++;
        total++;
      }
      if (s % 50 === 0) await breathe();
    }
  } finally {
    await finder.close();
  }
  let held = 0;
  for (let rank = 0; rank < count; rank++) {
    held += heldAt[rank];
    if (held >= aimedRecall * total) return Math.min(count, Math.max(2, rank + 1));
  }
  return count;
}

/** Compares each row with the rows of its nearest cells, cell by cell. */
async function searchCells(
  scores: IndexedScores,
  data: Matrix,
  turning: Turning,
  cells: Cells,
  probes: number,
  width: number,
  context: StageContext,
  report: (done: number) => void,
): Promise<BestSoFar> {
  const { offsets, queries } = await queriesOfCells(data, turning, cells, probes, context);
  const found = new BestSoFar(data.rows, width);
  for (let cell = 0; cell < cells.centroids.rows; cell++) {
    const members = cells.members.subarray(cells.offsets[cell], cells.offsets[cell + 1]);
    const count = Math.min(width, members.length);
    const block = Math.max(64, Math.floor(scoresAtOnce / members.length));
    for (let from = offsets[cell]; from < offsets[cell + 1]; from += block) {
      throwIfCancelled(context.signal);
      const asking = queries.subarray(from, Math.min(offsets[cell + 1], from + block));
      const result = await scores.best(asking, members, count);
      for (let q = 0; q < asking.length; q++) found.take(asking[q], result, q * count, count, members);
      report(from / queries.length);
    }
    await breathe();
  }
  return found;
}

/** For each cell the rows that probe it. */
async function queriesOfCells(
  data: Matrix,
  turning: Turning,
  cells: Cells,
  probes: number,
  context: StageContext,
): Promise<{ offsets: Int32Array; queries: Int32Array }> {
  const finder = await openCellFinder(turning, cells.centroids, cells.biases, context.threads);
  const probed = new Uint16Array(data.rows * probes);
  const block = Math.max(64, Math.floor(scoresAtOnce / cells.centroids.rows));
  try {
    for (let from = 0; from < data.rows; from += block) {
      throwIfCancelled(context.signal);
      const to = Math.min(data.rows, from + block);
      probed.set(await finder.nearest(data, turning.scales, from, to, probes), from * probes);
      await breathe();
    }
  } finally {
    await finder.close();
  }
  const offsets = new Int32Array(cells.centroids.rows + 1);
  for (const cell of probed) offsets[cell + 1]++;
  for (let cell = 0; cell < cells.centroids.rows; cell++) offsets[cell + 1] += offsets[cell];
  const next = offsets.slice();
  const queries = new Int32Array(probed.length);
  for (let r = 0, e = 0; r < data.rows; r++)
    for (let p = 0; p < probes; p++) queries[next[probed[e++]]++] = r;
  return { offsets, queries };
}

/**
 * Orders what was found by distances computed from differences, and drops what is not among the k nearest.
 * @param rows the rows that the lists belong to; null when there is one for each row
 */
async function rank(
  data: Matrix,
  turning: Turning,
  found: BestSoFar,
  rows: Int32Array | null,
  k: number,
  context: StageContext,
  report: (done: number) => void,
): Promise<NearestFew> {
  const queries = rows?.length ?? data.rows;
  const few = new NearestFew(queries, k);
  const { width } = found;
  const zero = zeroRows(turning.scales, k + 1);
  const most = width + k + 1;
  const turned = new TurnedRows(most + 1, data.columns, most);
  const places = Int32Array.from({ length: most }, (_, i) => i);
  for (let q = 0; q < queries; q++) {
    const r = rows ? rows[q] : q;
    const listed = found.indices.subarray(q * width, (q + 1) * width).filter((j) => j >= 0);
    // The scores of a zero row are all alike: the other zero rows are its neighbours.
    const candidates = turning.scales[r] === 0 ? Int32Array.from(new Set([...zero, ...listed])) : listed;
    const count = candidates.length;
    for (let i = 0; i < count; i++)
      turnRow(turning, data, candidates[i], turning.scales[candidates[i]], turned.data, i * turned.columns);
    turnRow(turning, data, r, turning.scales[r], turned.data, count * turned.columns);
    few.fill(q, candidates, turned.distances(turning.metric, count, places.subarray(0, count)), r);
    if (q % 1024 !== 0) continue;
    throwIfCancelled(context.signal);
    report(q / queries);
    await breathe();
  }
  if (turning.metric === 'euclidean')
    for (let e = 0; e < few.distances.length; e++) few.distances[e] *= turning.unit;
  return few;
}

/** Share of the sample's k nearest that were found; any row as near as the k-th is one of them. */
function recallOf(few: NearestFew, sample: Int32Array, truth: NearestFew): number {
  const { k } = few;
  let hits = 0;
  sample.forEach((r, s) => {
    const furthest = truth.distances[(s + 1) * k - 1];
    for (const d of few.distances.subarray(r * k, (r + 1) * k)) if (d <= furthest) hits++;
  });
  return hits / (sample.length * k);
}
