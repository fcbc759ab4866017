import { parentPort, workerData } from 'node:worker_threads';
import { HDBSCAN } from 'hdbscan-ts';

const { rows, minClusterSize, minSamples } = workerData as {
  rows: number[][];
  minClusterSize: number;
  minSamples: number;
};
const engine = new HDBSCAN({ minClusterSize, minSamples });
const labels = engine.fit(rows);
parentPort?.postMessage({ labels, probabilities: engine.probabilities_ });
