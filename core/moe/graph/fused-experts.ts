import { interleaved, padded, rowsOf, stacked, type Weight } from '../checkpoint/weight.ts';
import { blockSize, quantiseBlocks } from '../write/quantise-blocks.ts';
import type { ModelWriter } from '../write/model-writer.ts';
import { cast, reshape } from './shape.ts';
import type { ExpertsSpec } from './experts.ts';
import type { FeedForwardSpec } from './feed-forward.ts';
import type { GateSpec, Gating } from './gate.ts';

/**
 * Whether ONNX Runtime's QMoE computes these experts: gates of silu's kind, sizes that fill its blocks, weights that are positive
 * (it takes their logarithms).
 */
export function fitsFusedExperts(m: ModelWriter, spec: ExpertsSpec, gate: GateSpec): boolean {
  const bits = fusedBits(m);
  if (bits === null || (gate.kind === 'plain' && gate.weights === 'logits')) return false;
  const first = spec.expert(0);
  const { activation, gated, down, up } = first;
  if (!gated || !(activation === 'silu' || activation === 'swish' || typeof activation === 'object'))
    return false;
  // Experts of different sizes (LLaMA-MoE can have them) don't fit one tensor.
  for (let e = 1; e < spec.count; e++) if (spec.expert(e).up.weight.rows !== up.weight.rows) return false;
  return down.weight.rows % (m.device === 'cuda' ? 64 : blockSize) === 0;
}

/**
 * On the CPU int8 is faster decomposed; DirectML and CoreML have no mixture of experts at all; and WebGPU's QMoE of ONNX Runtime 1.30
 * loses a race for more than one token: the same node, asked eight times on SwiftShader, gave up to seven different results.
 */
function fusedBits(m: ModelWriter): 4 | 8 | null {
  if (m.device === 'cuda' && m.precision === 'int8') return 8;
  return m.precision === 'int4' && (m.device === 'cpu' || m.device === 'cuda') ? 4 : null;
}

/**
 * Routed experts as one QMoE node. It always takes the k largest router values and a softmax over them, so any gate is expressed by giving it
 * the logarithms of the chosen experts' weights, −10⁴ for the others, and multiplying its result by the weights' sum.
 * x [batch, tokens, hidden] → the same shape.
 */
export function fusedExperts(m: ModelWriter, x: string, gating: Gating, spec: ExpertsSpec): string {
  const g = m.graph;
  const bits = fusedBits(m) ?? 4;
  const half = m.device === 'cuda';
  const first = spec.expert(0);
  const multiple = m.device === 'cuda' ? 64 : blockSize;
  const inner = Math.ceil(first.down.weight.columns / multiple) * multiple;
  const hidden = first.down.weight.rows;
  const experts = Array.from({ length: spec.count }, (_, e) => spec.expert(e));

  const chosen = g.op('Cast', [gating.selected], { to: 9 });
  const logarithms = g.op('Log', [g.op('Max', [gating.dense, g.float32(1e-30)])]);
  const router = g.op('Where', [chosen, logarithms, g.float32(-1e4)]);
  const sum = g.op('ReduceSum', [gating.dense, g.int64([-1])], { keepdims: 1 });

  const up = quantised(m, stacked(experts.map((e) => interleavedUp(e, inner))), spec.count, bits, half);
  const down = quantised(
    m,
    stacked(experts.map((e) => padded(e.down.weight, hidden, inner))),
    spec.count,
    bits,
    half,
  );
  const activation = typeof first.activation === 'object' ? first.activation : null;
  const type = (value: string): string => (half ? cast(g, value, 'float16') : value);
  const out = g.ms(
    'QMoE',
    [
      type(x),
      reshape(g, type(router), [-1, spec.count]),
      up.values,
      up.scales,
      biases(m, experts, 'up', inner, half),
      down.values,
      down.scales,
      biases(m, experts, 'down', inner, half),
    ],
    {
      k: spec.active,
      expert_weight_bits: bits,
      block_size: blockSize,
      activation_type: 'swiglu',
      swiglu_fusion: 1,
      activation_alpha: { float: activation?.alpha ?? 1 },
      activation_beta: { float: activation ? 1 : 0 },
      ...(activation ? { swiglu_limit: { float: activation.limit } } : {}),
      normalize_routing_weights: 1,
      ...(half ? { weights_prepacked: 0 } : {}),
    },
  );
  return g.op('Mul', [half ? cast(g, out, 'float32') : out, sum]);
}

/** Gate's and up's rows in turn, as swiglu_fusion = 1 has them; rows of zeros up to a full number of blocks add exactly nothing. */
function interleavedUp(e: FeedForwardSpec, inner: number): Weight {
  const { weight } = e.up;
  const half = weight.rows / 2;
  return interleaved(
    padded(rowsOf(weight, 0, half), inner, weight.columns),
    padded(rowsOf(weight, half, 2 * half), inner, weight.columns),
  );
}

function quantised(
  m: ModelWriter,
  weight: Weight,
  experts: number,
  bits: 4 | 8,
  half: boolean,
): { values: string; scales: string } {
  const rows = weight.rows / experts;
  const name = `${weight.name.split('+')[0]}.experts.b${bits}${half ? 'h' : ''}`;
  const [values, scales] = m.tensors(
    [
      { name, type: 'uint8', shape: [experts, rows, (weight.columns * bits) / 8] },
      {
        name: `${name}.scales`,
        type: half ? 'float16' : 'float32',
        shape: [experts, rows, weight.columns / blockSize],
      },
    ],
    (write) => quantiseBlocks(weight, bits, write, half),
  );
  return { values, scales };
}

function biases(
  m: ModelWriter,
  experts: readonly FeedForwardSpec[],
  which: 'up' | 'down',
  inner: number,
  half: boolean,
): string {
  const all = experts.map((e) => e[which].bias);
  if (all.some((b) => b === undefined)) return '';
  const size = which === 'up' ? 2 * inner : experts[0].down.weight.rows;
  const vectors = all as Weight[];
  const rows: Weight = {
    name: `${vectors[0].name}.experts.${which}`,
    rows: vectors.length,
    columns: size,
    async read(from, to) {
      const out = new Float32Array((to - from) * size);
      for (let e = from; e < to; e++) {
        const bias = await vectors[e].read(0, 1);
        const row = out.subarray((e - from) * size, (e - from + 1) * size);
        if (which === 'down') row.set(bias);
        else
          for (let i = 0; i < bias.length / 2; i++) {
            row[2 * i] = bias[i];
            row[2 * i + 1] = bias[bias.length / 2 + i];
          }
      }
      return out;
    },
  };
  const name = m.float(rows, [rows.rows, size]);
  return half ? cast(m.graph, name, 'float16') : name;
}
