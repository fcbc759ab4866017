import { InputError } from '../base/errors.ts';
import type { StageContext } from '../base/progress.ts';
import type { DocumentTerms, KeywordInput, TopicKeywords } from '../stages.ts';
import { classTerms, type ClassTerms } from './classes.ts';
import { ctfidf } from './ctfidf.ts';
import { type KeywordParams } from './params.ts';
import { corpusCounts, topTerms, type Candidate } from './top.ts';
import { vectorise } from './vectorise.ts';

/**
 * Keywords of every topic, −1 included where there are outliers (their words count in the weights, as in BERTopic).
 * @param input texts and labels, n each; for `mmr` and `embedding` also the run's model for words.
 * @throws InputError when labels and texts differ in number, or a method lacks its model; UsageError; CancelledError.
 */
export async function extractKeywords(
  input: KeywordInput,
  params: KeywordParams,
  context: StageContext,
): Promise<TopicKeywords[]> {
  checkLabels(input.texts.length, input.labels);
  const terms = await vectorise(input.texts, params, context);
  return topicKeywords(terms, input.labels, params);
}

/** Keywords by c-TF-IDF from counts that were made before: milliseconds, whatever happened to the topics. */
export function topicKeywords(
  terms: DocumentTerms,
  labels: Int32Array,
  params: KeywordParams,
): TopicKeywords[] {
  checkLabels(terms.documents, labels);
  const classes = classTerms(terms, labels);
  return candidateTerms(terms, classes, params, params.topWords).map((candidates, row) => ({
    topic: classes.topics[row],
    keywords: candidates.map(({ term, weight }) => ({ keyword: terms.vocabulary[term], weight })),
  }));
}

/** The strongest terms of each topic, rows as in `classes.topics`. */
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

function checkLabels(documents: number, labels: Int32Array): void {
  if (labels.length !== documents)
    throw new InputError(
      `Keywords: ${labels.length} labels for ${documents} documents; give one label for each document.`,
    );
}
