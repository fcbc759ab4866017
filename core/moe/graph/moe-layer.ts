import type { Weight } from '../checkpoint/weight.ts';
import type { RouterValues } from '../family.ts';
import type { ModelWriter } from '../write/model-writer.ts';
import { feedForward, type FeedForwardSpec } from './feed-forward.ts';
import { gatheredExperts, type ExpertsSpec } from './experts.ts';
import { gating, type GateSpec } from './gate.ts';

export interface MoeSpec {
  /** Router: one linear map, or several with tanh between them (LLaMA-MoE). */
  readonly router: readonly { readonly weight: Weight; readonly bias?: Weight }[];
  readonly gate: GateSpec;
  readonly experts: ExpertsSpec;
  /** An expert that every token goes through, times sigmoid(gate · x) where it has a gate. */
  readonly shared?: { readonly ffn: FeedForwardSpec; readonly gate?: Weight };
}

/** x [rows, hidden] → what the layer adds, and its router's values. */
export function moeLayer(m: ModelWriter, x: string, spec: MoeSpec): { out: string; router: RouterValues } {
  const g = m.graph;
  const logits = spec.router.reduce((y, l, i) => {
    const z = m.exactLinear(y, l.weight, l.bias);
    return i < spec.router.length - 1 ? g.op('Tanh', [z]) : z;
  }, x);
  const gates = gating(g, logits, spec.gate, spec.experts.count, spec.experts.active);
  let out = gatheredExperts(m, x, gates, spec.experts);
  if (spec.shared) {
    let extra = feedForward(m, x, spec.shared.ffn);
    if (spec.shared.gate) extra = g.op('Mul', [extra, g.op('Sigmoid', [m.exactLinear(x, spec.shared.gate)])]);
    out = g.op('Add', [out, extra]);
  }
  return { out, router: gates };
}
