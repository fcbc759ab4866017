import { UsageError } from '../base/errors.ts';

/** Documents that topics of two labellings share. */
export interface Overlap {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly leftSizes: Int32Array;
  readonly rightSizes: Int32Array;
  /** [left × right] shared documents. */
  readonly shared: Int32Array;
}

/** Counts shared documents of each two topics; outliers (−1) are no topic. @throws UsageError for different corpora. */
export function overlap(left: Int32Array, right: Int32Array): Overlap {
  if (left.length !== right.length)
    throw new UsageError(
      `Can't compare topics of ${left.length} documents with topics of ${right.length}; both must be of one corpus.`,
    );
  const ids = (labels: Int32Array): Int32Array =>
    Int32Array.from(new Set(labels))
      .filter((id) => id >= 0)
      .sort();
  const [a, b] = [ids(left), ids(right)];
  const [placeA, placeB] = [a, b].map((list) => new Map(Array.from(list, (id, i) => [id, i])));
  const [leftSizes, rightSizes] = [new Int32Array(a.length), new Int32Array(b.length)];
  const shared = new Int32Array(a.length * b.length);
  for (let d = 0; d < left.length; d++) {
    const [i, j] = [placeA.get(left[d]), placeB.get(right[d])];
    if (i !== undefined) leftSizes[i]++;
    if (j !== undefined) rightSizes[j]++;
    if (i !== undefined && j !== undefined) shared[i * b.length + j]++;
  }
  return { left: a, right: b, leftSizes, rightSizes, shared };
}

/** A topic's best match in another labelling by Jaccard index (shared ÷ all documents of the two). */
export interface BestMatch {
  readonly topic: number;
  /** −1 without any shared document. */
  readonly match: number;
  readonly jaccard: number;
}

/** Best match of each left topic; ties to the smaller id. */
export function bestMatches({ left, right, leftSizes, rightSizes, shared }: Overlap): BestMatch[] {
  return Array.from(left, (topic, i) => {
    let best: BestMatch = { topic, match: -1, jaccard: 0 };
    right.forEach((match, j) => {
      const common = shared[i * right.length + j];
      const jaccard = common / (leftSizes[i] + rightSizes[j] - common);
      if (jaccard > best.jaccard) best = { topic, match, jaccard };
    });
    return best;
  });
}
