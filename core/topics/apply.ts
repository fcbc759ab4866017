import { InputError, UsageError } from '../base/errors.ts';
import { describeOperation, operationSchema, operationTypes, type TopicOperation } from './operations.ts';
import { planOutliers } from './outliers.ts';
import { recluster } from './recluster.ts';
import { groupsAlike, groupsToReduce, topicSimilarity } from './reduce.ts';
import {
  countTopics,
  findTopic,
  FIT,
  REDUCED,
  rowsOf,
  USER,
  type TopicRecord,
  type TopicState,
} from './state.ts';
import type { TopicTools } from './tools.ts';

/** An operation as its schema has it. @throws UsageError for one that is none. */
export function parseOperation(operation: unknown): TopicOperation {
  const parsed = operationSchema.safeParse(operation);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0];
  const options = { cause: parsed.error };
  const type = String((operation as { type?: unknown } | null | undefined)?.type);
  if (!operationTypes.includes(type as TopicOperation['type']))
    throw new UsageError(
      `There is no operation ${type} on topics; the operations are ${operationTypes.join(', ')}.`,
      options,
    );
  throw new UsageError(`The operation ${type} can’t take this ${String(path[0])}: ${message}.`, options);
}

/**
 * The state after an operation; the one before is left as it was.
 * @throws UsageError for an operation that names topics or documents that there are not; InputError when it lacks its material
 * or can't do anything; CancelledError.
 */
export async function applyParsed(
  state: TopicState,
  operation: TopicOperation,
  tools: TopicTools,
): Promise<TopicState> {
  return tidy(await apply(state, operation, tools));
}

/** The same for anything that may be an operation. Throws as `parseOperation` and `applyParsed` do. */
export async function applyOperation(
  state: TopicState,
  operation: unknown,
  tools: TopicTools,
): Promise<TopicState> {
  return applyParsed(state, parseOperation(operation), tools);
}

async function apply(state: TopicState, operation: TopicOperation, tools: TopicTools): Promise<TopicState> {
  switch (operation.type) {
    case 'merge':
      return merge(state, [...new Set(operation.topics)]);
    case 'merge-groups': {
      const groups = operation.groups.map((ids) => [...new Set(ids)]).filter((ids) => ids.length > 1);
      if (groups.length === 0)
        throw new UsageError('A merge of groups needs a group of at least two topics.');
      const all = groups.flat();
      const twice = all.find((id, i) => all.indexOf(id) !== i);
      if (twice !== undefined)
        throw new UsageError(`Topic ${twice} is in two groups; a topic can be merged into one only.`);
      return groups.reduce(merge, state);
    }
    case 'reduce':
      return mergeAll(
        state,
        groupsToReduce(await topicSimilarity(state, operation.by, tools), operation.to),
        operation,
      );
    case 'merge-similar':
      return mergeAll(
        state,
        groupsAlike(await topicSimilarity(state, operation.by, tools), operation.threshold),
        operation,
      );
    case 'split': {
      findTopic(state, operation.topic);
      const rows = rowsOf(state.labels, operation.topic);
      return split(state, operation.topic, rows, await tools.cluster(rows, operation.params));
    }
    case 'recluster':
      return recluster(state, operation.minTopicSize, await tools.recluster(operation.minTopicSize));
    case 'delete':
      return remove(state, [...new Set(operation.topics)]);
    case 'move':
      return move(state, operation.rows, operation.topic);
    case 'rename':
      return change(state, operation.topic, { name: operation.name === '' ? null : operation.name });
    case 'names':
      return Object.entries(operation.names).reduce(
        (now, [id, name]) => change(now, Number(id), { name: name === '' ? null : name }),
        state,
      );
    case 'pin':
      return change(state, operation.topic, { pinned: [...new Set(operation.keywords)] });
    case 'stop-words':
      return stopWords(state, operation.add, operation.remove);
    case 'thesaurus':
      return thesaurus(state, operation.entries);
    case 'ngrams':
      return { ...state, vocabulary: { ...state.vocabulary, ngrams: operation.range } };
    case 'outliers': {
      const plan = await planOutliers(state, operation.strategy, operation.threshold, tools);
      return place(state, plan.rows, (r) => plan.topics[r], REDUCED);
    }
    case 'restore-outliers':
      return restore(state, operation.rows);
  }
}

/** A new topic takes the documents and pinned keywords of the merged ones; a name given to the largest of them stays. */
function merge(state: TopicState, ids: readonly number[]): TopicState {
  if (ids.length < 2)
    throw new UsageError('A merge needs at least two different topics; name them as in 3,7.');
  const merged = ids.map((id) => findTopic(state, id));
  const counts = countTopics(state.labels);
  const bySize = merged.toSorted((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0) || a.id - b.id);
  const id = state.nextId;
  const set = new Set(ids);
  return {
    ...state,
    labels: state.labels.map((label) => (set.has(label) ? id : label)),
    topics: [
      ...state.topics.filter((t) => !set.has(t.id)),
      {
        id,
        parents: ids.toSorted((a, b) => a - b),
        name: bySize.find((t) => t.name !== null)?.name ?? null,
        pinned: [...new Set(bySize.flatMap((t) => t.pinned))],
      },
    ],
    retired: [...state.retired, ...merged.map((t) => ({ ...t, into: [id] }))],
    nextId: id + 1,
  };
}

function mergeAll(state: TopicState, groups: readonly number[][], operation: TopicOperation): TopicState {
  if (groups.length === 0)
    throw new InputError(
      `${describeOperation(operation)}: no two topics are alike enough; nothing was changed.`,
    );
  return groups.reduce(merge, state);
}

