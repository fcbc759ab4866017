import type { Matrix } from '../base/matrix.ts';
import type { Curve } from './curve.ts';
import type { LayoutSpace } from './layout-space.ts';
import type { LayoutThreads } from './layout-threads.ts';

export interface LayoutOptions {
  readonly epochs: number;
  /** Learning rate at the start; it falls linearly to 0. */
  readonly alpha: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly report: (epoch: number) => void;
}

/**
 * Moves points so that the curve over their distances fits the graph's weights: umap-learn's stochastic gradient descent with
 * negative sampling (5 a sample) and the same schedule, an edge of weight w being sampled every strongest/w epochs.
 * @param fixed positions that new points are placed among; null when the points are laid out among themselves
 * @returns positions [points × dimensions]
 */
export async function layOut(
  space: LayoutSpace,
  threads: LayoutThreads,
  start: Matrix,
  fixed: Matrix | null,
  curve: Curve,
  options: LayoutOptions,
): Promise<Matrix> {
  const { epochs, alpha, seed, signal, report } = options;
  const job = space.prepare(start, fixed, curve, { epochs, alpha, seed, threads: threads.threads });
  await threads.run(job, signal, report);
  report(epochs);
  return space.read(start.columns);
}
