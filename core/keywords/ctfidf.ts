import type { SparseMatrix } from '../base/sparse.ts';
import type { ClassTerms } from './classes.ts';

export interface CtfidfOptions {
  readonly bm25: boolean;
  readonly reduceFrequentWords: boolean;
  /** Factor on a term's inverse document frequency (seed words of guided topics), by term. */
  readonly multiplier?: ReadonlyMap<number, number>;
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

/**
 * The inverse frequency of each term: log(A / f + 1), where f counts the term over all topics and A is the whole part of
 * the topics' mean number of terms; with bm25, log(1 + (A − f + ½) / (f + ½)). BERTopic 0.17.4, ClassTfidfTransformer.fit.
 */
export function inverseFrequency(
  classes: ClassTerms,
  options: CtfidfOptions,
  { counts, total }: CorpusCounts = corpusCounts(classes),
): Float64Array {
  const average = Math.trunc(total / classes.topics.length);
  const inverse = (f: number): number =>
    options.bm25 ? Math.log(1 + (average - f + 0.5) / (f + 0.5)) : Math.log(average / f + 1);
  // Of millions of phrases nearly all stand a few times.
  const ofFew = Float64Array.from({ length: 1024 }, (_, f) => inverse(f));
  const idf = new Float64Array(counts.length);
  for (let t = 0; t < counts.length; t++)
    idf[t] = counts[t] < ofFew.length ? ofFew[counts[t]] : inverse(counts[t]);
  for (const [term, factor] of options.multiplier ?? []) idf[term] *= factor;
  return idf;
}

/**
 * c-TF-IDF: a term's share of its topic (its square root with reduceFrequentWords) times its inverse frequency.
 * BERTopic 0.17.4, ClassTfidfTransformer.transform.
 * @returns [topics × terms], rows as in `classes.topics`, entries in the order of `classes.indices`.
 */
export function ctfidf(
  classes: ClassTerms,
  options: CtfidfOptions,
  idf: Float64Array = inverseFrequency(classes, options),
): SparseMatrix {
  const values = new Float64Array(classes.indices.length);
  for (let r = 0; r < classes.topics.length; r++) {
    const [from, to] = [classes.offsets[r], classes.offsets[r + 1]];
    let sum = 0;
    for (let e = from; e < to; e++) sum += classes.counts[e];
    for (let e = from; e < to; e++) {
      const share = classes.counts[e] / sum;
      values[e] = (options.reduceFrequentWords ? Math.sqrt(share) : share) * idf[classes.indices[e]];
    }
  }
  return {
    rows: classes.topics.length,
    columns: classes.terms,
    offsets: classes.offsets,
    indices: classes.indices,
    values,
  };
}
