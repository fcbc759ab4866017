import type { Matrix } from '../base/matrix.ts';
import { throwIfCancelled } from '../base/errors.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import { findNeighbours } from './find-neighbours.ts';
import { KernelMemory } from './kernel-memory.ts';

/** hdbscan's leaf size 40, of which its Borůvka takes a third. */
export const leafSize = 13;

/** Node pairs between two looks at the cancel signal: some 20 ms. */
const steps = 100_000;

/** The edges of a spanning tree by length, as rows of the input. */
export interface Edges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly distance: Float64Array;
}

/**
 * The spanning tree of mutual reachability over the rows (at least two, finite), in O(n · minSamples) memory.
 * `approximate`, the reference's default, keeps node bounds from one Borůvka round to the next, so that a few edges are
 * longer than need be; without it the tree is minimal.
 */
export async function spanningTree(
  input: Matrix,
  minSamples: number,
  approximate: boolean,
  context: StageContext,
): Promise<{ edges: Edges; memory: KernelMemory }> {
  const started = performance.now();
  const report = (fraction: number, text: string): void => {
    const seconds = (performance.now() - started) / 1000;
    const secondsLeft = fraction > 0.1 && seconds > 0.5 ? (seconds / fraction) * (1 - fraction) : undefined;
    context.onProgress({ kind: 'progress', stage: 'cluster', fraction, text, secondsLeft });
  };
  const k = Math.min(minSamples, input.rows - 1) + 1;
  const memory = new KernelMemory(input, k, leafSize, approximate);
  const kernels = await findNeighbours(memory, context, (f) => report(0.05 + 0.5 * f, 'Core distances'));
  await breathe();
  kernels.startBoruvka();
  while (kernels.advanceBoruvka(steps) > 1) {
    throwIfCancelled(context.signal);
    report(0.55 + (0.35 * memory.edges) / (input.rows - 1), 'Spanning tree');
    await breathe();
  }
  kernels.sortEdges(memory.edges);
  throwIfCancelled(context.signal);
  await breathe();
  report(0.9, 'Condensed tree');
  const { order, edgeOrder, edgeFrom, edgeTo, edgeLength } = memory;
  const count = memory.edges;
  const edges = { from: new Int32Array(count), to: new Int32Array(count), distance: new Float64Array(count) };
  for (let i = 0; i < count; i++) {
    const e = edgeOrder[i];
    edges.from[i] = order[edgeFrom[e]];
    edges.to[i] = order[edgeTo[e]];
    edges.distance[i] = edgeLength[e];
  }
  return { edges, memory };
}
