import type { GraphBuilder } from '../../onnx/graph.ts';
import type { Frame } from './frame.ts';
import { reshape, rounded, type HalfType } from './shape.ts';

/** Which experts a token goes through and how much each counts. */
export interface Gating {
  /** float32 [batch, tokens, experts] (or rows of experts), router's output before anything. */
  readonly logits: string;
  /** float32 and int64 [batch, tokens, k]. */
  readonly values: string;
  readonly indices: string;
  /** float32 [batch, tokens, experts]: 1 for the chosen, and the values at their places (0 elsewhere). */
  readonly selected: string;
  readonly dense: string;
  readonly probabilities?: string;
  /** Not every choice has a place (capacity): `selected` doesn't mark all of `indices`. */
  readonly drops?: true;
}

/** Softmax over all experts, the k most probable. */
export interface SoftmaxGate {
  readonly kind: 'softmax';
  /** Divide by the sum of the chosen ones' probabilities (or by their p-norm, DBRX). */
  readonly renormalise: boolean | { readonly pNorm: number };
  readonly scale: number;
  /** Only the best groups of experts, by their best member, take part (DeepSeek-V2). */
  readonly groups?: { readonly count: number; readonly active: number };
}

/** Phi-3.5-MoE's two experts, each weighted by a softmax over those within a margin of the best. */
export interface SparseMixerGate {
  readonly kind: 'sparse-mixer';
  readonly jitter: number;
}

/**
 * Softmax over all experts, the k most probable as long as the expert has room for its text's tokens: first choices before second ones,
 * earlier tokens before later ones. A token without a place adds nothing.
 */
export interface CapacityGate {
  readonly kind: 'capacity';
  /** Tokens of one text that an expert takes: a number, or k · factor · tokens / experts, made even and no less than the minimum. */
  readonly room: number | { readonly factor: number; readonly minimum: number };
}

/** The k largest logits, counted by themselves or equally (variants of LLaMA-MoE). */
export interface PlainGate {
  readonly kind: 'plain';
  readonly weights: 'logits' | 'equal';
  readonly scale: number;
}

export type GateSpec = SoftmaxGate | SparseMixerGate | CapacityGate | PlainGate;

/** A gate's name for the model card. */
export function gateName(gate: GateSpec, active: number, experts: number): string {
  if (gate.kind === 'sparse-mixer') return `SparseMixer top-${active} of ${experts}`;
  if (gate.kind === 'plain') return `sparse top-${active} of ${experts}, weighted by ${gate.weights}`;
  if (gate.kind === 'capacity')
    return `${active === 1 ? 'hard' : 'sparse'}, softmax top-${active} of ${experts} with capacity`;
  const kind = gate.groups
    ? `hierarchical (best ${gate.groups.active} of ${gate.groups.count} groups) softmax`
    : active === experts
      ? 'soft'
      : active === 1
        ? 'hard, softmax'
        : 'sparse, softmax';
  const norm = gate.renormalise === false ? '' : ', renormalised';
  const scale = gate.scale === 1 ? '' : ` × ${gate.scale}`;
  return `${kind} top-${active} of ${experts}${norm}${scale}`;
}

/** See the kinds of gates above. logits [batch, tokens, experts]. */
export function gating(
  frame: Frame,
  logits: string,
  gate: GateSpec,
  experts: number,
  active: number,
  rounding?: HalfType,
): Gating {
  const g = frame.m.graph;
  switch (gate.kind) {
    case 'softmax':
      return softmaxGate(g, logits, gate, experts, active);
    case 'sparse-mixer':
      return sparseMixer(g, logits, gate, experts);
    case 'capacity':
      return capacityGate(frame, logits, gate, experts, active, rounding);
    case 'plain': {
      const [top, indices] = g.node('TopK', [logits, g.int64([active])], { axis: -1 }, { outputs: 2 });
      const one =
        gate.weights === 'equal' ? g.op('Add', [g.op('Mul', [top, g.float32(0)]), g.float32(1)]) : top;
      const values = gate.scale === 1 ? one : g.op('Mul', [one, g.float32(gate.scale)]);
      return spread(g, { logits, values, indices }, experts);
    }
  }
}

