import { InputError, MoeTopicError, UsageError } from '../base/errors.ts';
import { row, zeros } from '../base/matrix.ts';
import { parseParams } from '../base/params.ts';
import type { StageContext } from '../base/progress.ts';
import { cluster, clusterParams, hdbscanWithModel, membershipVectors } from '../cluster/index.ts';
import { embedWords } from '../embed/index.ts';
import { topicName, topicTerms, type KeywordParams } from '../keywords/index.ts';
import type { RunState } from '../run/pipeline.ts';
import { reduce } from '../reduce/index.ts';
import { clusterAtSize, paramsInForce } from './recluster.ts';
import type { Session } from './session.ts';
import { clusterAnyway } from '../run/params.ts';
import { seedMultiplierOf } from '../run/seed-words.ts';
import { pickRows, rowsWithText, spread } from '../run/spread.ts';
import type { Topic } from '../stages.ts';
import { topicTable, type TopicTableInput } from '../run/topic-table.ts';
import {
  applyParsed,
  assignments,
  describeOperation,
  parseOperation,
  replay,
  withPinned,
  type TopicRecord,
  type TopicOperation,
  type TopicState,
  type TopicTools,
} from '../topics/index.ts';

/** Does an operation, keeps it in the project's log, and makes the session show it. Throws as `parseOperation` and `applyParsed` do. */
export async function performOperation(
  session: Session,
  operation: unknown,
  context: StageContext,
): Promise<void> {
  const parsed = parseOperation(operation);
  const edit = await applyParsed(session.state.edit, parsed, topicTools(session, context));
  const state = await stateOf(session, edit, context);
  await session.project.commitOperation(parsed, describeOperation(parsed), state);
  session.replaceState(state);
}

/**
 * Does operations one after the other, as a log of this or another project lists them: all of them or none.
 * @param entries operations, or lines of a log that hold one; undone lines are passed over.
 * @returns how many were done.
 * @throws as `performOperation` does, saying which one does not fit; the project is then as it was.
 */
export async function replayOperations(
  session: Session,
  entries: readonly unknown[],
  context: StageContext,
): Promise<number> {
  const operations = entries.flatMap((entry) => {
    const { operation, undone } = (entry ?? {}) as { operation?: unknown; undone?: boolean };
    return undone ? [] : [operation ?? entry];
  });
  if (operations.length === 0) return 0;
  const tools = topicTools(session, context);
  let { edit } = session.state;
  const done: { operation: TopicOperation; text: string }[] = [];
  for (const given of operations) {
    let text = 'unknown';
    try {
      const operation = parseOperation(given);
      text = describeOperation(operation);
      edit = await applyParsed(edit, operation, tools);
      done.push({ operation, text });
    } catch (error) {
      throw unfit(error, text, done.length + 1, operations.length);
    }
  }
  const state = await stateOf(session, edit, context);
  await session.project.commitOperations(done, state);
  session.replaceState(state);
  return operations.length;
}

/** What is wrong with one operation of a list, as a sentence about the list; other errors as they are. */
function unfit(error: unknown, name: string, which: number, all: number): unknown {
  if (!(error instanceof UsageError || error instanceof InputError)) return error;
  return new MoeTopicError(
    `Operation ${which} of ${all} (${name}) does not fit this project, so none was done: ${error.message}`,
    error.code,
    error.exitStatus,
    { cause: error },
  );
}

/** Takes the last operation back by replaying the others from the fit. @throws UsageError when there is none. */
export async function undoOperation(session: Session, context: StageContext): Promise<void> {
  const entries = await session.project.operations();
  const inForce = entries.filter((entry) => !entry.undone);
  if (inForce.length === 0) throw new UsageError('There is nothing to undo.');
  const state = await replayed(session, inForce.slice(0, -1), context);
  await session.project.commitUndo(state);
  session.replaceState(state);
}

/** Does the last undone operation again. @throws UsageError when there is none. */
export async function redoOperation(session: Session, context: StageContext): Promise<void> {
  const entries = await session.project.operations();
  const next = entries.findIndex((entry) => entry.undone);
  if (next < 0) throw new UsageError('There is nothing to redo.');
  const state = await replayed(session, entries.slice(0, next + 1), context);
  await session.project.commitRedo(state);
  session.replaceState(state);
}

async function replayed(
  session: Session,
  entries: readonly { operation: Readonly<Record<string, unknown>> }[],
  context: StageContext,
): Promise<RunState> {
  const fit = await session.project.fittedState<RunState>();
  if (fit === undefined) throw new UsageError('The project has no fitted state to go back to; run it again.');
  const operations = entries.map((entry) => entry.operation);
  if (operations.length === 0) return fit;
  return stateOf(session, await replay(fit.edit, operations, topicTools(session, context)), context);
}

/** Documents that came to their topic in a given way. */
export function rowsAssigned(state: RunState, how: (typeof assignments)[number]): number {
  const code = assignments.indexOf(how);
  return state.edit.assignedBy.reduce((sum, value) => sum + (value === code ? 1 : 0), 0);
}

/** The whole state that an edit makes: the topics' table with names and pins, the rest as it was fitted. */
export async function stateOf(session: Session, edit: TopicState, context: StageContext): Promise<RunState> {
  const terms = await session.editedTerms(edit);
  const topics = await editedTable(
    edit,
    {
      terms,
      ids: session.corpus.ids,
      duplicateOf: session.corpus.duplicateOf,
      embedWords: await wordModel(session, context),
      embedding: (await session.embedding()).matrix,
    },
    seedMultiplierOf(session.params, terms),
    context,
  );
  return {
    ...session.state,
    ...(await strengths(session, edit, context)),
    edit,
    labels: edit.labels,
    topics,
  };
}

