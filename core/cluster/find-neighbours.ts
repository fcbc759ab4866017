import { ResourceError, throwIfCancelled } from '../base/errors.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import { instantiate, kernelModule, mostThreads, type KernelMemory, type Kernels } from './kernel-memory.ts';
import { piecesOf, searchLeaves, type SearchJob } from './leaf-search.ts';
import { takeThreads } from './threads.ts';

/** Below this many rows the neighbours are found before a thread has woken up. */
const rowsForThreads = 4000;

/** Milliseconds of work between two looks at the cancel signal. */
const slice = 25;

/** Progress of one part of the work, as a fraction of that part. */
export type Report = (fraction: number) => void;

/** Builds the k-d tree and leaves every point's k nearest in the memory; the result doesn't depend on the threads. */
export async function findNeighbours(
  memory: KernelMemory,
  context: StageContext,
  report: Report,
): Promise<Kernels> {
  const module = await kernelModule();
  const kernels = await instantiate(module, memory.memory);
  await buildTree(memory, kernels, context);
  const threads = memory.rows < rowsForThreads ? 1 : Math.min(context.threads, mostThreads);
  const job = (thread: number): SearchJob => ({
    module,
    memory: memory.memory,
    counters: memory.counters,
    leaves: memory.leaves,
    leavesPerPiece: Math.max(1, Math.min(64, memory.leaves >> 7)),
    stack: memory.stack(thread),
  });
  Atomics.store(memory.counters, 0, 0);
  Atomics.store(memory.counters, 1, 0);
  const crew = takeThreads(threads - 1);
  try {
    crew.members.forEach((worker, i) => worker.postMessage(job(i + 1)));
    const own = job(0);
    const pieces = piecesOf(own);
    let rest = performance.now() + slice;
    let busy = true;
    while (Atomics.load(memory.counters, 1) < pieces) {
      if (busy) busy = searchLeaves(kernels, own);
      else if (crew.failed())
        throw new ResourceError(
          'A clustering thread ended before its work was done; run it again with --threads 1.',
        );
      if (busy && performance.now() < rest) continue;
      throwIfCancelled(context.signal);
      report(Atomics.load(memory.counters, 1) / pieces);
      await breathe();
      rest = performance.now() + slice;
    }
  } finally {
    // After a cancel nobody takes another piece.
    Atomics.store(memory.counters, 0, 0x3fffffff);
    crew.release();
  }
  return kernels;
}

/** Node by node: upper nodes one at a time, the many small ones below in batches. */
async function buildTree(memory: KernelMemory, kernels: Kernels, context: StageContext): Promise<void> {
  const { nodes, leaves } = memory;
  let rest = performance.now() + slice;
  const pause = async (): Promise<void> => {
    if (performance.now() < rest) return;
    throwIfCancelled(context.signal);
    await breathe();
    rest = performance.now() + slice;
  };
  for (let level = 0, first = 0; first < nodes; level++, first = 2 * first + 1) {
    const batch = Math.max(1, (2 ** level) >> 6);
    for (let node = first; node < 2 * first + 1; node += batch) {
      kernels.buildNodes(node, Math.min(2 * first + 1, node + batch));
      await pause();
    }
  }
  for (let leaf = 0; leaf < leaves; leaf += 1024) {
    kernels.fillLeaves(leaf, Math.min(leaves, leaf + 1024));
    await pause();
  }
}
