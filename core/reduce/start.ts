import { row, zeros, type Matrix } from '../base/matrix.ts';
import type { StageContext } from '../base/progress.ts';
import type { Random } from '../base/random.ts';
import type { FuzzyGraph } from '../stages.ts';
import { connectedComponents, subgraph } from './components.ts';
import { laplacianVectors } from './spectral.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/** More components than this are placed at random: relating them would take time of order components³. */
const mostRelated = 256;

/**
 * Where the layout starts: the graph's Laplacian eigenvectors, [vertices × dimensions], as umap-learn's `spectral_layout`.
 * Several connected components are each laid out on their own around a place of their own: on the axes when there are few, by the
 * affinity of their centroids when there are many. Tiny components, and tiny graphs, start at random.
 */
export async function spectralStart(
  graph: FuzzyGraph,
  data: Matrix,
  dimensions: number,
  random: Random,
  context: StageContext,
): Promise<Matrix> {
  const n = graph.offsets.length - 1;
  const { labels, count } = connectedComponents(graph);
  if (n <= dimensions + 1) return uniform(n, dimensions, 10, random);
  if (count === 1) return laplacianVectors(graph, dimensions, random, context);
  const places = placesOfComponents(data, labels, count, dimensions, random);
  const out = zeros(n, dimensions);
  const place = new Int32Array(n);
  for (const [label, members] of membersOf(labels, count).entries()) {
    const room = roomAround(places, label);
    const size = members.length;
    const inner =
      size < 2 * dimensions || size <= dimensions + 1
        ? uniform(size, dimensions, room, random)
        : fit(await laplacianVectors(subgraph(graph, members, place), dimensions, random, context), room);
    for (let v = 0; v < size; v++)
      for (let c = 0; c < dimensions; c++)
        out.data[members[v] * dimensions + c] =
          inner.data[v * dimensions + c] + places.data[label * dimensions + c];
  }
  return out;
}

/** The leading coordinates of a start: fewer eigenvectors of the same graph. */
export function firstColumns(m: Matrix, columns: number): Matrix {
  if (columns === m.columns) return m;
  const out = zeros(m.rows, columns);
  for (let r = 0; r < m.rows; r++) out.data.set(row(m, r).subarray(0, columns), r * columns);
  return out;
}

/** Scales to at most 10, shakes a little to leave saddle points, then fills [0, 10] in every dimension, as the reference does. */
export function finishStart(start: Matrix, random: Random): Matrix {
  const out = fit({ ...start, data: start.data.slice() }, 10);
  for (let i = 0; i < out.data.length; i++) out.data[i] += 1e-4 * random.normal();
  for (let c = 0; c < out.columns; c++) {
    let [low, high] = [Infinity, -Infinity];
    for (let i = c; i < out.data.length; i += out.columns) {
      low = Math.min(low, out.data[i]);
      high = Math.max(high, out.data[i]);
    }
    const scale = high > low ? 10 / (high - low) : 0;
    for (let i = c; i < out.data.length; i += out.columns) out.data[i] = (out.data[i] - low) * scale;
  }
  return out;
}

/** Scales in place so that the largest coordinate is `size`. */
function fit(m: Matrix, size: number): Matrix {
  let largest = 0;
  for (const v of m.data) largest = Math.max(largest, Math.abs(v));
  const scale = largest > 0 ? size / largest : 0;
  for (let i = 0; i < m.data.length; i++) m.data[i] *= scale;
  return m;
}

function uniform(rows: number, columns: number, size: number, random: Random): Matrix {
  const out = zeros(rows, columns);
  for (let i = 0; i < out.data.length; i++) out.data[i] = (random.next() * 2 - 1) * size;
  return out;
}

function membersOf(labels: Int32Array, count: number): Int32Array[] {
  const sizes = new Int32Array(count);
  for (const label of labels) sizes[label]++;
  const members = Array.from(sizes, (size) => new Int32Array(size));
  sizes.fill(0);
  labels.forEach((label, v) => (members[label][sizes[label]++] = v));
  return members;
}

/** Half the distance to the nearest other component's place. */
function roomAround(places: Matrix, label: number): number {
  const own = row(places, label);
  let nearest = Infinity;
  for (let other = 0; other < places.rows; other++) {
    const there = row(places, other);
    let squared = 0;
    for (let c = 0; c < own.length; c++) squared += (own[c] - there[c]) ** 2;
    if (squared > 0) nearest = Math.min(nearest, squared);
  }
  return nearest === Infinity ? 0.5 : Math.sqrt(nearest) / 2;
}

function placesOfComponents(
  data: Matrix,
  labels: Int32Array,
  count: number,
  dimensions: number,
  random: Random,
): Matrix {
  if (count > mostRelated) return uniform(count, dimensions, 10, random);
  if (count > 2 * dimensions) return placesByAffinity(data, labels, count, dimensions);
  const places = zeros(count, dimensions);
  const axes = Math.ceil(count / 2);
  for (let label = 0; label < count; label++)
    places.data[label * dimensions + (label % axes)] = label < axes ? 1 : -1;
  return places;
}

/** Laplacian eigenvectors of exp(−distance²) between centroids. */
function placesByAffinity(data: Matrix, labels: Int32Array, count: number, dimensions: number): Matrix {
  const centroids = zeros(count, data.columns);
  const sizes = new Int32Array(count);
  for (const label of labels) sizes[label]++;
  for (let v = 0; v < data.rows; v++) {
    const centroid = row(centroids, labels[v]);
    row(data, v).forEach((x, c) => (centroid[c] += x / sizes[labels[v]]));
  }
  const affinity = new Float64Array(count * count);
  const degrees = new Float64Array(count);
  let mean = 0;
  for (let p = 0; p < count; p++)
    for (let q = 0; q < count; q++) {
      let squared = 0;
      const there = row(centroids, q);
      row(centroids, p).forEach((x, c) => (squared += (x - there[c]) ** 2));
      affinity[p * count + q] = squared;
      mean += squared / (count * (count - 1));
    }
  // Centroids further apart than 1 would all be strangers to each other, and their places one and the same.
  const scale = Math.max(1, mean);
  for (let p = 0; p < count; p++)
    for (let q = 0; q < count; q++) {
      affinity[p * count + q] = p === q ? 0 : Math.exp(-affinity[p * count + q] / scale);
      degrees[p] += affinity[p * count + q];
    }
  for (let p = 0; p < count; p++)
    for (let q = 0; q < count; q++)
      if (affinity[p * count + q] > 0) affinity[p * count + q] /= Math.sqrt(degrees[p] * degrees[q]);
  const { vectors } = symmetricEigen(affinity, count);
  const places = zeros(count, dimensions);
  for (let p = 0; p < count; p++)
    for (let c = 0; c < dimensions; c++)
      places.data[p * dimensions + c] =
        vectors[p * count + c + 1] / Math.sqrt(degrees[p] > 0 ? degrees[p] : 1);
  return fit(places, 1);
}