/** Switch Transformers (arXiv 2101.03961, section 2.2) and OpenMoE (ColossalAI moe/routers.py, Top2Router), text by text. */
function capacityGate(
  frame: Frame,
  logits: string,
  gate: CapacityGate,
  experts: number,
  active: number,
  rounding?: HalfType,
): Gating {
  const g = frame.m.graph;
  const exact = g.op('Softmax', [logits], { axis: -1 });
  const probabilities = rounding ? rounded(g, exact, rounding) : exact;
  const [top, indices] = g.node('TopK', [probabilities, g.int64([active])], { axis: -1 }, { outputs: 2 });
  const chosen = g.op('Mul', [
    onehot(g, indices, experts).each,
    g.op('Unsqueeze', [frame.valid, g.int64([2, 3])]),
  ]);
  // In the order in which places are given: all first choices, then all second ones.
  const inOrder = reshape(g, g.op('Transpose', [chosen], { perm: [0, 2, 1, 3] }), [0, -1, experts]);
  const place = g.op('CumSum', [inOrder, g.constant('int32', [], Int32Array.of(1))]);
  const fits = g.op('Cast', [g.op('LessOrEqual', [place, room(frame, gate, experts, active)])], { to: 1 });
  const kept = reshape(g, g.op('Mul', [inOrder, fits]), [0, active, -1, experts]);
  const each = g.op('Transpose', [kept], { perm: [0, 2, 1, 3] });
  const values = g.op('Mul', [top, g.op('ReduceSum', [each, g.int64([3])], { keepdims: 0 })]);
  const placed = g.op('Mul', [each, g.op('Unsqueeze', [values, g.int64([-1])])]);
  return {
    logits,
    probabilities,
    values,
    indices,
    selected: g.op('ReduceSum', [each, g.int64([2])], { keepdims: 0 }),
    dense: g.op('ReduceSum', [placed, g.int64([2])], { keepdims: 0 }),
    drops: true,
  };
}

/** A number, or float32 [batch, 1, 1]. */
function room(frame: Frame, gate: CapacityGate, experts: number, active: number): string {
  const g = frame.m.graph;
  if (typeof gate.room === 'number') return g.float32(gate.room);
  const tokens = g.op('Unsqueeze', [frame.lengths, g.int64([2])]);
  const share = g.op('Mul', [tokens, g.float32(active * gate.room.factor)]);
  const whole = g.op('Floor', [g.op('Div', [share, g.float32(experts)])]);
  const half = g.op('Ceil', [g.op('Mul', [whole, g.float32(0.5)])]);
  return g.op('Max', [g.op('Mul', [half, g.float32(2)]), g.float32(gate.room.minimum)]);
}

function softmaxGate(
  g: GraphBuilder,
  logits: string,
  gate: SoftmaxGate,
  experts: number,
  active: number,
): Gating {
  const probabilities = g.op('Softmax', [logits], { axis: -1 });
  const scores = gate.groups ? withinGroups(g, probabilities, gate.groups, experts) : probabilities;
  const [top, indices] = g.node('TopK', [scores, g.int64([active])], { axis: -1 }, { outputs: 2 });
  let values = top;
  if (gate.renormalise === true)
    values = g.op('Div', [values, g.op('ReduceSum', [values, g.int64([-1])], { keepdims: 1 })]);
  else if (gate.renormalise !== false)
    values = g.op('Div', [values, pNorm(g, values, gate.renormalise.pNorm)]);
  if (gate.scale !== 1) values = g.op('Mul', [values, g.float32(gate.scale)]);
  return spread(g, { logits, probabilities, values, indices }, experts);
}

function pNorm(g: GraphBuilder, values: string, p: number): string {
  if (p === 1) return g.op('ReduceSum', [values, g.int64([-1])], { keepdims: 1 });
  const powers = g.op('Pow', [values, g.float32(p)]);
  return g.op('Pow', [g.op('ReduceSum', [powers, g.int64([-1])], { keepdims: 1 }), g.float32(1 / p)]);
}

