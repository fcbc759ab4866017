import type { DocumentTerms } from '../stages.ts';
import type { KeywordParams } from './params.ts';
import { corpusCounts, topTerms, type Candidate } from './top.ts';
import type { WeighedClasses } from './weigh.ts';

/** The strongest terms of each topic by c-TF-IDF, rows as in `classes.topics`. */
export function candidateTerms(
  terms: DocumentTerms,
  { classes, weights }: WeighedClasses,
  params: KeywordParams,
  limit: number,
): Candidate[][] {
  const corpus = params.clean ? corpusCounts(classes) : null;
  return Array.from(classes.topics, (_, row) =>
    topTerms(terms, classes, weights, row, limit, params.clean, corpus),
  );
}
