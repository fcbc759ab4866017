import type { StageContext } from '../base/progress.ts';
import {
  refineKeywords,
  representativeDocuments,
  topicName,
  weighClasses,
  type KeywordParams,
} from '../keywords/index.ts';
import type { DocumentTerms, KeywordInput, Topic } from '../stages.ts';

/** Documents that stand for a topic: as many as BERTopic shows. */
const representatives = 3;

export interface TopicTableInput extends Pick<KeywordInput, 'labels' | 'embedWords' | 'embedding'> {
  readonly terms: DocumentTerms;
  readonly ids: readonly string[];
  readonly duplicateOf: Int32Array;
}

/**
 * The topics that labels make: count, share of all documents, keywords, name and representatives, largest number last;
 * the outliers (−1), where there are any, come at the end.
 */
export async function topicTable(
  input: TopicTableInput,
  params: KeywordParams,
  context: StageContext,
): Promise<Topic[]> {
  const { terms, labels, ids } = input;
  const weighed = weighClasses(terms, labels, params);
  const lists = await refineKeywords(terms, input, params, context, weighed);
  const best = representativeDocuments(
    terms,
    labels,
    weighed.weights,
    weighed.idf,
    representatives,
    input.duplicateOf,
  );
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const topics = lists.map(({ topic, keywords }, row): Topic => {
    const count = counts.get(topic) ?? 0;
    return {
      id: topic,
      name: topicName(topic, keywords),
      count,
      share: count / labels.length,
      keywords,
      representatives: Array.from(best[row], (document) => ids[document]),
    };
  });
  return [...topics.filter((t) => t.id >= 0), ...topics.filter((t) => t.id < 0)];
}
