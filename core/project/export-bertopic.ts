import { makeFolder } from '../base/make-folder.ts';
import { stopWordList } from '../keywords/index.ts';
import type { Session } from './session.ts';
import { writeBertopic } from '../topics/index.ts';

/** Writes a project's topics as a folder that `BERTopic.load` reads. @returns our ids → BERTopic's (0, 1 … by falling size). */
export async function exportBertopic(session: Session, folder: string): Promise<Map<number, number>> {
  const { state, params } = session;
  const { keywords } = params;
  const { languages } = await session.terms();
  const least = state.edit.clustered?.minTopicSize ?? (await session.clustering())?.recipe.minTopicSize;
  const list = keywords.stopWords === 'none' ? [] : languages.flatMap(stopWordList);
  const { stopWords, keptWords, ngrams } = state.edit.vocabulary;
  const range = ngrams ?? keywords.ngrams;
  await makeFolder(folder);
  return writeBertopic(folder, {
    labels: state.labels,
    keywords: state.topics.map(({ id, keywords: own }) => ({ topic: id, keywords: own })),
    names: new Map(state.topics.map((topic) => [topic.id, topic.name])),
    topicTerms: await session.topicTerms(),
    embedding: (await session.embedding()).matrix,
    bm25: keywords.bm25,
    reduceFrequentWords: keywords.reduceFrequentWords,
    ngrams: range.includes('-') ? range : `${range}-${range}`,
    stopWords: [...new Set([...list, ...stopWords])].filter((word) => !keptWords.includes(word)).sort(),
    topWords: keywords.topWords,
    minTopicSize: typeof least === 'number' ? least : 10,
  });
}
