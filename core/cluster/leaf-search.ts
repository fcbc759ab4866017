import type { Kernels } from './kernel-memory.ts';

/** The search for nearest neighbours as threads share it: whoever is free takes the next few leaves. */
export interface SearchJob {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly counters: Int32Array;
  readonly leaves: number;
  readonly leavesPerPiece: number;
  /** This thread's room in the memory. */
  readonly stack: number;
}

export function piecesOf(job: SearchJob): number {
  return Math.ceil(job.leaves / job.leavesPerPiece);
}

/** Takes one piece and searches it; false when there is none left. */
export function searchLeaves(kernels: Kernels, job: SearchJob): boolean {
  const piece = Atomics.add(job.counters, 0, 1);
  if (piece >= piecesOf(job)) return false;
  const from = piece * job.leavesPerPiece;
  kernels.nearest(from, Math.min(job.leaves, from + job.leavesPerPiece), job.stack);
  Atomics.add(job.counters, 1, 1);
  return true;
}
