import type { Device } from './write/model-writer.ts';

/** Operators that a graph may use on every provider that is a program on a GPU or CPU of its own. */
const everywhere = [
  ':Abs :Add :Cast :Ceil :Clip :Concat :Cos :CumSum :Div :Equal :Exp :Expand :Floor :Gather :Gelu :Greater :GreaterOrEqual :Identity',
  ':LayerNormalization :LeakyRelu :Less :LessOrEqual :Log :MatMul :Max :Min :Mul :Neg :Pow :ReduceMax :ReduceMin :ReduceSum :Relu',
  ':Reshape :Sigmoid :SimplifiedLayerNormalization :Sin :Slice :Softmax :Softplus :Split :Squeeze :Sub :Tanh :TopK :Transpose :Unsqueeze :Where',
  'com.microsoft:MatMulNBits',
];

/**
 * The operators that a graph for a provider may consist of, `domain:type`; a test holds the built graphs against it.
 *
 * - `cpu`, `cuda`, `dml`: ONNX Runtime docs/OperatorKernels.md (QMoE: on CUDA for half precision alone, on DirectML not at all).
 * - `webgpu`: the kernels that onnxruntime-node 1.30 registers; found by loading graphs with the CPU's help forbidden. Shape and NonZero
 *   stay on the CPU (JetMoE's attention and dense encoders use them; the runtime places them there by itself).
 * - `coreml`: docs/execution-providers/CoreML-ExecutionProvider.md lists fewer; the rest of `everywhere` runs on the CPU beside it, which the
 *   runtime arranges, and no mixture operator or integer product is among it.
 */
export const providerOperators: Readonly<Record<Device, ReadonlySet<string>>> = {
  cpu: listed(
    ...everywhere,
    ':NonZero :QuantizeLinear :Range :ScatterElements :Shape com.microsoft:BiasGelu com.microsoft:GatherBlockQuantized',
    'com.microsoft:GroupQueryAttention com.microsoft:MatMulIntegerToFloat com.microsoft:QMoE com.microsoft:QuickGelu com.microsoft:RotaryEmbedding',
  ),
  webgpu: listed(...everywhere, ':NonZero :Shape com.microsoft:GatherBlockQuantized'),
  cuda: listed(...everywhere, ':NonZero :Shape com.microsoft:GatherBlockQuantized com.microsoft:QMoE'),
  dml: listed(...everywhere, ':NonZero :Shape'),
  coreml: listed(
    ...everywhere.map((line) => line.replace(':SimplifiedLayerNormalization ', '')),
    ':NonZero :ReduceMean :Shape :Sqrt',
  ),
};

/** Families whose graphs for WebGPU need operators on shapes or conditions, which run on the CPU. */
export const needsCpuOnWebGpu: readonly string[] = ['bert', 'bert-moe', 'jetmoe'];

function listed(...lines: string[]): ReadonlySet<string> {
  return new Set(lines.join(' ').split(' '));
}
