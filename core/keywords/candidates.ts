import type { DocumentTerms } from '../stages.ts';
import type { KeywordParams } from './params.ts';
import { topTerms, type Candidate } from './top.ts';
import type { WeighedClasses } from './weigh.ts';

/** The strongest terms of each topic by c-TF-IDF, rows as in `classes.topics`. */
export function candidateTerms(
  terms: DocumentTerms,
  { classes, corpus, weights }: WeighedClasses,
  params: KeywordParams,
  limit: number,
): Candidate[][] {
  return Array.from(classes.topics, (_, row) =>
    topTerms(terms, classes, weights, row, limit, params.clean, params.clean ? corpus : null),
  );
}
