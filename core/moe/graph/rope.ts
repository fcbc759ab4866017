import type { Frame } from './frame.ts';
import type { RopeParameters } from './rope-parameters.ts';
import { reshape, slice } from './shape.ts';

/** cos and sin of every position, float32 [1 or batch, tokens, 1, pairs]: one for all layers. */
export interface RopeValues {
  readonly cos: string;
  readonly sin: string;
  readonly pairs: number;
  /** Pairs are neighbours (0,1), (2,3) … instead of (0, n/2), (1, n/2 + 1) … */
  readonly interleaved: boolean;
  /** The same as tables [tokens, pairs] where ONNX Runtime's own operator rotates: on the CPU, where all texts have the same. */
  readonly tables?: { readonly cos: string; readonly sin: string };
}

/**
 * Angles are computed in the graph, as the reference does, rather than kept as a table of max_position_embeddings rows.
 * Which of LongRoPE's two sets a text gets depends on its own length, not on its batch's.
 */
export function ropeValues(frame: Frame, p: RopeParameters, interleaved: boolean): RopeValues {
  const g = frame.m.graph;
  const pairs = p.frequencies.length;
  const positions = g.op('Reshape', [frame.positions, g.int64([1, -1, 1, 1])]);
  const angles = (f: Float32Array): string =>
    g.op('Mul', [positions, g.constant('float32', [1, 1, 1, pairs], f)]);
  const scaled = (x: string, factor: number): string =>
    factor === 1 ? x : g.op('Mul', [x, g.float32(factor)]);
  const angle = angles(p.frequencies);
  let cos = scaled(g.op('Cos', [angle]), p.factor);
  let sin = scaled(g.op('Sin', [angle]), p.factor);
  if (p.long) {
    const isLong = g.op('Greater', [
      g.op('Reshape', [frame.lengths, g.int64([-1, 1, 1, 1])]),
      g.float32(p.long.from),
    ]);
    const longAngle = angles(p.long.frequencies);
    cos = g.op('Where', [isLong, scaled(g.op('Cos', [longAngle]), p.long.factor), cos]);
    sin = g.op('Where', [isLong, scaled(g.op('Sin', [longAngle]), p.long.factor), sin]);
  }
  if (p.growing) {
    const angle = g.op('Mul', [positions, grown(frame, p.growing)]);
    [cos, sin] = [g.op('Cos', [angle]), g.op('Sin', [angle])];
  }
  if (frame.m.device !== 'cpu' || p.long || p.growing) return { cos, sin, pairs, interleaved };
  const table = (x: string): string => reshape(g, x, [-1, pairs]);
  return { cos, sin, pairs, interleaved, tables: { cos: table(cos), sin: table(sin) } };
}

/** Frequencies by each text's own length, float32 [batch, 1, 1, pairs] (modeling_rope_utils.py, _compute_dynamic_ntk_parameters). */
function grown(frame: Frame, p: NonNullable<RopeParameters['growing']>): string {
  const g = frame.m.graph;
  const lengths = g.op('Reshape', [frame.lengths, g.int64([-1, 1, 1, 1])]);
  const longest = g.op('Max', [lengths, g.float32(p.from)]);
  const stretch = g.op('Sub', [
    g.op('Mul', [longest, g.float32(p.factor / p.from)]),
    g.float32(p.factor - 1),
  ]);
  const growth = g.op('Pow', [stretch, g.float32(p.dimension / (p.dimension - 2))]);
  const base = g.op('Mul', [growth, g.float32(p.theta)]);
  const exponents = Float32Array.from(
    { length: Math.ceil(p.dimension / 2) },
    (_, i) => (-2 * i) / p.dimension,
  );
  return g.op('Pow', [base, g.constant('float32', [1, 1, 1, exponents.length], exponents)]);
}

/** Rotates the first 2 · pairs values of every head; x and the result are [batch, tokens, heads, size]. */
export function rotate(frame: Frame, x: string, size: number, rope: RopeValues): string {
  const g = frame.m.graph;
  const { cos, sin, pairs, interleaved, tables } = rope;
  if (tables && 2 * pairs === size) {
    // One pass instead of eight (measured, 4,096 × 2,048: 0.9 ms instead of 7.6).
    const inputs = [reshape(g, x, [0, 0, -1]), g.int64([0]), tables.cos, tables.sin];
    const rotated = g.ms('RotaryEmbedding', inputs, { interleaved: interleaved ? 1 : 0 });
    return reshape(g, rotated, [0, 0, -1, size]);
  }
  let first: string;
  let second: string;
  if (interleaved) {
    const step = (from: number): string =>
      g.op('Slice', [x, g.int64([from]), g.int64([2 * pairs]), g.int64([3]), g.int64([2])]);
    [first, second] = [step(0), step(1)];
  } else {
    const input = 2 * pairs === size ? x : slice(g, x, 3, 0, 2 * pairs);
    [first, second] = g.node('Split', [input, g.int64([pairs, pairs])], { axis: 3 }, { outputs: 2 });
  }
  const a = g.op('Sub', [g.op('Mul', [first, cos]), g.op('Mul', [second, sin])]);
  const b = g.op('Add', [g.op('Mul', [second, cos]), g.op('Mul', [first, sin])]);
  // Queries and keys rotated in the same order of their values give the same products, so pairs need not be interleaved again.
  const parts = 2 * pairs === size ? [a, b] : [a, b, slice(g, x, 3, 2 * pairs, size)];
  return g.op('Concat', parts, { axis: 3 });
}
