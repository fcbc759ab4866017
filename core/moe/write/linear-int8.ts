import { rowsOf, type Weight } from '../checkpoint/weight.ts';
import { linearBlocks } from './linear-int4.ts';
import type { LinearOptions, QuantisedRows } from './linear.ts';
import type { ModelWriter } from './model-writer.ts';
import { quantiseRowsTransposed } from './quantise-rows.ts';

/**
 * Columns of a result that are computed at a time. ONNX Runtime's product goes over its whole result once for every 128 of the inner sizes: what it
 * goes over should stay in a core's cache (measured: 4,096 × 2,048 by 2,048 × 2,048 in one piece 54 ms, in eight 23 ms).
 */
const pieceColumns = 256;

/**
 * Rows of x as uint8: each divided by its own largest magnitude, so that a row's result does not depend on the rest of the batch.
 * uint8 (zero point 128) rather than int8, because only that product has a fast kernel on CPUs.
 */
export function quantisedRows(m: ModelWriter, x: string): QuantisedRows {
  const scales = largest(m, x, [-1]);
  const steps = m.graph.op('Mul', [scales, m.graph.float32(1 / 127)]);
  return { values: inSteps(m, x, steps, zeroPoints(m, steps)), scales };
}

/** The largest magnitude along these axes, which are kept. */
function largest(m: ModelWriter, x: string, axes: readonly number[]): string {
  const g = m.graph;
  // Two passes that only read are faster than Abs, which writes one more copy.
  const most = g.op('ReduceMax', [x, g.int64(axes)], { keepdims: 1 });
  const least = g.op('ReduceMin', [x, g.int64(axes)], { keepdims: 1 });
  const either = g.op('Max', [most, g.op('Neg', [least]), g.float32(1e-30)]);
  // Without rows (an expert that no token chose) the reductions forget to reduce; the slice gives the result the shape that it should have.
  const [from, to] = [axes.map(() => 0), axes.map(() => 1)];
  return g.op('Slice', [either, g.int64(from), g.int64(to), g.int64(axes)]);
}

/** No row is longer: QuantizeLinear takes a row as one block of at most this many numbers. */
const longestRow = 2 ** 20;

/**
 * x as uint8 around 128, a row (along the last axis) by its own step. In one pass, where dividing first would be another (measured,
 * 4,096 × 2,048: 0.5 ms instead of 1.2).
 */
function inSteps(m: ModelWriter, x: string, steps: string, zeros: string): string {
  return m.graph.op('QuantizeLinear', [x, steps, zeros], { axis: -1, block_size: longestRow });
}

/** 128 as uint8 in the shape of x: every number is nothing beside the largest that there is. */
function zeroPoints(m: ModelWriter, x: string): string {
  return m.graph.op('QuantizeLinear', [x, m.graph.float32(3e38), zeroPoint(m)]);
}

function zeroPoint(m: ModelWriter): string {
  return m.graph.constant('uint8', [], Uint8Array.of(128));
}

/** An int8 product: on the CPU activations are quantised by row and multiplied as integers; elsewhere only the weights are int8. */
export function linearInt8(m: ModelWriter, x: string, weight: Weight, options: LinearOptions = {}): string {
  if (m.device !== 'cpu') return linearBlocks(m, x, weight, 8);
  const rows = options.quantised ?? quantisedRows(m, options.few ? x : m.ofUnknownRank(x));
  const pieces = options.few || weight.rows < 2 * pieceColumns ? [weight] : piecesOf(weight);
  const results = pieces.map((piece) => m.graph.op('Mul', [unscaledProduct(m, rows, piece), rows.scales]));
  return results.length === 1 ? results[0] : m.graph.op('Concat', results, { axis: -1 });
}

function piecesOf(weight: Weight): Weight[] {
  return Array.from({ length: Math.ceil(weight.rows / pieceColumns) }, (_, i) =>
    rowsOf(weight, i * pieceColumns, Math.min(weight.rows, (i + 1) * pieceColumns)),
  );
}

/** The product without the rows' scales. The columns' are applied while it is written; the rows' take another pass. */
function unscaledProduct(m: ModelWriter, rows: QuantisedRows, weight: Weight): string {
  const [values, scales] = m.tensors(
    [
      { name: `${weight.name}.i8`, type: 'int8', shape: [weight.columns, weight.rows] },
      { name: `${weight.name}.i8c`, type: 'float32', shape: [weight.rows] },
    ],
    (write) => quantiseRowsTransposed(weight, write),
  );
  return integerProduct(m, rows.values, values, scales);
}

function integerProduct(m: ModelWriter, rows: string, weights: string, columnScales: string): string {
  // A quantised row of x is x / scale · 127.
  const inputs = [rows, weights, m.graph.float32(1 / 127), columnScales, zeroPoint(m)];
  return m.graph.ms('MatMulIntegerToFloat', inputs);
}

/** Columns of a plane of `columns` in all: as many as divide them and are not too many; all of them where no such number is large enough. */
export function planeColumns(columns: number): number {
  for (let width = Math.min(columns, pieceColumns); width >= pieceColumns / 4; width--)
    if (columns % width === 0) return width;
  return columns;
}

/**
 * The product without the rows' scales as planes of columns, [planes, rows, width]: one node, of which each thread takes whole planes. For a few
 * hundred rows that is a quarter faster than the same in one piece, whose rows every thread's part would walk again.
 * @param values quantised rows [rows, in]
 */
export function unscaledPlanes(m: ModelWriter, values: string, weight: Weight): string {
  const width = planeColumns(weight.rows);
  const planes = Array.from({ length: weight.rows / width }, (_, i) =>
    rowsOf(weight, i * width, (i + 1) * width),
  );
  const [weights, scales] = m.tensors(
    [
      { name: `${weight.name}.i8p`, type: 'int8', shape: [planes.length, weight.columns, width] },
      { name: `${weight.name}.i8pc`, type: 'float32', shape: [planes.length, 1, width] },
    ],
    async (write) => {
      for (const plane of planes) await quantiseRowsTransposed(plane, write);
    },
  );
  return integerProduct(m, values, weights, scales);
}

/** Planes [planes, rows, width] as quantised rows [rows, planes · width], with scales [1, rows, 1]. `zeros`: see zeroPlanes. */
export function quantisedPlanes(m: ModelWriter, x: string, columns: number, zeros: string): QuantisedRows {
  const g = m.graph;
  const planes = columns / planeColumns(columns);
  const scales = largest(m, x, [0, 2]);
  const steps = g.op('Mul', [
    scales,
    g.constant('float32', [planes, 1, 1], new Float32Array(planes).fill(1 / 127)),
  ]);
  const rows = g.op('Transpose', [inSteps(m, x, steps, zeros)], { perm: [1, 0, 2] });
  return { values: m.reshapedUnforeseen(rows, [-1, columns]), scales };
}

/** The zero points of rows that quantisedPlanes is given, [planes, rows, 1], from anything finite of each row [rows, 1]. */
export function zeroPlanes(m: ModelWriter, rows: string, columns: number): string {
  return m.graph.op('Expand', [zeroPoints(m, rows), m.graph.int64([columns / planeColumns(columns), 1, 1])]);
}
