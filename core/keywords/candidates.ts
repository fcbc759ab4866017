import type { DocumentTerms } from '../stages.ts';
import type { ClassTerms } from './classes.ts';
import { ctfidf } from './ctfidf.ts';
import type { KeywordParams } from './params.ts';
import { corpusCounts, topTerms, type Candidate } from './top.ts';

/** The strongest terms of each topic by c-TF-IDF, rows as in `classes.topics`. */
export function candidateTerms(
  terms: DocumentTerms,
  classes: ClassTerms,
  params: KeywordParams,
  limit: number,
): Candidate[][] {
  const weights = ctfidf(classes, params);
  const corpus = params.clean ? corpusCounts(classes) : null;
  return Array.from(classes.topics, (_, row) =>
    topTerms(terms, classes, weights, row, limit, params.clean, corpus),
  );
}
