import type { RouterValues } from '../family.ts';
import { activate } from '../graph/activation.ts';
import type { LinearSpec } from '../graph/attention.ts';
import type { Frame } from '../graph/frame.ts';
import { gating } from '../graph/gate.ts';
import { slice } from '../graph/shape.ts';
import type { ModelWriter } from '../write/model-writer.ts';
import { biased, integerProducts, type Int8Rows, product, toUint8 } from './product.ts';
import type { EncoderLayer, GatedGroups } from './spec.ts';

/** gelu is nowhere below this (its minimum is −0.16997). */
const deepestGelu = 0.17;

/** down(activation(up(x))) */
export function plainFeedForward(m: ModelWriter, x: string, layer: EncoderLayer): string {
  const { up, activation = 'gelu' } = layer;
  if (activation === 'gelu') return biased(m, innerValues(m, x, up), layer.down);
  const y = product(m, x, up.weight);
  const whole = up.bias ? m.graph.op('Add', [y, m.float(up.bias)]) : y;
  return biased(m, activate(m, whole, activation), layer.down);
}

function innerValues(m: ModelWriter, x: string, up: LinearSpec): string {
  const y = product(m, x, up.weight);
  if (up.bias && m.device === 'cpu') return m.graph.ms('BiasGelu', [y, m.float(up.bias)]);
  return m.graph.op('Gelu', [up.bias ? m.graph.op('Add', [y, m.float(up.bias)]) : y]);
}

/** All experts as one product, their inner values times the gates: see GatedGroups. */
export function gatedFeedForward(
  frame: Frame,
  x: string,
  layer: EncoderLayer,
  groups: GatedGroups,
): { out: string; router: RouterValues } {
  const { m } = frame;
  const g = m.graph;
  const inner = innerValues(m, x, layer.up);
  const logits = product32(m, x, groups);
  const { gates, selected } =
    m.device === 'cpu' ? scattered(m, logits, groups) : spreadOut(frame, logits, groups);
  const count = groups.experts + groups.shared;
  const grouped = g.op('Reshape', [inner, g.int64([-1, count, groups.width])]);
  const times = (by: string): string =>
    g.op('Reshape', [
      g.op('Mul', [grouped, g.op('Unsqueeze', [by, g.int64([2])])]),
      g.int64([-1, count * groups.width]),
    ]);
  const router = { logits, selected };
  if (!integerProducts(m)) return { out: biased(m, times(gates), layer.down), router };
  // A row's largest magnitude without another pass over it: each group's largest value, or what gelu may fall below 0, times its gate.
  const most = g.op('ReduceMax', [grouped, g.int64([2])], { keepdims: 0 });
  const bound = g.op('Mul', [g.op('Max', [most, g.float32(deepestGelu)]), gates]);
  const magnitude = g.op('ReduceMax', [bound, g.int64([1])], { keepdims: 1 });
  // One multiplication both gates a value and divides it by its row's magnitude.
  const rows: Int8Rows = { values: toUint8(m, times(g.op('Div', [gates, magnitude]))), magnitude };
  return { out: biased(m, rows, layer.down), router };
}

/** A rounded router decides otherwise: it is float32 whatever the precision. */
function product32(m: ModelWriter, x: string, { router }: GatedGroups): string {
  return m.exactLinear(x, router);
}

interface Gates {
  /** [rows, groups]: each expert's weight, 0 where it was not chosen, and 1 for the shared groups. */
  readonly gates: string;
  /** [rows, experts] of 0 and 1. */
  readonly selected: string;
}

/** Few operators for the CPU: the chosen weights are written over a row of zeros and, for the shared groups, ones. */
function scattered(m: ModelWriter, logits: string, groups: GatedGroups): Gates {
  const g = m.graph;
  const { experts, active, shared, renormalisedTo } = groups;
  const from = renormalisedTo === null ? g.op('Softmax', [logits], { axis: -1 }) : logits;
  const [values, indices] = g.node('TopK', [from, g.int64([active])], { axis: -1 }, { outputs: 2 });
  // Softmax over the chosen ones' logits is their renormalised probability.
  const weights =
    renormalisedTo === null
      ? values
      : g.op('Mul', [g.op('Softmax', [values], { axis: -1 }), g.float32(renormalisedTo)]);
  const rows = slice(g, g.op('Shape', [logits]), 0, 0, 1);
  const start = g.op('Expand', [
    g.float32([...new Array<number>(experts).fill(0), ...new Array<number>(shared).fill(1)]),
    g.op('Concat', [rows, g.int64([1])], { axis: 0 }),
  ]);
  const gates = g.op('ScatterElements', [start, indices, weights], { axis: 1 });
  const selected = g.op('Cast', [g.op('Greater', [slice(g, gates, 1, 0, experts), g.float32(0)])], { to: 1 });
  return { gates, selected };
}

/** The same from operators that every provider has. */
function spreadOut(frame: Frame, logits: string, groups: GatedGroups): Gates {
  const g = frame.m.graph;
  const { experts, active, shared, renormalisedTo } = groups;
  const gate = { kind: 'softmax' as const, renormalise: renormalisedTo !== null, scale: renormalisedTo ?? 1 };
  const { dense, selected } = gating(frame, logits, gate, experts, active);
  if (shared === 0) return { gates: dense, selected };
  // 1 for every row, of the right shape: the first gate times 0 plus 1.
  const one = g.op('Add', [g.op('Mul', [slice(g, dense, 1, 0, 1), g.float32(0)]), g.float32(1)]);
  const ones = g.op('Mul', [one, g.float32(new Array<number>(shared).fill(1))]);
  return { gates: g.op('Concat', [dense, ones], { axis: 1 }), selected };
}
