import type { SparseMatrix } from '../base/sparse.ts';
import type { DocumentTerms, Keyword } from '../stages.ts';

/** The strongest terms of a row that may be shown, ties in alphabetical order. */
export function topWords(terms: DocumentTerms, weights: SparseMatrix, row: number, limit: number): Keyword[] {
  const entries: number[] = [];
  for (let e = weights.offsets[row]; e < weights.offsets[row + 1]; e++)
    if (weights.values[e] > 0 && terms.hidden[weights.indices[e]] === 0) entries.push(e);
  const word = (e: number): string => terms.vocabulary[weights.indices[e]];
  return entries
    .sort((a, b) => weights.values[b] - weights.values[a] || (word(a) < word(b) ? -1 : 1))
    .slice(0, limit)
    .map((e) => ({ keyword: word(e), weight: weights.values[e] }));
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
