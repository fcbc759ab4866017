import type { Weight } from '../checkpoint/weight.ts';
import { linearBlocks } from './linear-int4.ts';
import type { QuantisedRows } from './linear.ts';
import type { ModelWriter } from './model-writer.ts';
import { quantiseRowsTransposed } from './quantise-rows.ts';

/**
 * Rows of x as uint8: each divided by its own largest magnitude, so that a row's result does not depend on the rest of the batch.
 * uint8 (zero point 128) rather than int8, because only that product has a fast kernel on CPUs.
 */
export function quantisedRows(m: ModelWriter, x: string): QuantisedRows {
  const g = m.graph;
  const most = g.op('ReduceMax', [g.op('Abs', [x]), g.int64([-1])], { keepdims: 1 });
  // Without rows (an expert that no token chose) ReduceMax forgets to reduce; the reshape gives its result the shape that it should have.
  const scales = g.op('Max', [g.op('Reshape', [most, g.int64([0, 1])]), g.float32(1e-30)]);
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
  const g = m.graph;
  const rows = quantised ?? quantisedRows(m, x);
  const [values, scales] = m.tensors(
    [
      { name: `${weight.name}.i8`, type: 'int8', shape: [weight.columns, weight.rows] },
      { name: `${weight.name}.i8s`, type: 'float32', shape: [1, weight.rows] },
    ],
    // A quantised row of x is x / scale · 127.
    (write) => quantiseRowsTransposed(weight, write, 1 / 127),
  );
  const product = g.op('MatMulInteger', [
    rows.values,
    values,
    g.constant('uint8', [], Uint8Array.of(128)),
    g.constant('int8', [], Int8Array.of(0)),
  ]);
  // Not product · (rows · columns): ONNX Runtime fuses that into a node that can't have a scale a row.
  return g.op('Mul', [g.op('Mul', [g.op('Cast', [product], { to: 1 }), rows.scales]), scales]);
}
