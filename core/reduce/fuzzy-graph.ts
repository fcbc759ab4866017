import type { FuzzyGraph, Neighbours } from '../stages.ts';
import { breather, rowsPerBreath } from './pace.ts';
import { memberships, smoothDistances } from './smooth-distances.ts';

/**
 * The fuzzy union of every point's own neighbourhood: w(i,j) + w(j,i) − w(i,j)·w(j,i), umap-learn's `fuzzy_simplicial_set` with
 * set_op_mix_ratio 1. Time and memory are linear in the number of neighbours; targets of a row ascend.
 */
export async function fuzzyGraph(
  neighbours: Neighbours,
  rows: number,
  signal: AbortSignal,
): Promise<FuzzyGraph> {
  const smooth = await smoothDistances(neighbours, neighbours.k + 1, true, signal);
  const weights = await memberships(neighbours, smooth, signal);
  return unite(directedGraph(neighbours, rows, weights), signal);
}

/** Neighbour lists as a sparse matrix whose rows are sorted by target. */
function directedGraph(neighbours: Neighbours, n: number, weights: Float32Array): FuzzyGraph {
  const { k, indices } = neighbours;
  const targets = indices.slice();
  const sorted = weights.slice();
  for (let i = 0; i < n; i++) sortRow(targets, sorted, i * k, (i + 1) * k);
  return { offsets: Int32Array.from({ length: n + 1 }, (_, i) => i * k), targets, weights: sorted };
}

/** Insertion sort: rows are short. */
function sortRow(targets: Int32Array, weights: Float32Array, from: number, to: number): void {
  for (let e = from + 1; e < to; e++) {
    const [target, weight] = [targets[e], weights[e]];
    let at = e;
    for (; at > from && targets[at - 1] > target; at--) {
      targets[at] = targets[at - 1];
      weights[at] = weights[at - 1];
    }
    targets[at] = target;
    weights[at] = weight;
  }
}

/** The transpose by counting; rows come out sorted because sources are visited in order. */
function transpose(graph: FuzzyGraph): FuzzyGraph {
  const n = graph.offsets.length - 1;
  const offsets = new Int32Array(n + 1);
  for (const t of graph.targets) offsets[t + 1]++;
  for (let i = 0; i < n; i++) offsets[i + 1] += offsets[i];
  const fill = offsets.slice();
  const targets = new Int32Array(graph.targets.length);
  const weights = new Float32Array(graph.targets.length);
  for (let i = 0; i < n; i++)
    for (let e = graph.offsets[i]; e < graph.offsets[i + 1]; e++) {
      const at = fill[graph.targets[e]]++;
      targets[at] = i;
      weights[at] = graph.weights[e];
    }
  return { offsets, targets, weights };
}

/** Merges a directed graph with its transpose by the fuzzy union; entries of weight 0 are dropped. */
export async function unite(graph: FuzzyGraph, signal: AbortSignal): Promise<FuzzyGraph> {
  const breath = breather(signal);
  const back = transpose(graph);
  await breath();
  const n = graph.offsets.length - 1;
  const offsets = new Int32Array(n + 1);
  const targets = new Int32Array(2 * graph.targets.length);
  const weights = new Float32Array(2 * graph.targets.length);
  let size = 0;
  for (let i = 0; i < n; i++) {
    if (i % rowsPerBreath === 0) await breath();
    let [p, q] = [graph.offsets[i], back.offsets[i]];
    const [pEnd, qEnd] = [graph.offsets[i + 1], back.offsets[i + 1]];
    while (p < pEnd || q < qEnd) {
      const there = p < pEnd ? graph.targets[p] : Infinity;
      const here = q < qEnd ? back.targets[q] : Infinity;
      const forward = there <= here ? graph.weights[p++] : 0;
      const backward = here <= there ? back.weights[q++] : 0;
      const weight = forward + backward - forward * backward;
      if (weight === 0) continue;
      targets[size] = Math.min(there, here);
      weights[size++] = weight;
    }
    offsets[i + 1] = size;
  }
  return { offsets, targets: targets.slice(0, size), weights: weights.slice(0, size) };
}

/** Drops the edges that a layout of so many epochs would never sample: those under the strongest weight / epochs. */
export function pruneGraph(graph: FuzzyGraph, epochs: number): FuzzyGraph {
  let strongest = 0;
  for (const w of graph.weights) if (w > strongest) strongest = w;
  const least = strongest / epochs;
  const n = graph.offsets.length - 1;
  const offsets = new Int32Array(n + 1);
  let size = 0;
  for (const w of graph.weights) if (w >= least) size++;
  const [targets, weights] = [new Int32Array(size), new Float32Array(size)];
  let at = 0;
  for (let i = 0; i < n; i++) {
    for (let e = graph.offsets[i]; e < graph.offsets[i + 1]; e++) {
      if (graph.weights[e] < least) continue;
      targets[at] = graph.targets[e];
      weights[at++] = graph.weights[e];
    }
    offsets[i + 1] = at;
  }
  return { offsets, targets, weights };
}
