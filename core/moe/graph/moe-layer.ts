import { transposed, type Weight } from '../checkpoint/weight.ts';
import type { RouterValues } from '../family.ts';
import type { ModelWriter } from '../write/model-writer.ts';
import { feedForward, type FeedForwardSpec } from './feed-forward.ts';
import { denseExperts, gatheredExperts, type ExpertsSpec } from './experts.ts';
import type { Frame } from './frame.ts';
import { fitsFusedExperts, fusedExperts } from './fused-experts.ts';
import { gating, type GateSpec } from './gate.ts';
import { rounded, type HalfType } from './shape.ts';

export interface MoeSpec {
  /** Router: one linear map, or several with tanh between them (LLaMA-MoE). */
  readonly router: readonly { readonly weight: Weight; readonly bias?: Weight }[];
  readonly gate: GateSpec;
  /**
   * The router's input, weights, logits and probabilities are rounded to this type (Switch Transformers' router_dtype). A value between two
   * steps of the type may fall to the other side than in the reference: logits agree to one step.
   */
  readonly rounding?: HalfType;
  readonly experts: ExpertsSpec;
  /** Added to the sum of the experts' results. */
  readonly bias?: Weight;
  /** An expert that every token goes through, times sigmoid(gate · x) where it has a gate. */
  readonly shared?: { readonly ffn: FeedForwardSpec; readonly gate?: Weight };
}

/** Router's logits, float32 [..., experts], never quantised. */
export function routerLogits(
  m: ModelWriter,
  x: string,
  router: MoeSpec['router'],
  rounding?: HalfType,
): string {
  if (rounding) {
    const [{ weight, bias }] = router;
    const g = m.graph;
    const turned = transposed(weight);
    const w = rounded(g, m.float(turned, [turned.rows, turned.columns]), rounding);
    const product = g.op('MatMul', [rounded(g, x, rounding), w]);
    return rounded(g, bias ? g.op('Add', [product, rounded(g, m.float(bias), rounding)]) : product, rounding);
  }
  return router.reduce((y, l, i) => {
    const z = m.exactLinear(y, l.weight, l.bias);
    return i < router.length - 1 ? m.graph.op('Tanh', [z]) : z;
  }, x);
}

/** x [batch, tokens, hidden] → what the layer adds, and its router's values. */
export function moeLayer(frame: Frame, x: string, spec: MoeSpec): { out: string; router: RouterValues } {
  const { m } = frame;
  const g = m.graph;
  const logits = routerLogits(m, x, spec.router, spec.rounding);
  const { count, active } = spec.experts;
  const gates = gating(frame, logits, spec.gate, count, active, spec.rounding);
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
