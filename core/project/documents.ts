import { UsageError } from '../base/errors.ts';
import type { TopicDocuments, TokenTopics } from '../protocol.ts';
import type { Session } from './session.ts';
import {
  contrastingDocuments,
  representativesByVectors,
  tokenDistribution,
  type DocumentMatch,
} from '../topics/index.ts';

/** Characters of a document that are compared with the topics: a book's beginning stands for it. */
const mostCharacters = 20_000;

/** Documents that show what a topic is (closest), what it also holds (farthest), and what it nearly holds (contrasting). */
export async function topicDocuments(
  session: Session,
  topic: number,
  limit: number,
): Promise<TopicDocuments> {
  const { state, corpus } = session;
  if (!state.topics.some((t) => t.id === topic && topic >= 0))
    throw new UsageError(`There is no topic ${topic}; look at the list of topics for those that there are.`);
  const { matrix } = await session.embedding();
  const shown = (list: readonly DocumentMatch[]) =>
    list.map(({ document, similarity }) => ({
      row: document,
      id: corpus.ids[document],
      topic: state.labels[document],
      similarity,
      snippet: corpus.texts[document].slice(0, 200).replace(/\s+/g, ' ').trim(),
    }));
  const { closest, farthest } = representativesByVectors(
    matrix,
    state.labels,
    topic,
    limit,
    corpus.duplicateOf,
  );
  return {
    closest: shown(closest),
    farthest: shown(farthest),
    contrasting: shown(contrastingDocuments(matrix, state.labels, topic, limit)),
  };
}

/** How strongly every token of a document belongs to the topics that it belongs to at all: for marking words in the reader. */
export async function tokenTopics(session: Session, row: number): Promise<TokenTopics> {
  const { texts } = session.corpus;
  if (row >= texts.length)
    throw new UsageError(`There is no document in row ${row}; the last one is ${texts.length - 1}.`);
  const text = texts[row].slice(0, mostCharacters);
  const found = tokenDistribution(await session.topicTerms(), text);
  const { columns, data } = found.matrix;
  const tokens = found.starts.length;
  const sums = new Float64Array(columns);
  data.forEach((v, i) => (sums[i % columns] += v));
  const kept = Array.from(sums.keys())
    .filter((t) => sums[t] > 0)
    .sort((a, b) => sums[b] - sums[a] || a - b);
  const weights = new Float32Array(tokens * kept.length);
  for (let token = 0; token < tokens; token++)
    kept.forEach((t, k) => (weights[token * kept.length + k] = data[token * columns + t]));
  return {
    starts: found.starts,
    ends: found.ends,
    topics: Int32Array.from(kept, (t) => found.topics[t]),
    weights,
  };
}
