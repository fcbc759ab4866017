import { InputError } from '../base/errors.ts';
import type { StageContext } from '../base/progress.ts';
import type { DocumentTerms, KeywordInput, TopicKeywords } from '../stages.ts';
import { type KeywordParams } from './params.ts';
import { embeddingKeywords, mmrKeywords } from './refine.ts';
import { candidateTerms } from './candidates.ts';
import { vectorise } from './vectorise.ts';
import { weighClasses, type WeighedClasses } from './weigh.ts';

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

/**
 * The same from counts that were made before: only what the method itself needs is computed again.
 * @param weighed the topics' terms under these labels, where they were weighed already.
 */
export async function refineKeywords(
  terms: DocumentTerms,
  input: Pick<KeywordInput, 'labels' | 'embedWords' | 'embedding'>,
  params: KeywordParams,
  context: StageContext,
  weighed?: WeighedClasses,
): Promise<TopicKeywords[]> {
  checkLabels(terms.documents, input.labels);
  const own = weighed ?? weighClasses(terms, input.labels, params);
  if (params.keywords === 'ctfidf') return topicKeywords(terms, input.labels, params, own);
  const lists =
    params.keywords === 'mmr'
      ? await mmrKeywords(terms, own, params, input.embedWords, context)
      : await embeddingKeywords(terms, own, input.labels, params, input, context);
  return lists.map((keywords, row) => ({ topic: own.classes.topics[row], keywords }));
}

/** Keywords by c-TF-IDF from counts that were made before: milliseconds, whatever happened to the topics. */
export function topicKeywords(
  terms: DocumentTerms,
  labels: Int32Array,
  params: KeywordParams,
  weighed?: WeighedClasses,
): TopicKeywords[] {
  checkLabels(terms.documents, labels);
  const own = weighed ?? weighClasses(terms, labels, params);
  return candidateTerms(terms, own, params, params.topWords).map((candidates, row) => ({
    topic: own.classes.topics[row],
    keywords: candidates.map(({ term, weight }) => ({ keyword: terms.termAt(term), weight })),
  }));
}

function checkLabels(documents: number, labels: Int32Array): void {
  if (labels.length !== documents)
    throw new InputError(
      `Keywords: ${labels.length} labels for ${documents} documents; give one label for each document.`,
    );
}
