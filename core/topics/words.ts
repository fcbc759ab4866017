import type { SparseMatrix } from '../base/sparse.ts';
import type { DocumentTerms, Keyword } from '../stages.ts';

/** The strongest terms of a row that may be shown, ties in alphabetical order. */
export function topWords(terms: DocumentTerms, weights: SparseMatrix, row: number, limit: number): Keyword[] {
  const best: Keyword[] = [];
  for (let e = weights.offsets[row]; e < weights.offsets[row + 1]; e++) {
    const weight = weights.values[e];
    if (!(weight > 0) || (best.length === limit && weight < best[limit - 1].weight)) continue;
    if (terms.hidden[weights.indices[e]] !== 0) continue;
    const keyword = terms.termAt(weights.indices[e]);
    let at = best.length;
    while (
      at > 0 &&
      (best[at - 1].weight < weight || (best[at - 1].weight === weight && keyword < best[at - 1].keyword))
    )
      at--;
    best.splice(at, 0, { keyword, weight });
    if (best.length > limit) best.pop();
  }
  return best;
}

/** Keywords with the pinned ones first, in their order; a pinned word that has no weight of its own has 0. */
export function withPinned(
  keywords: readonly Keyword[],
  pinned: readonly string[],
  limit = keywords.length,
): Keyword[] {
  const weight = new Map(keywords.map((k) => [k.keyword, k.weight]));
  const first = pinned.map((keyword) => ({ keyword, weight: weight.get(keyword) ?? 0 }));
  const rest = keywords.filter((k) => !pinned.includes(k.keyword));
  return [...first, ...rest].slice(0, Math.max(limit, pinned.length));
}
