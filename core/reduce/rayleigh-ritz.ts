import type { Random } from '../base/random.ts';
import { breather, rowsPerBreath } from './pace.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/** Directions of a block that are this much weaker than its strongest (squared) are lost in rounding. */
const lost = 1e-9;

/**
 * Turns a block of vectors [n × width] into the best eigenvectors within its span, orthonormal, largest eigenvalue first, given
 * its image under the symmetric operator (which is overwritten). Directions that were lost are drawn anew.
 * @returns the largest residual |Mx − λx| of the first `wanted`, and the smallest eigenvalue found
 */
export async function rayleighRitz(
  block: Float32Array,
  image: Float32Array,
  n: number,
  width: number,
  wanted: number,
  random: Random,
  signal: AbortSignal,
): Promise<{ residual: number; last: number }> {
  const breath = breather(signal);
  const gram = await products(block, block, n, width, breath);
  const whitening = symmetricEigen(gram, width);
  let rank = 0;
  while (rank < width && whitening.values[rank] > lost * whitening.values[0]) rank++;
  if (rank === 0) rank = 1;
  // Columns of T make the block orthonormal.
  const turn = new Float64Array(width * rank);
  for (let p = 0; p < width; p++)
    for (let c = 0; c < rank; c++)
      turn[p * rank + c] =
        whitening.vectors[p * width + c] / Math.sqrt(Math.max(whitening.values[c], Number.MIN_VALUE));
  const projected = congruent(await products(block, image, n, width, breath), turn, width, rank);
  const { values, vectors } = symmetricEigen(projected, rank);
  const whole = new Float64Array(width * width);
  for (let p = 0; p < width; p++)
    for (let c = 0; c < rank; c++)
      for (let q = 0; q < rank; q++) whole[p * width + c] += turn[p * rank + q] * vectors[q * rank + c];
  await multiplyRight(block, whole, n, width, breath);
  await multiplyRight(image, whole, n, width, breath);
  const residuals = new Float64Array(rank);
  for (let i = 0; i < n; i++)
    for (let c = 0; c < rank; c++)
      residuals[c] += (image[i * width + c] - values[c] * block[i * width + c]) ** 2;
  for (let c = rank; c < width; c++)
    for (let i = 0; i < n; i++) block[i * width + c] = (random.next() * 2 - 1) / Math.sqrt(n);
  const residual = rank < wanted ? Infinity : Math.sqrt(Math.max(...residuals.subarray(0, wanted)));
  return { residual, last: values[rank - 1] };
}

/** aᵀb of two blocks [n × width], made symmetric. */
async function products(
  a: Float32Array,
  b: Float32Array,
  n: number,
  width: number,
  breath: () => Promise<void>,
): Promise<Float64Array> {
  const out = new Float64Array(width * width);
  for (let i = 0; i < n; i++) {
    if (i % rowsPerBreath === 0) await breath();
    for (let p = 0; p < width; p++) {
      const x = a[i * width + p];
      for (let q = p; q < width; q++) out[p * width + q] += x * b[i * width + q];
    }
  }
  for (let p = 0; p < width; p++) for (let q = 0; q < p; q++) out[p * width + q] = out[q * width + p];
  return out;
}

/** tᵀ m t for t [width × rank]. */
function congruent(m: Float64Array, t: Float64Array, width: number, rank: number): Float64Array {
  const out = new Float64Array(rank * rank);
  for (let a = 0; a < rank; a++)
    for (let b = 0; b < rank; b++)
      for (let p = 0; p < width; p++)
        for (let q = 0; q < width; q++)
          out[a * rank + b] += t[p * rank + a] * m[p * width + q] * t[q * rank + b];
  return out;
}

/** block ← block · m, row by row. */
async function multiplyRight(
  block: Float32Array,
  m: Float64Array,
  n: number,
  width: number,
  breath: () => Promise<void>,
): Promise<void> {
  const old = new Float64Array(width);
  for (let i = 0; i < n; i++) {
    if (i % rowsPerBreath === 0) await breath();
    const at = i * width;
    for (let c = 0; c < width; c++) old[c] = block[at + c];
    for (let c = 0; c < width; c++) {
      let sum = 0;
      for (let p = 0; p < width; p++) sum += old[p] * m[p * width + c];
      block[at + c] = sum;
    }
  }
}
