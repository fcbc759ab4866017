import { parentPort, workerData } from 'node:worker_threads';
import { UMAP } from 'umap-js';
import { Random } from '../base/random.ts';
import type { Neighbours } from '../stages.ts';

/** What the library is given. It works on arrays of arrays and can't be interrupted, hence a thread of its own. */
export interface UmapJsJob {
  readonly neighbours: Neighbours;
  readonly rows: number;
  readonly dimensions: number;
  readonly minDist: number;
  readonly spread: number;
  readonly epochs: number;
  readonly seed: number;
}

const job = workerData as UmapJsJob;
const random = new Random(job.seed);
const umap = new UMAP({
  nNeighbors: job.neighbours.k + 1,
  nComponents: job.dimensions,
  minDist: job.minDist,
  spread: job.spread,
  nEpochs: job.epochs,
  random: () => random.next(),
});
const { k, indices, distances } = job.neighbours;
const rowsOf = (values: Int32Array | Float32Array, own: (i: number) => number): number[][] =>
  Array.from({ length: job.rows }, (_, i) => [own(i), ...values.subarray(i * k, (i + 1) * k)]);
umap.setPrecomputedKNN(
  rowsOf(indices, (i) => i),
  rowsOf(distances, () => 0),
);
// The data itself is only counted once the neighbours are given.
const epochs = umap.initializeFit(Array.from({ length: job.rows }, (_, i) => [i]));
for (let epoch = 0; epoch < epochs; epoch++) {
  umap.step();
  if (epoch % 10 === 0) parentPort?.postMessage({ epoch, epochs });
}
parentPort?.postMessage({ data: Float32Array.from(umap.getEmbedding().flat()) });
