import { readFile } from 'node:fs/promises';
import { InputError, UsageError } from '../../../core/base/errors.ts';
import {
  embedOne,
  findTopics,
  nearestTopics,
  redoOperation,
  replayOperations,
  similarityByTerms,
  topicDocuments,
  topicVectors,
  undoOperation,
} from '../../../core/index.ts';
import type { Session } from '../../../core/index.ts';
import type { TopicDocument } from '../../../core/protocol.ts';
import { topicAtLength } from '../topic-lines.ts';
import type { Action } from './action.ts';
import { oneId, wholeNumber } from './values.ts';

/** Topics by how alike they are, with their names. */
function named<T extends { readonly topic: number }>(
  session: Session,
  found: readonly T[],
): (T & { id: number; name: string })[] {
  const names = new Map(session.state.topics.map((topic) => [topic.id, topic.name]));
  return found.map((one) => ({ ...one, id: one.topic, name: names.get(one.topic) ?? '' }));
}

/** Actions that show topics, and those that go back and forth in the log. */
export const views: Record<string, Action> = {
  list: async (session) => ({ topics: session.state.topics }),
  show: async (session, [id]) => {
    const wanted = oneId(id);
    const topic = session.state.topics.find((t) => t.id === wanted);
    if (topic === undefined)
      throw new UsageError(`There is no topic ${id}; moetopic topics PROJECT list shows them.`);
    const documents = Array.from(session.state.labels.keys()).filter(
      (d) => session.state.labels[d] === topic.id,
    );
    const nearest =
      topic.id < 0 ? [] : nearestTopics(similarityByTerms(await session.topicTerms()), topic.id);
    const shown = documents.map((d) => session.corpus.ids[d]);
    return { topic, documents: shown, nearest, text: topicAtLength(topic, shown, named(session, nearest)) };
  },
  documents: async (session, [id], { limit }) => {
    const found = await topicDocuments(session, oneId(id), wholeNumber('limit', limit, 5));
    const lines = (title: string, documents: TopicDocument[]): string =>
      `${title}\n${documents.map((d) => `    ${d.similarity.toFixed(3)} ${d.id} (topic ${d.topic}): ${d.snippet.slice(0, 100)}\n`).join('')}`;
    return {
      ...found,
      text: `${lines('closest', found.closest)}${lines('farthest', found.farthest)}${lines('contrasting', found.contrasting)}`,
    };
  },
  find: async (session, words, _options, context) => {
    const sentence = words.join(' ').trim();
    if (sentence === '') throw new UsageError('Give a sentence that topics are to be found for, in quotes.');
    const { matrix, recipe } = await session.embedding();
    if (recipe.given)
      throw new InputError(
        'This project was run with given embeddings, so a sentence can’t be embedded in the same way.',
      );
    const vector = await embedOne(sentence, await session.embedParams(), context, recipe);
    const topics = findTopics(topicVectors(matrix, session.state.labels), vector);
    const text = named(session, topics).map((t) => `${t.similarity.toFixed(4)} ${t.id} ${t.name}\n`);
    return { topics, text: text.join('') };
  },
  log: async (session) => {
    const log = await session.project.operations();
    return {
      log,
      text:
        log.length === 0
          ? 'Nothing was done to the topics since the run.\n'
          : log.map((entry, i) => `${i + 1} ${entry.text}${entry.undone ? ' (undone)' : ''}\n`).join(''),
    };
  },
  undo: async (session, _args, _options, context) => {
    await undoOperation(session, context);
    return { topics: session.state.topics };
  },
  redo: async (session, _args, _options, context) => {
    await redoOperation(session, context);
    return { topics: session.state.topics };
  },
  replay: async (session, [file], _options, context) => {
    let entries: unknown;
    try {
      entries = JSON.parse(await readFile(file, 'utf8'));
    } catch (cause) {
      throw new InputError(
        `${file} can’t be read as JSON; give what moetopic topics PROJECT log --json printed.`,
        { cause },
      );
    }
    const list = Array.isArray(entries)
      ? (entries as unknown[])
      : (entries as { log?: unknown[] } | null)?.log;
    if (!Array.isArray(list))
      throw new InputError(
        `${file} holds no list of operations; give what moetopic topics PROJECT log --json printed.`,
      );
    const replayed = await replayOperations(session, list, context);
    return { topics: session.state.topics, replayed };
  },
};
