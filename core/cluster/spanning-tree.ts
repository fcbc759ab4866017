import type { Matrix } from '../base/matrix.ts';
import { throwIfCancelled } from '../base/errors.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import { Boruvka } from './boruvka.ts';
import { buildKdTree } from './kd-tree.ts';
import type { Edges } from './linkage.ts';
import { nearestPoints } from './neighbours.ts';

export interface SpanningTree {
  readonly edges: Edges;
  /** Distance of each row to its minSamples-th neighbour, itself not counted. */
  readonly coreDistances: Float64Array;
}

/** hdbscan's leaf size 40, of which its Borůvka takes a third. */
const leafSize = 13;

/** The spanning tree of mutual reachability over the rows (at least two, finite), in O(n · minSamples) memory. */
export async function spanningTree(
  input: Matrix,
  minSamples: number,
  approximate: boolean,
  context: StageContext,
): Promise<SpanningTree> {
  const report = (fraction: number, text: string): void =>
    context.onProgress({ kind: 'progress', stage: 'cluster', fraction, text });
  report(0, 'Building the k-d tree');
  const tree = buildKdTree(input, leafSize);
  const k = Math.min(minSamples, input.rows - 1) + 1;
  const nearest = {
    k,
    indices: new Int32Array(input.rows * k),
    distances: new Float64Array(input.rows * k),
  };
  const step = 2000;
  for (let from = 0; from < input.rows; from += step) {
    throwIfCancelled(context.signal);
    nearestPoints(tree, nearest, from, Math.min(input.rows, from + step));
    report(0.05 + (0.55 * from) / input.rows, 'Core distances');
    await breathe();
  }
  const boruvka = new Boruvka(tree, nearest, approximate);
  while (!boruvka.advance(20_000)) {
    throwIfCancelled(context.signal);
    report(0.6 + 0.3 * boruvka.fraction, 'Spanning tree');
    await breathe();
  }
  const coreDistances = new Float64Array(input.rows);
  for (let p = 0; p < input.rows; p++)
    coreDistances[tree.order[p]] = Math.sqrt(nearest.distances[p * k + k - 1]);
  return { edges: boruvka.result(), coreDistances };
}
