import type { SparseMatrix } from '../base/sparse.ts';
import type { KeptTerms } from '../run/term-counts.ts';
import { rowsOf, type BertopicModel } from '../topics/index.ts';

/**
 * Word counts from a c-TF-IDF alone. A weight divided by its word's inverse frequency is the word's share of its topic; the
 * rarest words of a topic nearly always stand in it once, which gives the topic's length and with it all counts. They are put on
 * the topic's first document: merging, hierarchies and likeness by words are then what they would be with the texts.
 */
export function countsFromWeights(
  { terms, topics, labels }: BertopicModel,
  language: string,
): KeptTerms | null {
  if (terms === null) return null;
  const rows = new Map<number, { indices: Int32Array; counts: Int32Array }>();
  topics.forEach((topic, r) => {
    const [first] = rowsOf(labels, topic);
    if (first === undefined) return;
    rows.set(first, rowCounts(terms.weights, r, terms.idf, terms.reduceFrequentWords));
  });
  const offsets = new Int32Array(labels.length + 1);
  const used = [...rows.values()].reduce((sum, row) => sum + row.indices.length, 0);
  const indices = new Int32Array(used);
  const counts = new Int32Array(used);
  let at = 0;
  for (let d = 0; d < labels.length; d++) {
    const row = rows.get(d);
    if (row) {
      indices.set(row.indices, at);
      counts.set(row.counts, at);
      at += row.indices.length;
    }
    offsets[d + 1] = at;
  }
  return {
    documents: labels.length,
    vocabulary: terms.vocabulary,
    offsets,
    indices,
    counts,
    hidden: new Uint8Array(terms.vocabulary.length),
    languages: [language],
  };
}

function rowCounts(
  weights: SparseMatrix,
  r: number,
  idf: Float64Array,
  squareRooted: boolean,
): { indices: Int32Array; counts: Int32Array } {
  const [from, to] = [weights.offsets[r], weights.offsets[r + 1]];
  const indices = weights.indices.slice(from, to);
  const shares = Float64Array.from(indices, (term, e) => {
    const share = idf[term] > 0 ? weights.values[from + e] / idf[term] : 0;
    return squareRooted ? share * share : share;
  });
  const least = shares.reduce((min, share) => (share > 0 ? Math.min(min, share) : min), Infinity);
  return { indices, counts: Int32Array.from(shares, (share) => Math.round(share / least)) };
}
