import type { Weight } from '../checkpoint/weight.ts';
import type { ModelWriter } from '../write/model-writer.ts';
import type { Frame } from './frame.ts';
import type { Masks } from './mask.ts';
import { groupedQueryAttention, groupedQueryFits, withinTexts } from './grouped-query-attention.ts';
import { norm, type NormSpec } from './norm.ts';
import { rotate, type RopeValues } from './rope.ts';
import { reshape } from './shape.ts';

export interface LinearSpec {
  readonly weight: Weight;
  readonly bias?: Weight;
}

/** Sizes of multi-head attention; heads are grouped over keys and values when there are fewer of those. */
export interface HeadSizes {
  readonly heads: number;
  readonly kvHeads: number;
  readonly headSize: number;
  readonly valueSize: number;
}

export interface ScoreOptions {
  /** Factor on the products of queries and keys. */
  readonly scale: number;
  readonly causal: boolean;
  /** Tokens that a token sees, itself included; null for all. */
  readonly window: number | null;
  /** One logit a head that takes part in the softmax and then is dropped. */
  readonly sinks?: Weight;
  /** float32 [1, heads, tokens, tokens] to add to the scores. */
  readonly bias?: string;
}

export interface AttentionSpec extends HeadSizes, Omit<ScoreOptions, 'bias'> {
  readonly q: LinearSpec;
  readonly k: LinearSpec;
  readonly v: LinearSpec;
  readonly o: LinearSpec;
  /** Norm of queries and keys: over each head, or over all heads' values as one vector. */
  readonly qNorm?: NormSpec;
  readonly kNorm?: NormSpec;
  readonly normOver?: 'head' | 'all';
  /** Largest magnitude of queries, keys and values. */
  readonly clip?: number;
}

/** x [batch, tokens, hidden] → the same shape. `bias` is added to the scores. */
export function attention(
  frame: Frame,
  x: string,
  spec: AttentionSpec,
  rope: RopeValues | null,
  masks: Masks,
  bias?: string,
): string {
  const { m } = frame;
  const g = m.graph;
  const shared = m.quantisedInput(x);
  const project = (l: LinearSpec, n?: NormSpec): string => {
    let y = m.linear(x, l.weight, l.bias, shared);
    if (n && spec.normOver === 'all') y = norm(m, y, n);
    return spec.clip === undefined ? y : g.op('Clip', [y, g.float32(-spec.clip), g.float32(spec.clip)]);
  };
  const placed = (l: LinearSpec, n: NormSpec | undefined, count: number): string => {
    let y = reshape(g, project(l, n), [0, 0, count, spec.headSize]);
    if (n && spec.normOver !== 'all') y = norm(m, y, n);
    return rope ? rotate(frame, y, spec.headSize, rope) : y;
  };
  const q = placed(spec.q, spec.qNorm, spec.heads);
  const k = placed(spec.k, spec.kNorm, spec.kvHeads);
  const v = reshape(g, project(spec.v), [0, 0, spec.kvHeads, spec.valueSize]);
  const options = { ...spec, bias };
  const { weight, bias: added } = spec.o;
  if (!groupedQueryFits(m, spec, options))
    return m.linear(attend(frame, q, k, v, spec, options, masks), weight, added);
  const out = groupedQueryAttention(frame, q, k, v, spec, options);
  const { quantised } = m.quantisedInput(out);
  if (!quantised) return m.linear(withinTexts(frame, out), weight, added);
  // Whatever a row holds, it is finite once quantised: with a scale of 0 it is 0.
  const scales = withinTexts(frame, quantised.scales);
  return m.linear(out, weight, added, { quantised: { ...quantised, scales } });
}

/**
 * Scaled dot-product attention from standard operators: q [batch, tokens, heads, size], k and v likewise with fewer heads
 * → [batch, tokens, heads · value size]. The heads that share keys are laid one below the other, so that one product
 * serves them all without copying the keys.
 */
export function attend(
  frame: Frame,
  q: string,
  k: string,
  v: string,
  sizes: HeadSizes,
  options: ScoreOptions,
  masks: Masks,
): string {
  const g = frame.m.graph;
  const { heads, kvHeads, headSize, valueSize } = sizes;
  const group = heads / kvHeads;
  const keys = g.op('Transpose', [k], { perm: [0, 2, 3, 1] });
  const values = g.op('Transpose', [v], { perm: [0, 2, 1, 3] });
  let queries = g.op('Mul', [q, g.float32(options.scale)]);
  if (group === 1) queries = g.op('Transpose', [queries], { perm: [0, 2, 1, 3] });
  else {
    const apart = reshape(g, queries, [0, 0, kvHeads, group, headSize]);
    queries = reshape(g, g.op('Transpose', [apart], { perm: [0, 2, 3, 1, 4] }), [0, kvHeads, -1, headSize]);
  }
  let scores = g.op('MatMul', [queries, keys]);
  if (group > 1) scores = reshape(g, scores, [0, heads, -1, 0]);
  if (options.bias) scores = g.op('Add', [scores, options.bias]);
  scores = g.op('Add', [scores, masks.additive(options.causal, options.window)]);
  let weights = options.sinks
    ? softmaxWithSinks(frame.m, scores, options.sinks, heads)
    : g.op('Softmax', [scores], { axis: -1 });
  if (group > 1) weights = reshape(g, weights, [0, kvHeads, -1, 0]);
  let out = g.op('MatMul', [weights, values]);
  if (group > 1) out = reshape(g, out, [0, heads, -1, valueSize]);
  return reshape(g, g.op('Transpose', [out], { perm: [0, 2, 1, 3] }), [0, 0, heads * valueSize]);
}

/** exp(score) / (Σ exp(score) + exp(sink)), with the largest taken off first. */
function softmaxWithSinks(m: ModelWriter, scores: string, sinks: Weight, heads: number): string {
  const g = m.graph;
  const sink = m.float(sinks, [1, heads, 1, 1]);
  const largest = g.op('Max', [g.op('ReduceMax', [scores, g.int64([-1])], { keepdims: 1 }), sink]);
  const e = g.op('Exp', [g.op('Sub', [scores, largest])]);
  const sum = g.op('ReduceSum', [e, g.int64([-1])], { keepdims: 1 });
  return g.op('Div', [e, g.op('Add', [sum, g.op('Exp', [g.op('Sub', [sink, largest])])])]);
}
