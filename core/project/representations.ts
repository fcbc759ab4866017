import type { StageContext } from '../base/progress.ts';
import { UsageError } from '../base/errors.ts';
import { phraseTerms, refineKeywords, topicKeywords, type KeywordParams } from '../keywords/index.ts';
import { wordModel } from './topics.ts';
import type { TopicRepresentations } from '../protocol.ts';
import type { Session } from './session.ts';
import { seedMultiplierOf } from '../run/seed-words.ts';
import type { DocumentTerms, TopicKeywords } from '../stages.ts';

/** Ways to say what a topic is about: c-TF-IDF, MMR, likeness in the embedding (KeyBERT-inspired), noun-like phrases. */
export const representationMethods = ['ctfidf', 'mmr', 'embedding', 'phrases'] as const;
export type RepresentationMethod = (typeof representationMethods)[number];

/**
 * Several representations of every topic side by side.
 * @throws InputError for mmr and embedding in a project whose embeddings were given; UsageError for an unknown method.
 */
export async function topicRepresentations(
  session: Session,
  methods: readonly RepresentationMethod[],
  words: number,
  context: StageContext,
): Promise<TopicRepresentations[]> {
  const unknown = methods.find((method) => !representationMethods.includes(method));
  if (unknown !== undefined)
    throw new UsageError(
      `There is no representation ${unknown}; there are ${representationMethods.join(', ')}.`,
    );
  const lists = new Map<RepresentationMethod, TopicKeywords[]>();
  for (const method of methods) lists.set(method, await keywordsBy(session, method, words, context));
  return session.state.topics.map(({ id, name, count }) => ({
    topic: id,
    name,
    count,
    keywords: Object.fromEntries(
      [...lists].map(([method, list]) => [method, [...(list.find((k) => k.topic === id)?.keywords ?? [])]]),
    ),
  }));
}

async function keywordsBy(
  session: Session,
  method: RepresentationMethod,
  words: number,
  context: StageContext,
): Promise<TopicKeywords[]> {
  const { state, corpus } = session;
  const terms = await session.editedTerms(state.edit);
  /** Of these terms: seed words count more here, too. */
  const params = (of: DocumentTerms): KeywordParams => ({
    ...seedMultiplierOf(session.params, of),
    topWords: words,
  });
  if (method === 'phrases') {
    const { languages } = await session.terms();
    const single = { ...terms };
    const phrases = await phraseTerms(corpus.texts, single, languages[0] ?? 'en', context);
    return topicKeywords(phrases, state.labels, { ...params(phrases), keywords: 'ctfidf' });
  }
  const input = {
    labels: state.labels,
    embedWords: await wordModel(session, context),
    embedding: (await session.embedding()).matrix,
  };
  return refineKeywords(terms, input, { ...params(terms), keywords: method }, context);
}
