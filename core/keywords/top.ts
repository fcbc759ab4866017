import type { SparseMatrix } from '../base/sparse.ts';
import type { DocumentTerms } from '../stages.ts';
import type { ClassTerms } from './classes.ts';
import type { CorpusCounts } from './ctfidf.ts';
import { hasPhrases } from './term-list.ts';

/** A term of a topic with its c-TF-IDF weight. */
export interface Candidate {
  readonly term: number;
  readonly weight: number;
  /** Its place among the topics' terms. */
  readonly entry: number;
}

/** Rules of what is shown, strictest first: the first that leaves enough keywords is taken, else the one that leaves most. */
const rules: readonly { readonly share: number; readonly lift: number }[] = [
  { share: 0.03, lift: 1.5 },
  { share: 0.01, lift: 1.5 },
  { share: 0.003, lift: 1.2 },
  { share: 0, lift: 1 },
  { share: 0, lift: 0 },
];

/**
 * The strongest terms of one topic, ties in alphabetical order. With `clean`, terms that are no words are not shown, nor
 * those of too few of the topic's documents (one post's signature is not the topic), nor those that are hardly more frequent
 * in the topic than everywhere. Short documents share few words, so these rules give way where they leave too little.
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
  const enough = Math.min(limit, 10);
  const phrases = hasPhrases(terms);
  let best: Candidate[] = [];
  for (const { share, lift } of rules) {
    const support = leastSupport(classes.sizes[row], share);
    const lifted = liftTest(classes, row, corpus, lift);
    const test = (e: number): boolean =>
      terms.hidden[weights.indices[e]] === 0 && classes.documents[e] >= support && lifted(e);
    const found = phrases
      ? withoutParts(terms, classes, strongest(terms, weights, row, limit * 3, test)).slice(0, limit)
      : strongest(terms, weights, row, limit, test);
    if (found.length > best.length) best = found;
    if (best.length >= enough) return best;
  }
  if (best.length > 0) return best;
  // Words of one document each are still better than what is no word.
  const shown = strongest(terms, weights, row, limit, (e) => terms.hidden[weights.indices[e]] === 0);
  return shown.length > 0 ? shown : strongest(terms, weights, row, limit, () => true);
}

/** Documents of a topic that a keyword should stand in: a share of them, at least two, never more than there are. */
export function leastSupport(size: number, share: number): number {
  return Math.min(size, Math.max(2, Math.ceil(size * share)));
}

/** Leaves out what mostly stands within a longer phrase of the list ("large language" in "large language models"). */
function withoutParts(terms: DocumentTerms, classes: ClassTerms, list: readonly Candidate[]): Candidate[] {
  const spaced = list.map((c) => ` ${terms.termAt(c.term)} `);
  return list.filter(
    (c, i) =>
      !list.some(
        (other, j) =>
          spaced[j].length > spaced[i].length &&
          spaced[j].includes(spaced[i]) &&
          classes.counts[other.entry] >= 0.6 * classes.counts[c.entry],
      ),
  );
}

/** Whether a term is more frequent in the topic than in the corpus; a lone topic or the outliers have nothing to differ from. */
function liftTest(
  classes: ClassTerms,
  row: number,
  corpus: CorpusCounts | null,
  least: number,
): (e: number) => boolean {
  if (!corpus || least === 0 || classes.topics[row] === -1 || classes.topics.length < 3) return () => true;
  let own = 0;
  for (let e = classes.offsets[row]; e < classes.offsets[row + 1]; e++) own += classes.counts[e];
  return (e) => classes.counts[e] * corpus.total > least * own * corpus.counts[classes.indices[e]];
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
      c.weight > weight || (c.weight === weight && terms.termAt(c.term) < terms.termAt(term));
    let at = best.length;
    while (at > 0 && !before(best[at - 1])) at--;
    if (at >= limit) continue;
    best.splice(at, 0, { term, weight, entry: e });
    if (best.length > limit) best.pop();
  }
  return best;
}
