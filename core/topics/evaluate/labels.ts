import { contingency, type Contingency } from './contingency.ts';

/** How well topics agree with given labels; 1 is perfect. */
export interface LabelScores {
  /** Adjusted mutual information (arithmetic mean), 0 for chance. */
  readonly ami: number;
  readonly nmi: number;
  readonly vMeasure: number;
  /** Each topic holds one label only. */
  readonly homogeneity: number;
  /** Each label lies in one topic only. */
  readonly completeness: number;
  /** Share of documents with the commonest label of their topic. */
  readonly purity: number;
}

/**
 * Compares topics with labels as scikit-learn does (`adjusted_mutual_info_score`, `normalized_mutual_info_score`,
 * `homogeneity_completeness_v_measure`, natural logarithms). Outliers (−1) count as one more topic.
 * @param truth n labels. @param found n topics.
 */
export function labelScores(
  truth: ArrayLike<string | number | null>,
  found: ArrayLike<string | number | null>,
): LabelScores {
  const table = contingency(truth, found);
  const information = mutualInformation(table);
  const [classEntropy, clusterEntropy] = [entropy(table.classes), entropy(table.clusters)];
  const homogeneity = classEntropy > 0 ? information / classEntropy : 1;
  const completeness = clusterEntropy > 0 ? information / clusterEntropy : 1;
  const sum = homogeneity + completeness;
  const vMeasure = sum === 0 ? 0 : (2 * homogeneity * completeness) / sum;
  return {
    ami: adjusted(table, information, (classEntropy + clusterEntropy) / 2),
    nmi: normalised(table, information, (classEntropy + clusterEntropy) / 2),
    vMeasure,
    homogeneity,
    completeness,
    purity: purity(table),
  };
}

/** Entropy of a partition, in nats. */
function entropy(sizes: Float64Array): number {
  const total = sizes.reduce((a, b) => a + b, 0);
  let sum = 0;
  if (sizes.length > 1) for (const size of sizes) sum -= (size / total) * (Math.log(size) - Math.log(total));
  return sum;
}

function mutualInformation({ items, classes, clusters, classOf, clusterOf, counts }: Contingency): number {
  let sum = 0;
  for (let p = 0; p < counts.length; p++) {
    const expected = (classes[classOf[p]] * clusters[clusterOf[p]]) / items;
    sum += (counts[p] / items) * Math.log(counts[p] / expected);
  }
  return Math.max(0, sum);
}

function adjusted(table: Contingency, information: number, normaliser: number): number {
  const special = trivial(table);
  if (special !== null) return special;
  const chance = expectedInformation(table);
  // A perfect match divides nothing by nothing up to rounding: keep the signs, as scikit-learn does.
  const away = (v: number): number => (v < 0 ? Math.min(v, -Number.EPSILON) : Math.max(v, Number.EPSILON));
  return away(information - chance) / away(normaliser - chance);
}

function normalised(table: Contingency, information: number, normaliser: number): number {
  return trivial(table) ?? (information < Number.EPSILON ? 0 : information / normaliser);
}

/** Where a labelling is not divided at all: 1 when both are not, 0 when one is. */
function trivial({ classes, clusters }: Contingency): number | null {
  if (classes.length < 2 && clusters.length < 2) return 1;
  return classes.length < 2 || clusters.length < 2 ? 0 : null;
}

/**
 * Mutual information to expect of two random partitions of these sizes, exactly (Vinh, Epps & Bailey 2010, equation 24a).
 * Equal sizes share their sum, so that the cost is that of the distinct pairs of sizes.
 */
function expectedInformation({ items, classes, clusters }: Contingency): number {
  const logFactorial = new Float64Array(items + 1);
  for (let i = 1; i <= items; i++) logFactorial[i] = logFactorial[i - 1] + Math.log(i);
  const [rows, columns] = [histogram(classes), histogram(clusters)];
  let sum = 0;
  for (const [a, timesA] of rows)
    for (const [b, timesB] of columns) {
      const fixed =
        logFactorial[a] +
        logFactorial[b] +
        logFactorial[items - a] +
        logFactorial[items - b] -
        logFactorial[items];
      let part = 0;
      for (let n = Math.max(1, a + b - items); n <= Math.min(a, b); n++) {
        const probability = Math.exp(
          fixed -
            logFactorial[n] -
            logFactorial[a - n] -
            logFactorial[b - n] -
            logFactorial[items - a - b + n],
        );
        part += (n / items) * Math.log((items * n) / (a * b)) * probability;
      }
      sum += part * timesA * timesB;
    }
  return sum;
}

function histogram(sizes: Float64Array): Map<number, number> {
  const map = new Map<number, number>();
  for (const size of sizes) map.set(size, (map.get(size) ?? 0) + 1);
  return map;
}

function purity({ items, clusters, clusterOf, counts }: Contingency): number {
  const best = new Float64Array(clusters.length);
  for (let p = 0; p < counts.length; p++) best[clusterOf[p]] = Math.max(best[clusterOf[p]], counts[p]);
  return items === 0 ? 1 : best.reduce((a, b) => a + b, 0) / items;
}
