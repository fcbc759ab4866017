import { rowsOf, type Weight } from '../checkpoint/weight.ts';
import type { AttentionBlock } from '../transformer.ts';
import { attend, type LinearSpec } from './attention.ts';
import { groupChoices } from './expert-groups.ts';
import { expertMap, weightedSum } from './experts.ts';
import { gating } from './gate.ts';
import { rotate } from './rope.ts';
import { reshape } from './shape.ts';

export interface MixtureOfAttentionSpec {
  readonly hidden: number;
  readonly kvHeads: number;
  readonly headSize: number;
  readonly experts: number;
  readonly active: number;
  readonly router: LinearSpec;
  /** [experts · kvHeads · headSize, hidden] and [experts · hidden, kvHeads · headSize] */
  readonly input: Weight;
  readonly output: Weight;
  readonly bias: Weight;
  readonly k: LinearSpec;
  readonly v: LinearSpec;
}

/**
 * JetMoE's attention (arXiv 2404.07413, section 2.3): an expert is a pair of query and output projections; the chosen ones' heads
 * all attend to the same keys and values, and their outputs are added by the gate's weights.
 */
export function mixtureOfAttention(s: MixtureOfAttentionSpec): AttentionBlock {
  const { kvHeads, headSize, active, hidden } = s;
  const width = kvHeads * headSize;
  const sizes = { heads: active * kvHeads, kvHeads, headSize, valueSize: headSize };
  return (frame, x, rope, masks) => {
    const { m } = frame;
    const g = m.graph;
    const logits = m.exactLinear(x, s.router.weight);
    const gate = { kind: 'softmax', renormalise: true, scale: 1 } as const;
    const router = gating(frame, logits, gate, s.experts, active);
    const groups = groupChoices(frame, router.indices, { count: s.experts, active }, router.selected);
    const byChoice = expertMap(m, reshape(g, x, [-1, hidden]), groups, 'token', (rows, e, options) =>
      m.linear(rows, rowsOf(s.input, e * width, (e + 1) * width), undefined, options),
    );
    // Heads that share keys must lie side by side: [choice, kv head] becomes [kv head, choice].
    const choices = g.op('Reshape', [byChoice, frame.shape('b', 't', active, kvHeads, headSize)]);
    const heads = reshape(g, g.op('Transpose', [choices], { perm: [0, 1, 3, 2, 4] }), [
      0,
      0,
      sizes.heads,
      headSize,
    ]);
    const place = (y: string): string => (rope ? rotate(frame, y, headSize, rope) : y);
    const input = m.quantisedInput(x);
    const k = place(reshape(g, m.linear(x, s.k.weight, undefined, input), [0, 0, kvHeads, headSize]));
    const v = reshape(g, m.linear(x, s.v.weight, undefined, input), [0, 0, kvHeads, headSize]);
    const options = { scale: headSize ** -0.5, causal: true, window: null };
    const attended = attend(frame, place(heads), k, v, sizes, options, masks);
    const back = g.op('Transpose', [reshape(g, attended, [-1, kvHeads, active, headSize])], {
      perm: [0, 2, 1, 3],
    });
    const rowsByChoice = reshape(g, back, [-1, width]);
    const results = expertMap(m, rowsByChoice, groups, 'choice', (rows, e, o) =>
      m.linear(rows, rowsOf(s.output, e * hidden, (e + 1) * hidden), undefined, o),
    );
    const sum = weightedSum(m, results, router.values, active, hidden);
    return { out: frame.unflatten(g.op('Add', [sum, m.float(s.bias)]), hidden), router };
  };
}
