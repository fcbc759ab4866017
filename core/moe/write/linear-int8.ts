import type { Weight } from '../checkpoint/weight.ts';
import { linearBlocks } from './linear-int4.ts';
import type { QuantisedRows } from './linear.ts';
import type { ModelWriter } from './model-writer.ts';
import { slice } from '../graph/shape.ts';
import { quantiseRowsTransposed } from './quantise-rows.ts';

/**
 * Rows of x as uint8: each divided by its own largest magnitude, so that a row's result does not depend on the rest of the batch.
 * uint8 (zero point 128) rather than int8, because only that product has a fast kernel on CPUs.
 */
export function quantisedRows(m: ModelWriter, x: string): QuantisedRows {
  const g = m.graph;
  // Two passes that only read are faster than Abs, which writes one more copy.
  const most = g.op('ReduceMax', [x, g.int64([-1])], { keepdims: 1 });
  const least = g.op('ReduceMin', [x, g.int64([-1])], { keepdims: 1 });
  const largest = g.op('Max', [most, g.op('Neg', [least]), g.float32(1e-30)]);
  // Without rows (an expert that no token chose) the reductions forget to reduce; the slice gives the result the shape that it should have.
  const scales = slice(g, largest, -1, 0, 1);
  const values = g.op('QuantizeLinear', [
    g.op('Div', [x, scales]),
    g.float32(1 / 127),
    g.constant('uint8', [], Uint8Array.of(128)),
  ]);
  return { values, scales };
}

/** An int8 product: on the CPU activations are quantised by row and multiplied as integers; elsewhere only the weights are int8. */
export function linearInt8(m: ModelWriter, x: string, weight: Weight, quantised?: QuantisedRows): string {
  if (m.device !== 'cpu') return linearBlocks(m, x, weight, 8);
  const rows = quantised ?? quantisedRows(m, x);
  return m.graph.op('Mul', [unscaledProduct(m, rows, weight), rows.scales]);
}

/** The product without the rows' scales. The columns' are applied while it is written; the rows' take another pass. */
export function unscaledProduct(m: ModelWriter, rows: QuantisedRows, weight: Weight): string {
  const g = m.graph;
  const [values, scales] = m.tensors(
    [
      { name: `${weight.name}.i8`, type: 'int8', shape: [weight.columns, weight.rows] },
      { name: `${weight.name}.i8c`, type: 'float32', shape: [weight.rows] },
    ],
    (write) => quantiseRowsTransposed(weight, write),
  );
  // A quantised row of x is x / scale · 127.
  const zero = g.constant('uint8', [], Uint8Array.of(128));
  return g.ms('MatMulIntegerToFloat', [rows.values, values, g.float32(1 / 127), scales, zero]);
}