/** How strongly each document belongs, by the clustering that the edit began with. */
async function strengths(
  session: Session,
  edit: TopicState,
  context: StageContext,
): Promise<Pick<RunState, 'probabilities' | 'outlierScores'>> {
  const { probabilities, outlierScores, edit: now } = session.state;
  if (edit.clustered?.first === now.clustered?.first) return { probabilities, outlierScores };
  if (edit.clustered === undefined) {
    const fit = await session.project.fittedState<RunState>();
    return fit
      ? { probabilities: fit.probabilities, outlierScores: fit.outlierScores }
      : { probabilities, outlierScores };
  }
  const found = await clusterAtSize(session, edit.clustered.minTopicSize, context);
  const { ids, empty } = session.corpus;
  const all = (values: ArrayLike<number>): Float64Array =>
    spread(Float64Array.from(values), rowsWithText(ids.length, empty), ids.length, 0);
  return { probabilities: all(found.probabilities), outlierScores: all(found.outlierScores) };
}

/** The topics' table of an edited state: keywords from its labels and words, names and pins as people gave them. */
export async function editedTable(
  edit: TopicState,
  input: Omit<TopicTableInput, 'labels'>,
  params: KeywordParams,
  context: StageContext,
): Promise<Topic[]> {
  const table = await topicTable({ ...input, labels: edit.labels }, params, context);
  const records = new Map(edit.topics.map((record) => [record.id, record]));
  return table.map((topic) => withRecord(topic, records.get(topic.id)));
}

/** A topic as its record says: pinned words first, in its name, too, unless a person named it. */
function withRecord(topic: Topic, record: TopicRecord | undefined): Topic {
  if (record === undefined) return topic;
  const keywords = withPinned(topic.keywords, record.pinned);
  const pins = record.pinned.length > 0 ? { pinned: record.pinned } : {};
  return { ...topic, keywords, name: record.name ?? topicName(topic.id, keywords), ...pins };
}

/** Embeds words as the corpus was embedded; null for a project whose embeddings were given. */
export async function wordModel(session: Session, context: StageContext) {
  const { recipe } = await session.embedding();
  if (recipe.given) return null;
  const own = await session.embedParams();
  return (words: readonly string[]) => embedWords(words, own, context, recipe);
}

/** What operations on topics may ask of this project. */
export function topicTools(session: Session, context: StageContext): TopicTools {
  const { params, corpus } = session;
  return {
    texts: corpus.texts,
    context,
    topicTerms: async (state) => {
      const terms = await session.editedTerms(state);
      return topicTerms(terms, state.labels, seedMultiplierOf(params, terms));
    },
    embedding: async () => (await session.embedding()).matrix,
    membership: async (rows, { clustered }) => {
      const reduction = await session.reduction();
      if (reduction === undefined) return null;
      const own = paramsInForce(session, clustered, reduction.components.rows);
      if (own.clusterer !== 'hdbscan') return null;
      const { model } = await hdbscanWithModel(reduction.components, own, context);
      if (model === null) return null;
      const places = placesAmong(rowsWithText(corpus.ids.length, corpus.empty), rows);
      const known = places.filter((place) => place >= 0);
      const matrix = await membershipVectors(model, context, known);
      const topics = Int32Array.from({ length: matrix.columns }, (_, t) => t + (clustered?.first ?? 0));
      if (known.length === rows.length) return { topics, matrix };
      const all = zeros(rows.length, matrix.columns);
      let next = 0;
      places.forEach((place, r) => {
        if (place >= 0) all.data.set(row(matrix, next++), r * matrix.columns);
      });
      return { topics, matrix: all };
    },
    cluster: (rows, own) => splitRows(session, rows, own, context),
    recluster: async (minTopicSize) => {
      const { labels } = await clusterAtSize(session, minTopicSize, context);
      return spread(labels, rowsWithText(corpus.ids.length, corpus.empty), corpus.ids.length, -1);
    },
  };
}

/** Where rows stand among the clustered ones, −1 for a document without text; both ascending. */
function placesAmong(clustered: Int32Array, rows: Int32Array): Int32Array {
  let at = 0;
  return rows.map((r) => {
    while (at < clustered.length && clustered[at] < r) at++;
    return clustered[at] === r ? at : -1;
  });
}

/**
 * Clusters some documents by themselves: a layout of their own shows what the whole corpus' layout pressed together. Half the
 * usual size of a topic unless `minTopicSize` says otherwise, and leaves of the tree, since a split is asked for.
 */
async function splitRows(
  session: Session,
  rows: Int32Array,
  own: Record<string, unknown>,
  context: StageContext,
): Promise<Int32Array> {
  const { matrix } = await session.embedding();
  const quiet = { ...context, onProgress: () => undefined };
  const layout = await reduce(pickRows(matrix, rows), { ...session.params.reduce, epochs: 200 }, quiet);
  const given = parseParams(clusterParams.partial(), own, 'split');
  const size = Math.max(5, Math.round(rows.length / 20));
  const params = {
    ...clusterAnyway(session.params),
    minTopicSize: size,
    minSamples: 1,
    selection: 'leaf' as const,
    ...definedOnly(given, own),
  };
  return (await cluster(layout.components, params, quiet)).labels;
}

/** Only what was asked for: a schema's partial form still fills defaults in. */
function definedOnly<T extends object>(parsed: T, asked: Record<string, unknown>): Partial<T> {
  return Object.fromEntries(Object.entries(parsed).filter(([name]) => name in asked)) as Partial<T>;
}