/** Sub-topics are numbered by falling size, ties by first document; what the clusterer leaves out becomes an outlier. */
function split(state: TopicState, topic: number, rows: Int32Array, found: Int32Array): TopicState {
  if (found.length !== rows.length)
    throw new InputError(`Splitting topic ${topic}: ${found.length} labels for ${rows.length} documents.`);
  const sizes = [...countTopics(found)].filter(([label]) => label >= 0);
  if (sizes.length < 2)
    throw new InputError(
      `Topic ${topic} does not fall into parts with these parameters; try a smaller minimum topic size.`,
    );
  const first = new Map<number, number>();
  found.forEach((label, r) => first.has(label) || first.set(label, r));
  sizes.sort((a, b) => b[1] - a[1] || first.get(a[0])! - first.get(b[0])!);
  const idOf = new Map(sizes.map(([label], k) => [label, state.nextId + k]));
  const into = [...idOf.values()];
  const whole = findTopic(state, topic);
  const named = {
    ...state,
    topics: [
      ...state.topics.filter((t) => t.id !== topic),
      ...into.map((id) => ({ id, parents: [topic], name: null, pinned: [] })),
    ],
    retired: [...state.retired, { ...whole, into }],
    nextId: state.nextId + into.length,
  };
  return place(named, rows, (r) => idOf.get(found[r]) ?? -1, USER);
}

function remove(state: TopicState, ids: readonly number[]): TopicState {
  const gone = ids.map((id) => findTopic(state, id));
  const set = new Set(ids);
  const assignedBy = state.assignedBy.map((by, d) => (set.has(state.labels[d]) ? USER : by));
  return {
    ...state,
    labels: state.labels.map((label) => (set.has(label) ? -1 : label)),
    assignedBy,
    topics: state.topics.filter((t) => !set.has(t.id)),
    retired: [...state.retired, ...gone.map((t) => ({ ...t, into: [] }))],
  };
}

function move(state: TopicState, rows: readonly number[], topic: number): TopicState {
  if (topic >= 0) findTopic(state, topic);
  checkRows(state, rows);
  return place(state, Int32Array.from(rows), () => topic, USER);
}

/** Gives rows a topic each; −1 from outlier reduction means "leave it". A topic that lost its last document is retired. */
function place(
  state: TopicState,
  rows: Int32Array,
  topicOf: (position: number) => number,
  by: number,
): TopicState {
  const labels = state.labels.slice();
  const assignedBy = state.assignedBy.slice();
  rows.forEach((d, r) => {
    const topic = topicOf(r);
    if (topic === labels[d]) return;
    labels[d] = topic;
    assignedBy[d] = by;
  });
  return retireEmpty({ ...state, labels, assignedBy });
}

function retireEmpty(state: TopicState): TopicState {
  const alive = new Set(state.labels);
  const empty = state.topics.filter((t) => !alive.has(t.id));
  if (empty.length === 0) return state;
  return {
    ...state,
    topics: state.topics.filter((t) => alive.has(t.id)),
    retired: [...state.retired, ...empty.map((t) => ({ ...t, into: [] }))],
  };
}

function restore(state: TopicState, rows: readonly number[] | null): TopicState {
  if (rows) checkRows(state, rows);
  const chosen = rows ? new Set(rows) : null;
  const back = (d: number): boolean =>
    state.assignedBy[d] === REDUCED && state.labels[d] >= 0 && (!chosen || chosen.has(d));
  return retireEmpty({
    ...state,
    labels: state.labels.map((label, d) => (back(d) ? -1 : label)),
    assignedBy: state.assignedBy.map((by, d) => (back(d) ? FIT : by)),
  });
}

function checkRows(state: TopicState, rows: readonly number[]): void {
  const wrong = rows.find((d) => d >= state.labels.length);
  if (wrong !== undefined)
    throw new UsageError(`There is no document in row ${wrong}; the last is ${state.labels.length - 1}.`);
}

function change(state: TopicState, id: number, what: Partial<TopicRecord>): TopicState {
  findTopic(state, id);
  return { ...state, topics: state.topics.map((t) => (t.id === id ? { ...t, ...what } : t)) };
}

function stopWords(state: TopicState, add: readonly string[], remove: readonly string[]): TopicState {
  const without = (list: readonly string[], gone: readonly string[]): string[] =>
    list.filter((w) => !gone.includes(w));
  const { vocabulary } = state;
  return {
    ...state,
    vocabulary: {
      ...vocabulary,
      stopWords: [...new Set([...without(vocabulary.stopWords, remove), ...add])].sort(),
      keptWords: [...new Set([...without(vocabulary.keptWords, add), ...without(remove, add)])].sort(),
    },
  };
}

function thesaurus(state: TopicState, entries: Readonly<Record<string, string>>): TopicState {
  const all: Record<string, string> = { ...state.vocabulary.thesaurus, ...entries };
  const kept = Object.entries(all)
    .filter(([from, to]) => to !== '' && to !== from)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...state, vocabulary: { ...state.vocabulary, thesaurus: Object.fromEntries(kept) } };
}

/** Topics and retired topics by ascending id, whatever the operation did. */
function tidy(state: TopicState): TopicState {
  const byId = (a: TopicRecord, b: TopicRecord): number => a.id - b.id;
  return { ...state, topics: state.topics.toSorted(byId), retired: state.retired.toSorted(byId) };
}
