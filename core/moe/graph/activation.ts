import { ModelError } from '../../base/errors.ts';
import type { GraphBuilder } from '../../onnx/graph.ts';
import type { ModelWriter } from '../write/model-writer.ts';

/** `hidden_act` of a configuration, as transformers names them (activations.py, ACT2FN). */
const names = {
  silu: silu,
  swish: silu,
  gelu: (g: GraphBuilder, x: string) => g.op('Gelu', [x]),
  gelu_python: (g: GraphBuilder, x: string) => g.op('Gelu', [x]),
  gelu_new: geluTanh,
  gelu_pytorch_tanh: geluTanh,
  gelu_fast: geluTanh,
  gelu_accurate: geluTanh,
  quick_gelu: (g: GraphBuilder, x: string) =>
    g.op('Mul', [x, g.op('Sigmoid', [g.op('Mul', [x, g.float32(1.702)])])]),
  relu: (g: GraphBuilder, x: string) => g.op('Relu', [x]),
  relu2: squaredRelu,
  relu6: (g: GraphBuilder, x: string) => g.op('Clip', [x, g.float32(0), g.float32(6)]),
  leaky_relu: (g: GraphBuilder, x: string) => g.op('LeakyRelu', [x], { alpha: { float: 0.01 } }),
  sigmoid: (g: GraphBuilder, x: string) => g.op('Sigmoid', [x]),
  tanh: (g: GraphBuilder, x: string) => g.op('Tanh', [x]),
  mish: (g: GraphBuilder, x: string) => g.op('Mul', [x, g.op('Tanh', [g.op('Softplus', [x])])]),
  linear: (_: GraphBuilder, x: string) => x,
} satisfies Record<string, (g: GraphBuilder, x: string) => string>;

export type Activation = keyof typeof names;

/** The activation that a configuration names. @throws ModelError when it is none that is known. */
export function activationOf(name: string): Activation {
  if (Object.hasOwn(names, name)) return name as Activation;
  throw new ModelError(
    `config.json asks for the activation ${JSON.stringify(name)}, which MoETopic does not know; it knows ${Object.keys(names).join(', ')}.`,
  );
}

export function activate(m: ModelWriter, x: string, activation: Activation): string {
  // x · sigmoid(x) in one pass; ONNX Runtime would find that by itself, but not at the level of optimisation that opens large models sooner.
  if (m.device === 'cpu' && names[activation] === silu)
    return m.graph.ms('QuickGelu', [x], { alpha: { float: 1 } });
  return names[activation](m.graph, x);
}

function silu(g: GraphBuilder, x: string): string {
  return g.op('Mul', [x, g.op('Sigmoid', [x])]);
}

function geluTanh(g: GraphBuilder, x: string): string {
  return g.op('Gelu', [x], { approximate: 'tanh' });
}

function squaredRelu(g: GraphBuilder, x: string): string {
  const r = g.op('Relu', [x]);
  return g.op('Mul', [r, r]);
}
