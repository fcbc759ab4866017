import type { Neighbours } from '../stages.ts';
import { breather, rowsPerBreath } from './pace.ts';

const tolerance = 1e-5;
const iterations = 64;
const smallestScale = 1e-3;

/** Each point's own ruler: the distance to its nearest neighbour (`rho`) and the scale beyond it (`sigma`). */
export interface SmoothDistances {
  readonly sigmas: Float32Array;
  readonly rhos: Float32Array;
}

/**
 * Finds for each point the scale at which the memberships of its neighbours add up to log2(neighbourhood): umap-learn's
 * `smooth_knn_dist` with 64 bisections (McInnes, Healy & Melville 2018, algorithm 3).
 * @param neighbourhood the size that is aimed at; counts the point itself when the neighbours are its own corpus
 * @param connected whether the nearest neighbour at a distance above 0 is fully connected (local connectivity 1); when new points
 *   are placed among known ones it is not, and the point isn't a neighbour of itself
 */
export async function smoothDistances(
  neighbours: Neighbours,
  neighbourhood: number,
  connected: boolean,
  signal: AbortSignal,
): Promise<SmoothDistances> {
  const { k, distances } = neighbours;
  const n = k === 0 ? 0 : distances.length / k;
  const [sigmas, rhos] = [new Float32Array(n), new Float32Array(n)];
  const target = Math.log2(neighbourhood);
  // The reference's means include a point's distance 0 to itself.
  const width = connected ? k + 1 : k;
  const first = connected ? 0 : 1;
  let total = 0;
  for (const d of distances) total += d;
  const mean = total / (n * width);
  const breath = breather(signal);
  for (let i = 0; i < n; i++) {
    if (i % rowsPerBreath === 0) await breath();
    const own = distances.subarray(i * k, (i + 1) * k);
    if (connected) rhos[i] = own.find((d) => d > 0) ?? 0;
    const sigma = bisect(own, rhos[i], target, first);
    let sum = 0;
    for (const d of own) sum += d;
    sigmas[i] = Math.max(sigma, smallestScale * (rhos[i] > 0 ? sum / width : mean));
  }
  return { sigmas, rhos };
}

function bisect(own: Float32Array, rho: number, target: number, first: number): number {
  let [low, high, middle] = [0, Infinity, 1];
  for (let step = 0; step < iterations; step++) {
    let sum = 0;
    for (let j = first; j < own.length; j++) {
      const d = own[j] - rho;
      sum += d > 0 ? Math.exp(-d / middle) : 1;
    }
    if (Math.abs(sum - target) < tolerance) break;
    if (sum > target) {
      high = middle;
      middle = (low + high) / 2;
    } else {
      low = middle;
      middle = high === Infinity ? middle * 2 : (low + high) / 2;
    }
  }
  return middle;
}

/** How strongly each neighbour belongs: 1 up to rho, then falling exponentially with the point's scale. Same shape as the neighbours. */
export async function memberships(
  neighbours: Neighbours,
  smooth: SmoothDistances,
  signal: AbortSignal,
): Promise<Float32Array> {
  const { k, distances } = neighbours;
  const out = new Float32Array(distances.length);
  const breath = breather(signal);
  for (let i = 0; i * k < out.length; i++) {
    if (i % rowsPerBreath === 0) await breath();
    for (let e = i * k; e < (i + 1) * k; e++) {
      const beyond = distances[e] - smooth.rhos[i];
      out[e] = beyond <= 0 || smooth.sigmas[i] === 0 ? 1 : Math.exp(-beyond / smooth.sigmas[i]);
    }
  }
  return out;
}
