import { UsageError } from '../../base/errors.ts';

/** How many items two labellings put together: only pairs that occur. */
export interface Contingency {
  readonly items: number;
  /** Items of each class and of each cluster. */
  readonly classes: Float64Array;
  readonly clusters: Float64Array;
  /** For each pair that occurs: its class, its cluster, its items. */
  readonly classOf: Int32Array;
  readonly clusterOf: Int32Array;
  readonly counts: Float64Array;
}

/**
 * Counts pairs of labels; any value is a label (−1 and null are labels like others, as in scikit-learn).
 * @throws UsageError when the labellings differ in length.
 */
export function contingency(
  truth: ArrayLike<string | number | null>,
  found: ArrayLike<string | number | null>,
): Contingency {
  if (truth.length !== found.length)
    throw new UsageError(
      `Can't compare ${truth.length} labels with ${found.length}; give one of each for every document.`,
    );
  const classIds = new Map<string | number | null, number>();
  const clusterIds = new Map<string | number | null, number>();
  const pairs = new Map<number, number>();
  const idOf = (ids: Map<string | number | null, number>, label: string | number | null): number => {
    let id = ids.get(label);
    if (id === undefined) ids.set(label, (id = ids.size));
    return id;
  };
  for (let i = 0; i < truth.length; i++) {
    const key = idOf(classIds, truth[i]) * 2 ** 26 + idOf(clusterIds, found[i]);
    pairs.set(key, (pairs.get(key) ?? 0) + 1);
  }
  const classes = new Float64Array(classIds.size);
  const clusters = new Float64Array(clusterIds.size);
  const classOf = new Int32Array(pairs.size);
  const clusterOf = new Int32Array(pairs.size);
  const counts = new Float64Array(pairs.size);
  let at = 0;
  for (const [key, count] of pairs) {
    classOf[at] = Math.floor(key / 2 ** 26);
    clusterOf[at] = key % 2 ** 26;
    counts[at] = count;
    classes[classOf[at]] += count;
    clusters[clusterOf[at]] += count;
    at++;
  }
  return { items: truth.length, classes, clusters, classOf, clusterOf, counts };
}
