import type { SparseMatrix } from '../base/sparse.ts';
import type { DocumentTerms } from '../stages.ts';
import { groupByTopic } from './classes.ts';

/**
 * The documents of each topic that are closest to it by the cosine of their c-TF-IDF vectors (a document's is its terms'
 * shares times the inverse frequencies), best first, ties by document. BERTopic 0.17.4, `_extract_representative_docs`,
 * but over all documents of the topic instead of a random sample of 500.
 * @param weights c-TF-IDF [topics × terms], rows by ascending topic as `classTerms` has them.
 * @param sameAs sameAs[d] is an earlier document with the same text, or −1: a repeated text stands only once.
 * @returns for each row of `weights` up to `limit` document indices.
 */
export function representativeDocuments(
  terms: DocumentTerms,
  labels: Int32Array,
  weights: SparseMatrix,
  idf: Float64Array,
  limit: number,
  sameAs: Int32Array | null = null,
): Int32Array[] {
  const { topics, starts, order } = groupByTopic(labels);
  const topic = new Float64Array(terms.size);
  return Array.from(topics, (_, r) => {
    for (let e = weights.offsets[r]; e < weights.offsets[r + 1]; e++)
      topic[weights.indices[e]] = weights.values[e];
    const best: { document: number; score: number }[] = [];
    for (let m = starts[r]; m < starts[r + 1]; m++) {
      const document = order[m];
      // A repeated text stands once, but an earlier one in another topic does not take its place.
      if (sameAs && sameAs[document] >= 0 && labels[sameAs[document]] === topics[r]) continue;
      const score = cosine(terms, document, idf, topic);
      if (best.length === limit && score <= best[limit - 1].score) continue;
      let at = best.length;
      while (at > 0 && best[at - 1].score < score) at--;
      best.splice(at, 0, { document, score });
      if (best.length > limit) best.pop();
    }
    for (let e = weights.offsets[r]; e < weights.offsets[r + 1]; e++) topic[weights.indices[e]] = 0;
    return Int32Array.from(best, (b) => b.document);
  });
}

/** Up to the topic's own length, which is the same for all its documents. */
function cosine(terms: DocumentTerms, d: number, idf: Float64Array, topic: Float64Array): number {
  let dot = 0;
  let square = 0;
  for (let e = terms.offsets[d]; e < terms.offsets[d + 1]; e++) {
    const term = terms.indices[e];
    const value = terms.counts[e] * idf[term];
    dot += value * topic[term];
    square += value * value;
  }
  return square === 0 ? -1 : dot / Math.sqrt(square);
}
