import { rowNorms, transpose, type SparseMatrix } from '../base/sparse.ts';
import type { TopicTerms } from '../stages.ts';

/** c-TF-IDF of the real topics (without outliers) by term, for comparing a few words with all topics. */
export interface TopicPostings {
  /** Ids of the topics: the columns of what is compared. */
  readonly topics: Int32Array;
  /** [terms × topics] c-TF-IDF divided by the topic's length and times the term's inverse frequency. */
  readonly byTerm: SparseMatrix;
  readonly idf: Float64Array;
  /** Whether a bag's counts go in by their square roots. */
  readonly damped: boolean;
}

/** Turns the topics' weights by term. */
export function topicPostings({ topics, weights, idf, damped }: TopicTerms): TopicPostings {
  const first = topics[0] === -1 ? 1 : 0;
  const start = weights.offsets[first] ?? 0;
  const norms = rowNorms(weights);
  const values = weights.values.slice(start);
  for (let r = first; r < topics.length; r++)
    for (let e = weights.offsets[r]; e < weights.offsets[r + 1]; e++)
      values[e - start] *= idf[weights.indices[e]] / (norms[r] || 1);
  return {
    topics: topics.slice(first),
    byTerm: transpose({
      rows: topics.length - first,
      columns: weights.columns,
      offsets: weights.offsets.slice(first).map((o) => o - start),
      indices: weights.indices.slice(start),
      values,
    }),
    idf,
    damped,
  };
}

/**
 * Cosines between a bag of terms (its own c-TF-IDF: counts, or their square roots, times inverse frequency) and every topic; zeros without a known term.
 * @param terms entries from … to, each with its count.
 */
export function bagSimilarities(
  { byTerm, idf, damped }: TopicPostings,
  terms: ArrayLike<number>,
  counts: ArrayLike<number>,
  from: number,
  to: number,
  out: Float64Array,
): void {
  out.fill(0);
  let square = 0;
  for (let e = from; e < to; e++) {
    const term = terms[e];
    const count = damped ? Math.sqrt(counts[e]) : counts[e];
    square += (count * idf[term]) ** 2;
    for (let p = byTerm.offsets[term]; p < byTerm.offsets[term + 1]; p++)
      out[byTerm.indices[p]] += count * byTerm.values[p];
  }
  if (square === 0) return;
  const scale = 1 / Math.sqrt(square);
  for (let t = 0; t < out.length; t++) out[t] *= scale;
}
