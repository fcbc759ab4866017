import { throwIfCancelled } from '../base/errors.ts';
import { zeros, type Matrix } from '../base/matrix.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import type { Random } from '../base/random.ts';
import type { FuzzyGraph } from '../stages.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/** Vectors beyond those wanted; they take up the slow end of the spectrum. */
const guards = 3;
const degree = 12;
const mostFilters = 25;
/** Residual of a unit vector at which it is good enough to start a layout from (eigsh gets 1e-4 in the reference). */
const enough = 1e-3;

/**
 * The `wanted` eigenvectors after the first of a connected graph's normalised Laplacian I − D^(−½) A D^(−½), smallest eigenvalue
 * first, each of unit length: [vertices × wanted]. Chebyshev-filtered subspace iteration (Zhou, Saad, Tiago & Chelikowsky 2006)
 * with Rayleigh–Ritz; the first eigenvector, proportional to the square root of the degrees, is known and kept out.
 * Needs at least wanted + 2 vertices.
 */
export async function laplacianVectors(
  graph: FuzzyGraph,
  wanted: number,
  random: Random,
  context: StageContext,
): Promise<Matrix> {
  const n = graph.offsets.length - 1;
  const width = Math.min(wanted + guards, n - 1);
  const operator = normalisedAdjacency(graph, width);
  let block = new Float32Array(n * width).map(() => random.next() * 2 - 1);
  let [spare, other] = [new Float32Array(n * width), new Float32Array(n * width)];
  operator.keepFrom(block);
  orthonormalise(block, n, width);
  // Every eigenvalue of D^(−½) A D^(−½) is in [−1, 1]; those in [−1, cut] are to be damped.
  let cut = 0.5;
  for (let round = 0; round < mostFilters; round++) {
    for (let step = 0; step < degree; step++) {
      throwIfCancelled(context.signal);
      chebyshevStep(operator, block, spare, other, cut, step);
      [spare, block, other] = [block, other, spare];
      if (step % 4 === 3) await breathe();
    }
    operator.keepFrom(block);
    orthonormalise(block, n, width);
    const { values, residual } = rayleighRitz(operator, block, spare, n, width, wanted);
    if (residual < enough) break;
    cut = Math.min(0.999, Math.max(-0.5, values[width - 1]));
  }
  const out = zeros(n, wanted);
  for (let i = 0; i < n; i++)
    for (let c = 0; c < wanted; c++) out.data[i * wanted + c] = block[i * width + c];
  return out;
}

interface Operator {
  /** y ← D^(−½) A D^(−½) x, for blocks [vertices × width]. */
  multiply(x: Float32Array, y: Float32Array): void;
  /** Removes the known first eigenvector from each column. */
  keepFrom(x: Float32Array): void;
}

function normalisedAdjacency(graph: FuzzyGraph, width: number): Operator {
  const { offsets, targets, weights } = graph;
  const n = offsets.length - 1;
  const degrees = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let e = offsets[i]; e < offsets[i + 1]; e++) degrees[i] += weights[e];
  const total = Math.sqrt(degrees.reduce((sum, d) => sum + d, 0));
  const first = Float32Array.from(degrees, (d) => Math.sqrt(d) / total);
  const inverse = degrees.map((d) => (d > 0 ? 1 / Math.sqrt(d) : 0));
  const scaled = new Float32Array(weights.length);
  for (let i = 0; i < n; i++)
    for (let e = offsets[i]; e < offsets[i + 1]; e++)
      scaled[e] = weights[e] * inverse[i] * inverse[targets[e]];
  const sums = new Float64Array(width);
  return {
    multiply: (x, y) => {
      for (let i = 0; i < n; i++) {
        sums.fill(0);
        for (let e = offsets[i]; e < offsets[i + 1]; e++) {
          const weight = scaled[e];
          const from = targets[e] * width;
          for (let c = 0; c < width; c++) sums[c] += weight * x[from + c];
        }
        y.set(sums, i * width);
      }
    },
    keepFrom: (x) => {
      sums.fill(0);
      for (let i = 0; i < n; i++) for (let c = 0; c < width; c++) sums[c] += first[i] * x[i * width + c];
      for (let i = 0; i < n; i++) for (let c = 0; c < width; c++) x[i * width + c] -= first[i] * sums[c];
    },
  };
}

/** next ← 2·M·current − previous (M·current at step 0), with M the operator moved so that [−1, cut] becomes [−1, 1]. */
function chebyshevStep(
  operator: Operator,
  current: Float32Array,
  previous: Float32Array,
  next: Float32Array,
  cut: number,
  step: number,
): void {
  const [half, centre] = [(cut + 1) / 2, (cut - 1) / 2];
  const factor = step === 0 ? 1 : 2;
  operator.multiply(current, next);
  for (let i = 0; i < next.length; i++) {
    const moved = (factor * (next[i] - centre * current[i])) / half;
    next[i] = step === 0 ? moved : moved - previous[i];
  }
}

/** Modified Gram–Schmidt, twice, on the columns of [n × width]; a column that vanishes is replaced by a unit vector's remainder. */
function orthonormalise(block: Float32Array, n: number, width: number): void {
  for (let c = 0; c < width; c++)
    for (let pass = 0; pass < 2; pass++) {
      for (let p = 0; p < c; p++) {
        let dot = 0;
        for (let i = 0; i < n; i++) dot += block[i * width + p] * block[i * width + c];
        for (let i = 0; i < n; i++) block[i * width + c] -= dot * block[i * width + p];
      }
      let squared = 0;
      for (let i = 0; i < n; i++) squared += block[i * width + c] ** 2;
      const scale = squared > 1e-30 ? 1 / Math.sqrt(squared) : 0;
      for (let i = 0; i < n; i++)
        block[i * width + c] = scale > 0 ? block[i * width + c] * scale : i === c ? 1 : 0;
    }
}

/** Turns the block into the best eigenvectors within its span, largest eigenvalue first; the largest residual of those wanted. */
function rayleighRitz(
  operator: Operator,
  block: Float32Array,
  image: Float32Array,
  n: number,
  width: number,
  wanted: number,
): { values: Float64Array; residual: number } {
  operator.multiply(block, image);
  const projected = new Float64Array(width * width);
  for (let i = 0; i < n; i++)
    for (let p = 0; p < width; p++) {
      const x = block[i * width + p];
      for (let q = p; q < width; q++) projected[p * width + q] += x * image[i * width + q];
    }
  for (let p = 0; p < width; p++)
    for (let q = 0; q < p; q++) projected[p * width + q] = projected[q * width + p];
  const { values, vectors } = symmetricEigen(projected, width);
  const residuals = new Float64Array(width);
  const [old, moved] = [new Float64Array(width), new Float64Array(width)];
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < width; c++) [old[c], moved[c]] = [block[i * width + c], image[i * width + c]];
    for (let c = 0; c < width; c++) {
      let [x, y] = [0, 0];
      for (let p = 0; p < width; p++) {
        x += old[p] * vectors[p * width + c];
        y += moved[p] * vectors[p * width + c];
      }
      block[i * width + c] = x;
      residuals[c] += (y - values[c] * x) ** 2;
    }
  }
  return { values, residual: Math.sqrt(Math.max(...residuals.subarray(0, wanted))) };
}
