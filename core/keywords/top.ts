import type { SparseMatrix } from '../base/sparse.ts';
import type { DocumentTerms } from '../stages.ts';
import type { ClassTerms } from './classes.ts';

/** A term of a topic with its c-TF-IDF weight. */
export interface Candidate {
  readonly term: number;
  readonly weight: number;
}

/**
 * The strongest terms of one topic, ties in alphabetical order. With `clean`, terms that are no words are not shown, nor
 * those of too few of the topic's documents (one post's signature is not the topic), nor those that are no more frequent
 * in the topic than everywhere; where too little is left, these rules give way, the last first.
 */
export function topTerms(
  terms: DocumentTerms,
  classes: ClassTerms,
  weights: SparseMatrix,
  row: number,
  limit: number,
  clean: boolean,
  corpus: CorpusCounts | null = null,
): Candidate[] {
  if (!clean) return strongest(terms, weights, row, limit, () => true);
  const support = leastSupport(classes.sizes[row]);
  const lift = liftTest(classes, row, corpus);
  const shown = (e: number): boolean => terms.hidden[weights.indices[e]] === 0;
  const supported = (e: number): boolean => shown(e) && classes.documents[e] >= support;
  let found = strongest(terms, weights, row, limit, (e) => supported(e) && lift(e));
  for (const test of [supported, shown, () => true]) {
    if (found.length >= Math.min(limit, 4)) break;
    const have = new Set(found.map((c) => c.term));
    const more = strongest(terms, weights, row, limit, (e) => !have.has(weights.indices[e]) && test(e));
    found = [...found, ...more].slice(0, limit);
  }
  return found;
}

/** Documents of a topic that a keyword should stand in: 3 in 100, at least two, never more than there are. */
export function leastSupport(size: number): number {
  return Math.min(size, Math.max(2, Math.ceil(size * 0.03)));
}

/** How often each term stands in the whole corpus, and all terms together. */
export interface CorpusCounts {
  readonly counts: Float64Array;
  readonly total: number;
}

export function corpusCounts(classes: ClassTerms): CorpusCounts {
  const counts = new Float64Array(classes.terms);
  let total = 0;
  for (let e = 0; e < classes.indices.length; e++) {
    counts[classes.indices[e]] += classes.counts[e];
    total += classes.counts[e];
  }
  return { counts, total };
}

/** Whether a term is more frequent in the topic than in the corpus; a lone topic or the outliers have nothing to differ from. */
function liftTest(classes: ClassTerms, row: number, corpus: CorpusCounts | null): (e: number) => boolean {
  if (!corpus || classes.topics[row] === -1 || classes.topics.length < 3) return () => true;
  let own = 0;
  for (let e = classes.offsets[row]; e < classes.offsets[row + 1]; e++) own += classes.counts[e];
  return (e) => classes.counts[e] * corpus.total > 1.5 * own * corpus.counts[classes.indices[e]];
}

function strongest(
  terms: DocumentTerms,
  weights: SparseMatrix,
  row: number,
  limit: number,
  test: (e: number) => boolean,
): Candidate[] {
  const best: Candidate[] = [];
  for (let e = weights.offsets[row]; e < weights.offsets[row + 1]; e++) {
    const weight = weights.values[e];
    if (best.length === limit && weight < best[limit - 1].weight) continue;
    if (!(weight > 0) || !test(e)) continue;
    const term = weights.indices[e];
    const before = (c: Candidate): boolean =>
      c.weight > weight || (c.weight === weight && terms.vocabulary[c.term] < terms.vocabulary[term]);
    let at = best.length;
    while (at > 0 && !before(best[at - 1])) at--;
    if (at >= limit) continue;
    best.splice(at, 0, { term, weight });
    if (best.length > limit) best.pop();
  }
  return best;
}
