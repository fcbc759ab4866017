import { padded, transposed, type Weight } from '../checkpoint/weight.ts';
import { linearInt4 } from './linear-int4.ts';
import { linearInt8 } from './linear-int8.ts';
import type { ModelWriter } from './model-writer.ts';
import { quantiseBlocks, blockSize } from './quantise-blocks.ts';
import { quantiseRows } from './quantise-rows.ts';
import { toHalf } from './half.ts';
import { slice } from '../graph/shape.ts';
import { slices } from './slices.ts';

export interface LinearOptions {
  /** Rows of x already quantised (see quantisedRows), shared by several products of the same x. */
  readonly quantised?: QuantisedRows;
  /** x holds an expert's share of the batch's rows, not all of them. */
  readonly few?: boolean;
}

/** Activations as uint8 with zero point 128 and one float32 scale a row, [rows, 1]. */
export interface QuantisedRows {
  readonly values: string;
  readonly scales: string;
}

/** See ModelWriter.linear. */
export function linear(
  m: ModelWriter,
  x: string,
  weight: Weight,
  bias?: Weight,
  options: LinearOptions = {},
): string {
  if (m.precision === 'fp32') return m.exactLinear(x, weight, bias);
  const product =
    m.precision === 'fp16'
      ? linearHalf(m, x, weight)
      : m.precision === 'int4'
        ? linearInt4(m, x, weight)
        : linearInt8(m, x, weight, options);
  return bias ? m.graph.op('Add', [product, m.float(bias, [bias.rows * bias.columns])]) : product;
}

/** Half-precision weights; on the CPU, which has no half-precision product, they are widened first. */
function linearHalf(m: ModelWriter, x: string, weight: Weight): string {
  const w = half(m, transposed(weight));
  const g = m.graph;
  if (m.device === 'cpu') return g.op('MatMul', [x, g.op('Cast', [w], { to: 1 })]);
  const product = g.op('MatMul', [g.op('Cast', [x], { to: 10 }), w]);
  return g.op('Cast', [product], { to: 1 });
}

function half(m: ModelWriter, weight: Weight): string {
  return m.tensor(`${weight.name}.f16`, 'float16', [weight.rows, weight.columns], async (write) => {
    for await (const { block } of slices(weight)) await write(0, toHalf(block));
  });
}

/** See ModelWriter.embedding. */
export function embedding(m: ModelWriter, ids: string, table: Weight): string {
  const g = m.graph;
  if (m.precision === 'fp32')
    return g.op('Gather', [m.float(table, [table.rows, table.columns]), ids], { axis: 0 });
  if (m.precision === 'fp16')
    return g.op('Cast', [g.op('Gather', [half(m, table), ids], { axis: 0 })], { to: 1 });
  const bits = m.precision === 'int4' ? 4 : 8;
  const own = m.device === 'webgpu' || m.device === 'cuda' || (m.device === 'cpu' && bits === 4);
  if (own) {
    // Rows are filled up to whole blocks, and cut again when they have been looked up.
    const full = padded(table, table.rows, Math.ceil(table.columns / blockSize) * blockSize);
    const [values, scales] = m.tensors(
      [
        { name: `${table.name}.g${bits}`, type: 'uint8', shape: [full.rows, (full.columns * bits) / 8] },
        { name: `${table.name}.g${bits}s`, type: 'float32', shape: [full.rows, full.columns / blockSize] },
      ],
      (write) => quantiseBlocks(full, bits, write),
    );
    const rows = g.ms('GatherBlockQuantized', [values, ids, scales], {
      bits,
      block_size: blockSize,
      gather_axis: 0,
      quantize_axis: 1,
    });
    return full.columns === table.columns ? rows : slice(g, rows, -1, 0, table.columns);
  }
  // One scale a row: a gathered row times its scale is exact and every provider can do it.
  const [values, scales] = m.tensors(
    [
      { name: `${table.name}.g8`, type: 'int8', shape: [table.rows, table.columns] },
      { name: `${table.name}.g8s`, type: 'float32', shape: [table.rows, 1] },
    ],
    (write) => quantiseRows(table, write),
  );
  const row = g.op('Cast', [g.op('Gather', [values, ids], { axis: 0 })], { to: 1 });
  return g.op('Mul', [row, g.op('Gather', [scales, ids], { axis: 0 })]);
}
