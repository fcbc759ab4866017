import type { Weight } from '../checkpoint/weight.ts';
import type { WriteBytes } from './data-plan.ts';
import { toHalf } from './half.ts';
import { nearest } from './quantise-rows.ts';
import { slices } from './slices.ts';

/** Numbers that share a scale. */
export const blockSize = 32;

/**
 * Symmetric quantisation in blocks of 32 along a row, as MatMulNBits, QMoE and GatherBlockQuantized read it:
 * value ≈ (q − 2^(bits−1)) · scale, the low nibble first; a short last block is filled with zeros.
 * The number of largest magnitude becomes ±(2^(bits−1) − 1).
 * Writes the numbers to tensor 0 and the scales to tensor 1.
 */
export async function quantiseBlocks(
  weight: Weight,
  bits: 4 | 8,
  write: WriteBytes,
  halfScales = false,
): Promise<void> {
  const { columns } = weight;
  const blocks = Math.ceil(columns / blockSize);
  for await (const { from, to, block } of slices(weight)) {
    const rows = to - from;
    const q = new Uint8Array((rows * blocks * blockSize * bits) / 8);
    const scales = new Float32Array(rows * blocks);
    for (let r = 0; r < rows; r++)
      for (let b = 0; b < blocks; b++) {
        const start = r * columns + b * blockSize;
        const end = Math.min(start + blockSize, (r + 1) * columns);
        const at = r * blocks + b;
        scales[at] =
          bits === 4
            ? nibbles(block, start, end, q, at * (blockSize / 2))
            : bytes(block, start, end, q, at * blockSize);
      }
    await write(0, q);
    await write(1, halfScales ? toHalf(scales) : scales);
  }
}

/** The largest magnitude in a range. */
function largest(x: Float32Array, start: number, end: number): number {
  let most = 0;
  for (let i = start; i < end; i++) {
    const a = Math.abs(x[i]);
    if (a > most) most = a;
  }
  return most;
}

function nibbles(x: Float32Array, start: number, end: number, q: Uint8Array, at: number): number {
  const scale = Math.fround(largest(x, start, end) / 7);
  const by = scale === 0 ? 1 : scale;
  for (let i = start, o = at; i < start + blockSize; i += 2, o++) {
    const low = i < end ? nearest(x[i], by) + 8 : 8;
    const high = i + 1 < end ? nearest(x[i + 1], by) + 8 : 8;
    q[o] = low | (high << 4);
  }
  return scale;
}

function bytes(x: Float32Array, start: number, end: number, q: Uint8Array, at: number): number {
  const scale = Math.fround(largest(x, start, end) / 127);
  const by = scale === 0 ? 1 : scale;
  for (let i = 0; i < blockSize; i++) q[at + i] = start + i < end ? nearest(x[start + i], by) + 128 : 128;
  return scale;
}
