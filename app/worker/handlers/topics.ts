import {
  documentTimes,
  findTopics,
  nearestTopics,
  performOperation,
  previewOperationOn,
  readableBins,
  redoOperation,
  replayOperations,
  similarityByTerms,
  topicDocuments,
  topicExperts,
  topicVectors,
  undoOperation,
  type Session,
} from '../../../core/index.ts';
import { UsageError } from '../../../core/base/errors.ts';
import type { TopicPage } from '../../../core/protocol.ts';
import type { Handlers } from '../call.ts';
import { documentRow } from '../documents.ts';
import { summarise } from '../summary.ts';
import { queryVector } from './documents.ts';

export const topicHandlers: Handlers<
  | 'topics.list'
  | 'topics.preview'
  | 'topics.apply'
  | 'topics.undo'
  | 'topics.redo'
  | 'topics.log'
  | 'topics.replay'
  | 'topics.page'
  | 'topics.documents'
  | 'topics.find'
> = {
  'topics.list': async (_params, { workspace }) => [...workspace.session.state.topics],

  'topics.preview': ({ operation, coherence }, { workspace, context }) =>
    previewOperationOn(workspace.session, operation, context, coherence),

  'topics.apply': async ({ operation }, { workspace, context }) => {
    await performOperation(workspace.session, operation, context);
    return summarise(workspace.session);
  },

  'topics.undo': async (_params, { workspace, context }) => {
    await undoOperation(workspace.session, context);
    return summarise(workspace.session);
  },

  'topics.redo': async (_params, { workspace, context }) => {
    await redoOperation(workspace.session, context);
    return summarise(workspace.session);
  },

  'topics.log': async (_params, { workspace }) => {
    const entries = await workspace.session.project.operations();
    return entries.map((entry, index) => ({
      index,
      operation: { ...entry.operation },
      text: entry.text,
      undone: entry.undone,
    }));
  },

  'topics.replay': async ({ operations }, { workspace, context }) => {
    await replayOperations(workspace.session, operations, context);
    return summarise(workspace.session);
  },

  'topics.documents': ({ topic, limit }, { workspace }) => topicDocuments(workspace.session, topic, limit),

  'topics.page': async ({ topic }, { workspace }) => page(workspace.session, topic),

  'topics.find': async ({ text, limit }, { workspace, context }) => {
    const { session } = workspace;
    const vector = await queryVector(session, { text }, context);
    const { matrix } = await session.embedding();
    return findTopics(topicVectors(matrix, session.state.labels), vector, limit);
  },
};

async function page(session: Session, id: number): Promise<TopicPage> {
  const { state, corpus } = session;
  const topic = state.topics.find((t) => t.id === id);
  if (topic === undefined)
    throw new UsageError(`There is no topic ${id}; look at the list of topics for those that there are.`);
  const rowOf = new Map(corpus.ids.map((own, row) => [own, row]));
  return {
    topic,
    keywords: { 'c-TF-IDF': [...topic.keywords] },
    representatives: topic.representatives.map((own) => {
      const { row, snippet } = documentRow(session, rowOf.get(own) ?? 0);
      return { row, id: own, snippet };
    }),
    nearest: id < 0 ? [] : nearestTopics(similarityByTerms(await session.topicTerms()), id),
    byLabel: byLabel(session, id),
    byDate: byDate(session, id),
    experts: await topicExperts(session, id),
  };
}

function byLabel({ corpus, state }: Session, id: number): TopicPage['byLabel'] {
  const counts = new Map<string, number>();
  corpus.labels?.forEach((label, d) => {
    if (label !== null && state.labels[d] === id) counts.set(label, (counts.get(label) ?? 0) + 1);
  });
  return [...counts]
    .map(([label, count]) => ({ label, count }))
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}

function byDate(session: Session, id: number): TopicPage['byDate'] {
  const times = documentTimes(session);
  if (times === null) return [];
  const { bins, edges } = readableBins(times);
  if (edges.length < 3) return [];
  const counts = new Array<number>(edges.length - 1).fill(0);
  bins.forEach((bin, d) => {
    if (bin >= 0 && session.state.labels[d] === id) counts[bin]++;
  });
  return counts.map((count, b) => ({ start: new Date(edges[b]).toISOString().slice(0, 10), count }));
}
