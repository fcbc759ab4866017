import type { Weight } from '../checkpoint/weight.ts';
import type { WriteBytes } from './data-plan.ts';
import { slices } from './slices.ts';

/** Adding and taking this off again rounds a double to an integer, ties to even. */
const rounder = 1.5 * 2 ** 52;

/** x / by as the nearest integer, ties to even, the quotient rounded to float32 first: bit for bit what PyTorch's round(x / by) gives. */
export function nearest(x: number, by: number): number {
  return Math.fround(x / by) + rounder - rounder;
}

/** One row as int8, symmetric: value ≈ q · scale with |q| ≤ 127. Returns the scale. */
export function quantiseRow(row: Float32Array, out: Int8Array): number {
  let most = 0;
  for (let i = 0; i < row.length; i++) {
    const a = Math.abs(row[i]);
    if (a > most) most = a;
  }
  const scale = Math.fround(most / 127);
  const by = scale > 0 ? scale : 1;
  for (let i = 0; i < row.length; i++) out[i] = nearest(row[i], by);
  return scale;
}

/** Writes int8 rows to tensor 0 and their scales to tensor 1. */
export async function quantiseRows(weight: Weight, write: WriteBytes): Promise<void> {
  const { columns } = weight;
  for await (const { from, to, block } of slices(weight)) {
    const q = new Int8Array(block.length);
    const scales = new Float32Array(to - from);
    for (let r = 0; r < to - from; r++)
      scales[r] = quantiseRow(
        block.subarray(r * columns, (r + 1) * columns),
        q.subarray(r * columns, (r + 1) * columns),
      );
    await write(0, q);
    await write(1, scales);
  }
}

/**
 * The same transposed, [columns, rows], as MatMulInteger wants its second factor: written when all rows are done,
 * so the int8 numbers (a quarter of the float32 weight) are held at once.
 */
export async function quantiseRowsTransposed(weight: Weight, write: WriteBytes): Promise<void> {
  const { rows, columns } = weight;
  const q = new Int8Array(rows * columns);
  const scales = new Float32Array(rows);
  // Rows are turned so many at a time that what is written lies together: byte by byte every one would miss the cache.
  const lines = Array.from({ length: 64 }, () => new Int8Array(columns));
  for await (const { from, to, block } of slices(weight))
    for (let r = from; r < to; r += lines.length) {
      const count = Math.min(lines.length, to - r);
      for (let i = 0; i < count; i++)
        scales[r + i] = quantiseRow(
          block.subarray((r + i - from) * columns, (r + i + 1 - from) * columns),
          lines[i],
        );
      for (let c = 0; c < columns; c++)
        for (let i = 0, at = c * rows + r; i < count; i++, at++) q[at] = lines[i][c];
    }
  await write(0, q);
  await write(1, scales);
}
