import { throwIfCancelled } from '../base/errors.ts';
import { zeros, type Matrix } from '../base/matrix.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import type { Random } from '../base/random.ts';
import type { FuzzyGraph } from '../stages.ts';
import { FilterSpace } from './filter-space.ts';
import { rayleighRitz } from './rayleigh-ritz.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

const degree = 12;
const mostFilters = 25;
/** Residual of a unit vector at which it is good enough to start a layout from: tighter ones make no layout better. */
const enough = 3e-3;
/** Graphs so small are solved densely. */
const fewVertices = 96;

/**
 * The `wanted` eigenvectors after the first of a connected graph's normalised Laplacian I − D^(−½) A D^(−½), smallest eigenvalue
 * first, each of unit length: [vertices × wanted]. Chebyshev-filtered subspace iteration (Zhou, Saad, Tiago & Chelikowsky 2006)
 * with Rayleigh–Ritz; the first eigenvector, proportional to the square root of the degrees, is known and kept out.
 * Needs at least wanted + 1 vertices.
 */
export async function laplacianVectors(
  graph: FuzzyGraph,
  wanted: number,
  random: Random,
  context: StageContext,
): Promise<Matrix> {
  const n = graph.offsets.length - 1;
  if (n <= Math.max(fewVertices, 4 * wanted)) return denseVectors(graph, wanted);
  // Some vectors more than wanted take up the slow end of the spectrum.
  const space = new FilterSpace(graph, Math.ceil((wanted + 2) / 4));
  const { width } = space;
  let [block, spare, other] = [0, 1, 2];
  const start = space.block(block);
  for (let i = 0; i < start.length; i++) start[i] = random.next() * 2 - 1;
  const run = async (step: Iterable<void>): Promise<void> => {
    let last = performance.now();
    for (const _ of step) {
      if (performance.now() - last < 30) continue;
      await breathe();
      throwIfCancelled(context.signal);
      last = performance.now();
    }
  };
  keepOut(space, space.block(block));
  // Every eigenvalue of D^(−½) A D^(−½) is in [−1, 1]; those in [−1, cut] are to be damped.
  let cut = 0.5;
  for (let round = 0; ; round++) {
    toWalk(space, space.block(block));
    const [half, centre] = [(cut + 1) / 2, (cut - 1) / 2];
    for (let step = 0; step < degree; step++) {
      await run(space.step(block, step === 0 ? -1 : spare, other, step === 0 ? 1 : 2, centre, half));
      [spare, block, other] = [block, other, spare];
    }
    await run(space.step(block, -1, spare, 1, 0, 1));
    fromWalk(space, space.block(block));
    fromWalk(space, space.block(spare));
    keepOut(space, space.block(block));
    keepOut(space, space.block(spare));
    const ritz = await rayleighRitz(
      space.block(block),
      space.block(spare),
      n,
      width,
      wanted,
      random,
      context.signal,
    );
    if (ritz.residual < enough || round === mostFilters) break;
    cut = Math.min(0.999, Math.max(-0.5, ritz.last));
    await breathe();
    throwIfCancelled(context.signal);
  }
  const found = space.block(block);
  const out = zeros(n, wanted);
  for (let i = 0; i < n; i++)
    for (let c = 0; c < wanted; c++) out.data[i * wanted + c] = found[i * width + c];
  return out;
}

/** Removes the first eigenvector, the unit vector along the roots of the degrees, from each column. */
function keepOut({ roots, width }: FilterSpace, block: Float32Array): void {
  const sums = new Float64Array(width);
  let total = 0;
  for (let i = 0, at = 0; i < roots.length; i++) {
    total += roots[i] * roots[i];
    for (let c = 0; c < width; c++) sums[c] += roots[i] * block[at++];
  }
  for (let i = 0, at = 0; i < roots.length; i++)
    for (let c = 0; c < width; c++) block[at++] -= (roots[i] * sums[c]) / total;
}

/** D⁻¹A and D^(−½) A D^(−½) have the same eigenvalues; D^(−½) takes vectors from the second to the first. */
function toWalk({ roots, width }: FilterSpace, block: Float32Array): void {
  for (let i = 0, at = 0; i < roots.length; i++) {
    const inverse = roots[i] > 0 ? 1 / roots[i] : 0;
    for (let c = 0; c < width; c++) block[at++] *= inverse;
  }
}

function fromWalk({ roots, width }: FilterSpace, block: Float32Array): void {
  for (let i = 0, at = 0; i < roots.length; i++) for (let c = 0; c < width; c++) block[at++] *= roots[i];
}

function denseVectors(graph: FuzzyGraph, wanted: number): Matrix {
  const n = graph.offsets.length - 1;
  const matrix = new Float64Array(n * n);
  const degrees = new Float64Array(n);
  for (let i = 0; i < n; i++)
    for (let e = graph.offsets[i]; e < graph.offsets[i + 1]; e++) degrees[i] += graph.weights[e];
  for (let i = 0; i < n; i++)
    for (let e = graph.offsets[i]; e < graph.offsets[i + 1]; e++) {
      const j = graph.targets[e];
      matrix[i * n + j] = graph.weights[e] / Math.sqrt(degrees[i] * degrees[j]);
    }
  const { vectors } = symmetricEigen(matrix, n);
  const out = zeros(n, wanted);
  for (let i = 0; i < n; i++)
    for (let c = 0; c < wanted; c++) out.data[i * wanted + c] = vectors[i * n + c + 1];
  return out;
}