/** Probabilities of experts outside the best groups become 0. */
function withinGroups(
  g: GraphBuilder,
  probabilities: string,
  groups: { count: number; active: number },
  experts: number,
): string {
  const size = experts / groups.count;
  const byGroup = reshape(g, probabilities, [0, 0, groups.count, size]);
  const best = g.op('ReduceMax', [byGroup, g.int64([-1])], { keepdims: 0 });
  const [, chosen] = g.node('TopK', [best, g.int64([groups.active])], { axis: -1 }, { outputs: 2 });
  const mask = g.op('Unsqueeze', [onehot(g, chosen, groups.count).sum, g.int64([-1])]);
  return reshape(g, g.op('Mul', [byGroup, mask]), [0, 0, experts]);
}

/** [..., k] ids → [..., k, n] of 0 and 1, and its sum over k. Ids become floats by a look-up, since WebGPU can't convert 64-bit integers. */
function onehot(g: GraphBuilder, ids: string, n: number): { each: string; sum: string } {
  const all = g.float32(Array.from({ length: n }, (_, i) => i));
  const wanted = g.op('Unsqueeze', [g.op('Gather', [all, ids], { axis: 0 }), g.int64([-1])]);
  const each = g.op('Cast', [g.op('Equal', [wanted, all])], { to: 1 });
  return { each, sum: g.op('ReduceSum', [each, g.int64([-2])], { keepdims: 0 }) };
}

/** With the chosen experts' marks and values at their places among all; the latter are made only where they are asked for. */
function spread(
  g: GraphBuilder,
  gate: Pick<Gating, 'logits' | 'probabilities' | 'values' | 'indices'>,
  experts: number,
): Gating {
  const { each, sum } = onehot(g, gate.indices, experts);
  let dense: string | undefined;
  return {
    ...gate,
    selected: sum,
    get dense() {
      if (dense === undefined) {
        const placed = g.op('Mul', [each, g.op('Unsqueeze', [gate.values, g.int64([-1])])]);
        dense = g.op('ReduceSum', [placed, g.int64([-2])], { keepdims: 0 });
      }
      return dense;
    },
  };
}

/**
 * SparseMixer at inference (arXiv 2310.00811; transformers models/phimoe, sparsemixer): the best expert's weight is its softmax among those
 * with (best − score) / max(|score|, best) ≤ 2 · jitter, then the same for the second with the first taken out.
 */
function sparseMixer(g: GraphBuilder, logits: string, gate: SparseMixerGate, experts: number): Gating {
  const lowest = -3e38;
  const round = (scores: string): { value: string; index: string; taken: string } => {
    const [best, index] = g.node('TopK', [scores, g.int64([1])], { axis: -1 }, { outputs: 2 });
    const factor = g.op('Max', [g.op('Abs', [logits]), best]);
    const far = g.op('Greater', [
      g.op('Div', [g.op('Sub', [best, logits]), factor]),
      g.float32(2 * gate.jitter),
    ]);
    const weights = g.op('Softmax', [g.op('Where', [far, g.float32(lowest), scores])], { axis: -1 });
    const taken = onehot(g, index, experts).sum;
    const value = g.op('ReduceSum', [g.op('Mul', [weights, taken]), g.int64([-1])], { keepdims: 1 });
    return { value, index, taken };
  };
  const first = round(logits);
  const rest = g.op('Where', [g.op('Cast', [first.taken], { to: 9 }), g.float32(lowest), logits]);
  const second = round(rest);
  const both = (a: string, b: string): string => g.op('Add', [a, b]);
  return {
    logits,
    values: g.op('Concat', [first.value, second.value], { axis: -1 }),
    // Made only where it is asked for: WebGPU can't concatenate 64-bit integers.
    get indices() {
      return g.op('Concat', [first.index, second.index], { axis: -1 });
    },
    selected: both(first.taken, second.taken),
    dense: both(g.op('Mul', [first.taken, first.value]), g.op('Mul', [second.taken, second.value])),
  };
}
