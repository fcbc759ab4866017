import type { InferenceSession } from 'onnxruntime-node';
import { throwIfCancelled } from '../base/errors.ts';
import { zeros, type Matrix } from '../base/matrix.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import { GraphBuilder } from '../onnx/graph.ts';
import { onnxRuntime, openSession } from '../onnx/session.ts';
import { best } from './scoring.ts';
import { turnRow, type Turning } from './turning.ts';

const rowsPerCell = 40;
const iterations = 6;
const rowsAtOnce = 4096;
/** A cell with so many times the mean number of rows is cut up: equal rows would otherwise all meet all. */
const largest = 4;

/** A partition of rows: each belongs to the cell with the nearest centre (in the turned space). */
export interface Cells {
  readonly centroids: Matrix;
  /** −|centroid|²/2; 0 for inner products. */
  readonly biases: Float32Array;
  /** Where each cell's rows begin in `members`; cells + 1 of them. */
  readonly offsets: Int32Array;
  readonly members: Int32Array;
}

/** Finds the cells nearest to rows. */
export interface CellFinder {
  /** The `wanted` nearest cells of the rows from … to, nearest first: [rows × wanted]. */
  nearest(data: Matrix, scales: Float32Array, from: number, to: number, wanted: number): Promise<Int32Array>;
  close(): Promise<void>;
}

export async function openCellFinder(
  turning: Turning,
  centroids: Matrix,
  biases: Float32Array,
  threads: number,
): Promise<CellFinder> {
  const ort = await onnxRuntime();
  const d = centroids.columns;
  const g = new GraphBuilder('cells');
  const rows = g.input('rows', 'float32', ['rows', d]);
  const scale = g.input('scale', 'float32', ['rows', 1]);
  const turned = g.op('Mul', [
    g.op('Sub', [rows, g.tensor('centre', 'float32', [d], turning.centre)]),
    scale,
  ]);
  const x = g.input('centroids', 'float32', ['cells', d]);
  const bias = g.input('bias', 'float32', ['cells']);
  best(g, g.op('Gemm', [turned, x, bias], { transB: 1 }));
  const session: InferenceSession = await openSession(g.finish(), { threads });
  const fixed = {
    centroids: new ort.Tensor('float32', centroids.data, [centroids.rows, d]),
    bias: new ort.Tensor('float32', biases, [centroids.rows]),
  };
  return {
    nearest: async (data, scales, from, to, wanted) => {
      const result = await session.run({
        ...fixed,
        rows: new ort.Tensor('float32', data.data.subarray(from * d, to * d), [to - from, d]),
        scale: new ort.Tensor('float32', scales.subarray(from, to), [to - from, 1]),
        k: new ort.Tensor('int64', BigInt64Array.of(BigInt(wanted)), [1]),
      });
      return result.indices.data as Int32Array;
    },
    close: () => session.release(),
  };
}

/**
 * About `count` cells by k-means (Lloyd's iterations on a sample taken at even steps), then every row's cell. Cells without rows are
 * dropped and overfull ones are cut into pieces with the same centroid.
 */
export async function makeCells(
  data: Matrix,
  turning: Turning,
  count: number,
  context: StageContext,
): Promise<Cells> {
  const { rows: n, columns: d } = data;
  const sampled = Math.min(n, count * rowsPerCell);
  const sample = zeros(sampled, d);
  for (let s = 0; s < sampled; s++) {
    const r = Math.floor((s * n) / sampled);
    turnRow(turning, data, r, turning.scales[r], sample.data, s * d);
  }
  // The sample is turned already.
  const still: Turning = {
    ...turning,
    centre: new Float32Array(d),
    scales: new Float32Array(sampled).fill(1),
  };
  const centroids = zeros(count, d);
  for (let c = 0; c < count; c++) {
    const s = Math.floor((c * sampled) / count);
    centroids.data.set(sample.data.subarray(s * d, (s + 1) * d), c * d);
  }
  for (let iteration = 0; iteration < iterations; iteration++) {
    const labels = await assign(sample, still, centroids, context);
    moveToMeans(centroids, sample, labels);
  }
  const labels = await assign(data, turning, centroids, context);
  return cutUp(labels, centroids, turning);
}

async function assign(
  data: Matrix,
  turning: Turning,
  centroids: Matrix,
  context: StageContext,
): Promise<Int32Array> {
  const finder = await openCellFinder(turning, centroids, biasesOf(centroids), context.threads);
  const labels = new Int32Array(data.rows);
  try {
    for (let from = 0; from < data.rows; from += rowsAtOnce) {
      throwIfCancelled(context.signal);
      const to = Math.min(data.rows, from + rowsAtOnce);
      labels.set(await finder.nearest(data, turning.scales, from, to, 1), from);
      await breathe();
    }
  } finally {
    await finder.close();
  }
  return labels;
}

function biasesOf(centroids: Matrix): Float32Array {
  const d = centroids.columns;
  return Float32Array.from({ length: centroids.rows }, (_, c) => {
    let squared = 0;
    for (let i = c * d; i < (c + 1) * d; i++) squared += centroids.data[i] ** 2;
    return -squared / 2;
  });
}

function moveToMeans(centroids: Matrix, sample: Matrix, labels: Int32Array): void {
  const d = sample.columns;
  const sums = new Float64Array(centroids.data.length);
  const sizes = new Int32Array(centroids.rows);
  labels.forEach((label, s) => {
    sizes[label]++;
    for (let c = 0; c < d; c++) sums[label * d + c] += sample.data[s * d + c];
  });
  sizes.forEach((size, label) => {
    if (size === 0) return;
    for (let i = label * d; i < (label + 1) * d; i++) centroids.data[i] = sums[i] / size;
  });
}

function cutUp(labels: Int32Array, centroids: Matrix, turning: Turning): Cells {
  const d = centroids.columns;
  const sizes = new Int32Array(centroids.rows);
  for (const label of labels) sizes[label]++;
  const most = Math.ceil((largest * labels.length) / centroids.rows);
  const firstPiece = new Int32Array(centroids.rows);
  const offsets = [0];
  const from: number[] = [];
  sizes.forEach((size, cell) => {
    firstPiece[cell] = from.length;
    const pieces = Math.ceil(size / most);
    for (let piece = 0; piece < pieces; piece++) {
      from.push(cell);
      offsets.push(offsets[offsets.length - 1] + Math.min(most, size - piece * most));
    }
  });
  // Rows of a cell lie one after the other, pieces included, in order of index.
  const next = Int32Array.from(firstPiece, (piece) => offsets[piece]);
  const members = new Int32Array(labels.length);
  labels.forEach((label, r) => (members[next[label]++] = r));
  const pieces = zeros(from.length, d);
  from.forEach((cell, piece) =>
    pieces.data.set(centroids.data.subarray(cell * d, (cell + 1) * d), piece * d),
  );
  const inner = turning.metric === 'inner-product';
  return {
    centroids: pieces,
    biases: inner ? new Float32Array(pieces.rows) : biasesOf(pieces),
    offsets: Int32Array.from(offsets),
    members,
  };
}
