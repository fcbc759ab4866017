import type { Weight } from '../checkpoint/weight.ts';
import type { LinearSpec } from '../graph/attention.ts';
import type { ModelWriter } from '../write/model-writer.ts';
import { quantiseRowsTransposed } from '../write/quantise-rows.ts';

/** Rows divided by their largest magnitude, as uint8 around 128, and that magnitude [rows, 1]. */
export interface Int8Rows {
  readonly values: string;
  readonly magnitude: string;
}

/** Whether products are integer ones: int8 on the CPU. Elsewhere the model's precision is the writer's affair. */
export function integerProducts(m: ModelWriter): boolean {
  return m.precision === 'int8' && m.device === 'cpu';
}

/** Each row is quantised by itself, so that it doesn't depend on the rest of the batch. */
export function int8Rows(m: ModelWriter, x: string): Int8Rows {
  const g = m.graph;
  // Two passes that only read are faster than Abs, which writes one more copy.
  const most = g.op('ReduceMax', [x, g.int64([-1])], { keepdims: 1 });
  const least = g.op('ReduceMin', [x, g.int64([-1])], { keepdims: 1 });
  const magnitude = g.op('Max', [most, g.op('Neg', [least]), g.float32(1e-30)]);
  return { values: toUint8(m, g.op('Div', [x, magnitude])), magnitude };
}

/** Values between −1 and 1 as uint8. (Products of uint8 and int8 have fast kernels on CPUs, those of int8 and int8 don't.) */
export function toUint8(m: ModelWriter, unit: string): string {
  return m.graph.op('QuantizeLinear', [unit, m.graph.float32(1 / 127), zeroPoint(m)]);
}

function zeroPoint(m: ModelWriter): string {
  return m.graph.constant('uint8', [], Uint8Array.of(128));
}

/** x · weightᵀ without the bias: x float32 [rows, in] or quantised already, weight [out, in]. */
export function product(m: ModelWriter, x: string | Int8Rows, weight: Weight): string {
  if (typeof x !== 'string') return int8Product(m, x, weight);
  return integerProducts(m) ? int8Product(m, int8Rows(m, x), weight) : m.linear(x, weight);
}

/** The column scales are applied while the product is written; only the rows' take another pass. */
function int8Product(m: ModelWriter, x: Int8Rows, weight: Weight): string {
  const g = m.graph;
  const [values, scales] = m.tensors(
    [
      { name: `${weight.name}.i8`, type: 'int8', shape: [weight.columns, weight.rows] },
      { name: `${weight.name}.i8c`, type: 'float32', shape: [weight.rows] },
    ],
    (write) => quantiseRowsTransposed(weight, write),
  );
  const scaled = g.ms('MatMulIntegerToFloat', [x.values, values, g.float32(1 / 127), scales, zeroPoint(m)]);
  return g.op('Mul', [scaled, x.magnitude]);
}

/** A product with its bias. */
export function biased(m: ModelWriter, x: string | Int8Rows, l: LinearSpec): string {
  const y = product(m, x, l.weight);
  return l.bias ? m.graph.op('Add', [y, m.float(l.bias)]) : y;
}
