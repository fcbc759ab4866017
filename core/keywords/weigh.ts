import type { SparseMatrix } from '../base/sparse.ts';
import type { DocumentTerms } from '../stages.ts';
import { classTerms, type ClassTerms } from './classes.ts';
import { corpusCounts, ctfidf, inverseFrequency, type CorpusCounts, type CtfidfOptions } from './ctfidf.ts';

/** Terms by topic, counted and weighed: what keywords and representative documents are chosen by. */
export interface WeighedClasses {
  readonly classes: ClassTerms;
  readonly corpus: CorpusCounts;
  readonly idf: Float64Array;
  /** c-TF-IDF [topics × terms], entries as in `classes`. */
  readonly weights: SparseMatrix;
}

/** Counts and weighs every topic's terms. @param labels [n] topic of each document, −1 for outliers. */
export function weighClasses(
  terms: DocumentTerms,
  labels: Int32Array,
  options: CtfidfOptions,
): WeighedClasses {
  const classes = classTerms(terms, labels);
  const corpus = corpusCounts(classes);
  const idf = inverseFrequency(classes, options, corpus);
  return { classes, corpus, idf, weights: ctfidf(classes, options, idf) };
}
