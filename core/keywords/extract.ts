import { InputError } from '../base/errors.ts';
import type { StageContext } from '../base/progress.ts';
import type { DocumentTerms, KeywordInput, TopicKeywords } from '../stages.ts';
import { classTerms } from './classes.ts';
import { type KeywordParams } from './params.ts';
import { embeddingKeywords, mmrKeywords } from './refine.ts';
import { candidateTerms } from './candidates.ts';
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
  return refineKeywords(terms, input, params, context);
}

/** The same from counts that were made before: only what the method itself needs is computed again. */
export async function refineKeywords(
  terms: DocumentTerms,
  input: Pick<KeywordInput, 'labels' | 'embedWords' | 'embedding'>,
  params: KeywordParams,
  context: StageContext,
): Promise<TopicKeywords[]> {
  if (params.keywords === 'ctfidf') return topicKeywords(terms, input.labels, params);
  checkLabels(terms.documents, input.labels);
  const classes = classTerms(terms, input.labels);
  const lists =
    params.keywords === 'mmr'
      ? await mmrKeywords(terms, classes, params, input.embedWords, context)
      : await embeddingKeywords(terms, classes, input.labels, params, input, context);
  return lists.map((keywords, row) => ({ topic: classes.topics[row], keywords }));
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

function checkLabels(documents: number, labels: Int32Array): void {
  if (labels.length !== documents)
    throw new InputError(
      `Keywords: ${labels.length} labels for ${documents} documents; give one label for each document.`,
    );
}
