import type { Weight } from '../checkpoint/weight.ts';
import type { ModelWriter } from './model-writer.ts';
import { blockSize, quantiseBlocks } from './quantise-blocks.ts';

/** A product with weights in blocks of 32: MatMulNBits, which CPU, WebGPU, CUDA and DirectML have. */
export function linearBlocks(m: ModelWriter, x: string, weight: Weight, bits: 4 | 8): string {
  const blocks = Math.ceil(weight.columns / blockSize);
  const [values, scales] = m.tensors(
    [
      {
        name: `${weight.name}.b${bits}`,
        type: 'uint8',
        shape: [weight.rows, blocks, (blockSize * bits) / 8],
      },
      { name: `${weight.name}.b${bits}s`, type: 'float32', shape: [weight.rows * blocks] },
    ],
    (write) => quantiseBlocks(weight, bits, write),
  );
  return m.graph.ms('MatMulNBits', [x, values, scales], {
    K: weight.columns,
    N: weight.rows,
    bits,
    block_size: blockSize,
  });
}

export function linearInt4(m: ModelWriter, x: string, weight: Weight): string {
  return linearBlocks(m, x, weight, 4);
}
