import type { GraphBuilder } from '../../onnx/graph.ts';

/** Reshape with sizes known beforehand; 0 keeps a dimension, −1 is what remains. */
export function reshape(g: GraphBuilder, x: string, shape: readonly number[]): string {
  return g.op('Reshape', [x, g.int64(shape)]);
}

/** A part of x along an axis. */
export function slice(g: GraphBuilder, x: string, axis: number, from: number, to: number): string {
  return g.op('Slice', [x, g.int64([from]), g.int64([to]), g.int64([axis])]);
}

export function cast(
  g: GraphBuilder,
  x: string,
  to: 'float32' | 'int32' | 'int64' | 'bool' | 'float16',
): string {
  return g.op('Cast', [x], { to: { float32: 1, int32: 6, int64: 7, bool: 9, float16: 10 }[to] });
}

/** Splits x along an axis into parts of the given sizes. */
export function split(g: GraphBuilder, x: string, axis: number, sizes: readonly number[]): string[] {
  return g.node('Split', [x, g.int64(sizes)], { axis }, { outputs: sizes.length });
}

export type HalfType = 'float16' | 'bfloat16';

/** float32 values rounded to those that a shorter type has. */
export function rounded(g: GraphBuilder, x: string, type: HalfType): string {
  return g.op('Cast', [g.op('Cast', [x], { to: { float16: 10, bfloat16: 16 }[type] })], { to: 1 });
}
