import type { Weight } from '../checkpoint/weight.ts';
import type { RouterValues } from '../family.ts';
import type { ModelWriter } from '../write/model-writer.ts';
import { feedForward, type FeedForwardSpec } from './feed-forward.ts';
import { denseExperts, gatheredExperts, type ExpertsSpec } from './experts.ts';
import type { Frame } from './frame.ts';
import { fitsFusedExperts, fusedExperts } from './fused-experts.ts';
import { gating, type GateSpec } from './gate.ts';

export interface MoeSpec {
  /** Router: one linear map, or several with tanh between them (LLaMA-MoE). */
  readonly router: readonly { readonly weight: Weight; readonly bias?: Weight }[];
  readonly gate: GateSpec;
  readonly experts: ExpertsSpec;
  /** Added to the sum of the experts' results. */
  readonly bias?: Weight;
  /** An expert that every token goes through, times sigmoid(gate · x) where it has a gate. */
  readonly shared?: { readonly ffn: FeedForwardSpec; readonly gate?: Weight };
}

/** Router's logits, float32 [..., experts], never quantised. */
export function routerLogits(m: ModelWriter, x: string, router: MoeSpec['router']): string {
  return router.reduce((y, l, i) => {
    const z = m.exactLinear(y, l.weight, l.bias);
    return i < router.length - 1 ? m.graph.op('Tanh', [z]) : z;
  }, x);
}

/** x [batch, tokens, hidden] → what the layer adds, and its router's values. */
export function moeLayer(frame: Frame, x: string, spec: MoeSpec): { out: string; router: RouterValues } {
  const { m } = frame;
  const g = m.graph;
  const logits = routerLogits(m, x, spec.router);
  const gates = gating(frame, logits, spec.gate, spec.experts.count, spec.experts.active);
  let out = fitsFusedExperts(m, spec.experts, spec.gate)
    ? fusedExperts(m, x, gates, spec.experts)
    : m.device === 'webgpu' || m.device === 'coreml'
      ? denseExperts(m, x, gates, spec.experts)
      : gatheredExperts(frame, x, gates, spec.experts);
  if (spec.bias) out = g.op('Add', [out, m.float(spec.bias)]);
  if (spec.shared) {
    let extra = feedForward(m, x, spec.shared.ffn);
    if (spec.shared.gate) extra = g.op('Mul', [extra, g.op('Sigmoid', [m.exactLinear(x, spec.shared.gate)])]);
    out = g.op('Add', [out, extra]);
  }
  return { out, router: gates };
}
