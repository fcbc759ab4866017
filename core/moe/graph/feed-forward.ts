import type { ModelWriter } from '../write/model-writer.ts';
import type { LinearOptions } from '../write/linear.ts';
import { activate, type Activation } from './activation.ts';
import type { LinearSpec } from './attention.ts';
import { split } from './shape.ts';

/** gpt-oss' gate: (min(up, limit) + 1) · gate · sigmoid(alpha · gate), gate and up clamped. */
export interface ClampedSwiGlu {
  readonly alpha: number;
  readonly limit: number;
}

export interface FeedForwardSpec {
  /**
   * Rows of the gate's projection, then rows of the other; just the other where nothing is gated. `three-factor` (OpenMoE) has three parts:
   * the inner values are first · silu(second) · third.
   */
  readonly up: LinearSpec;
  readonly gated: boolean;
  readonly down: LinearSpec;
  readonly activation: Activation | ClampedSwiGlu | 'three-factor';
}

/** down(act(gate(x)) · up(x)), or down(act(up(x))); x [..., hidden]. `input` shares x quantised with other products. */
export function feedForward(
  m: ModelWriter,
  x: string,
  spec: FeedForwardSpec,
  input: LinearOptions = {},
): string {
  const both = m.linear(x, spec.up.weight, spec.up.bias, input);
  return m.linear(innerOf(m, both, spec), spec.down.weight, spec.down.bias, { few: input.few });
}

/** The inner values from the first projection's result. */
export function innerOf(m: ModelWriter, both: string, spec: FeedForwardSpec): string {
  const g = m.graph;
  const { activation } = spec;
  if (activation === 'three-factor') {
    const third = spec.up.weight.rows / 3;
    const [first, second, last] = split(g, both, -1, [third, third, third]);
    return g.op('Mul', [g.op('Mul', [first, activate(m, second, 'silu')]), last]);
  }
  if (!spec.gated) {
    if (typeof activation !== 'string') throw new TypeError('a clamped gate needs a gate');
    return activate(m, both, activation);
  }
  const half = spec.up.weight.rows / 2;
  const [gate, up] = split(g, both, -1, [half, half]);
  if (typeof activation === 'string') return g.op('Mul', [activate(m, gate, activation), up]);
  const { alpha, limit } = activation;
  const low = g.op('Min', [gate, g.float32(limit)]);
  const clamped = g.op('Clip', [up, g.float32(-limit), g.float32(limit)]);
  const glu = g.op('Mul', [low, g.op('Sigmoid', [g.op('Mul', [low, g.float32(alpha)])])]);
  return g.op('Mul', [g.op('Add', [clamped, g.float32(1)]), glu]);
}
