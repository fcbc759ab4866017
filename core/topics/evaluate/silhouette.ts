import { throwIfCancelled } from '../../base/errors.ts';
import { row, type Matrix } from '../../base/matrix.ts';
import { cosinesTo } from '../similarity.ts';
import { breathe, type StageContext } from '../../base/progress.ts';

export interface Silhouette {
  /** Mean over the documents in topics; NaN with fewer than two topics. */
  readonly mean: number;
  /** Mean of each topic, by ascending id. */
  readonly topics: { readonly topic: number; readonly mean: number }[];
  /** Documents that were looked at: all, or an even sample of them. */
  readonly documents: number;
}

/**
 * How much closer documents lie to their own topic than to the next (Rousseeuw 1987; scikit-learn's `silhouette_score`).
 * Outliers are left out. Cosine needs the topics' sums alone and is exact for any size; Euclidean compares all pairs, and
 * takes every k-th document beyond `most`.
 * @param points [n × dimensions]. @param labels n topics, −1 for outliers.
 */
export async function silhouette(
  points: Matrix,
  labels: Int32Array,
  metric: 'cosine' | 'euclidean',
  context: StageContext,
  most = 20_000,
): Promise<Silhouette> {
  let members = Array.from(labels.keys()).filter((d) => labels[d] >= 0);
  if (metric === 'euclidean' && members.length > most) {
    const step = members.length / most;
    members = Array.from({ length: most }, (_, i) => members[Math.floor(i * step)]);
  }
  const ids = [...new Set(members.map((d) => labels[d]))].sort((a, b) => a - b);
  if (ids.length < 2) return { mean: NaN, topics: [], documents: members.length };
  const place = new Map(ids.map((id, k) => [id, k]));
  const cluster = Int32Array.from(members, (d) => place.get(labels[d])!);
  const sizes = new Float64Array(ids.length);
  for (const k of cluster) sizes[k]++;
  const distances =
    metric === 'cosine'
      ? cosineDistances(points, members, cluster, ids.length)
      : euclideanDistances(points, members, cluster, ids.length);

  const sums = new Float64Array(ids.length);
  const toCluster = new Float64Array(ids.length);
  for (let i = 0; i < members.length; i++) {
    if ((i & 255) === 0) {
      throwIfCancelled(context.signal);
      await breathe();
    }
    distances(i, toCluster);
    const own = cluster[i];
    if (sizes[own] < 2) continue; // alone in its topic: 0 by definition
    const within = toCluster[own] / (sizes[own] - 1);
    let nearest = Infinity;
    for (let k = 0; k < ids.length; k++) if (k !== own) nearest = Math.min(nearest, toCluster[k] / sizes[k]);
    const larger = Math.max(within, nearest);
    if (larger > 0) sums[own] += (nearest - within) / larger;
  }
  return {
    mean: sums.reduce((a, b) => a + b, 0) / members.length,
    topics: ids.map((topic, k) => ({ topic, mean: sums[k] / sizes[k] })),
    documents: members.length,
  };
}

/** Fills `out` with the summed distance of member i to each cluster. */
type Distances = (i: number, out: Float64Array) => void;

function cosineDistances(
  points: Matrix,
  members: number[],
  cluster: Int32Array,
  clusters: number,
): Distances {
  const { columns } = points;
  const sums = new Float64Array(clusters * columns);
  const sizes = new Float64Array(clusters);
  const norms = Float64Array.from(members, (d) => {
    let square = 0;
    for (const v of row(points, d)) square += v * v;
    return Math.sqrt(square);
  });
  const blank = Uint8Array.from(norms, (length) => (length === 0 ? 1 : 0));
  const lengths = norms.map((length) => length || 1);
  members.forEach((d, i) => {
    const from = row(points, d);
    sizes[cluster[i]]++;
    for (let c = 0; c < columns; c++) sums[cluster[i] * columns + c] += from[c] / lengths[i];
  });
  const matrix = { data: Float32Array.from(sums), rows: clusters, columns };
  return (i, out) => {
    cosinesTo(matrix, row(points, members[i]), out);
    for (let k = 0; k < clusters; k++) out[k] = sizes[k] - out[k];
    // A vector of zeros is like nothing, but still no distance from itself.
    if (blank[i] === 1) out[cluster[i]] -= 1;
  };
}

function euclideanDistances(
  points: Matrix,
  members: number[],
  cluster: Int32Array,
  clusters: number,
): Distances {
  const { columns } = points;
  const packed = new Float32Array(members.length * columns);
  members.forEach((d, i) => packed.set(row(points, d), i * columns));
  return (i, out) => {
    out.fill(0, 0, clusters);
    for (let j = 0; j < members.length; j++) {
      let square = 0;
      for (let c = 0; c < columns; c++) {
        const difference = packed[i * columns + c] - packed[j * columns + c];
        square += difference * difference;
      }
      out[cluster[j]] += Math.sqrt(square);
    }
  };
}
