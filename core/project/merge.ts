import type { StageContext } from '../base/progress.ts';
import { withNewcomers } from './join.ts';
import { inSpaceOf } from './joined-embedding.ts';
import { checkFolder, writeMadeProject, type MadeOptions } from './made-project.ts';
import type { JoinReport, MatchedTopic } from '../protocol.ts';
import type { Session } from './session.ts';
import {
  countTopics,
  matchTopics,
  relabel,
  topicVectors,
  type MergeMode,
  type ProjectMatch,
} from '../topics/index.ts';

export interface MergeRequest extends MadeOptions {
  /**
   * keep: the other's topics stay topics of their own; map: each goes to the one here that is most alike, the others' documents
   * become outliers; add: alike ones are mapped, the others added.
   */
  readonly mode?: MergeMode;
  /** Least cosine of two topics' mean vectors to be one (BERTopic's `merge_models`: 0.7). */
  readonly threshold?: number;
}

/**
 * Merges another project into a new one that begins as this: both corpora, and the other's topics kept, mapped or added by how
 * alike they are. Neither project changes.
 * @throws InputError when the two are not of the same model and settings; UsageError for a folder that holds results.
 */
export async function mergeProjects(
  session: Session,
  other: Session,
  folder: string,
  { mode = 'add', threshold = 0.7, ...options }: MergeRequest,
  context: StageContext,
): Promise<JoinReport> {
  await checkFolder(folder, options.overwrite);
  const own = await session.embedding();
  const coming = await other.embedding();
  const matches = matchTopics(
    topicVectors(own.matrix, session.state.labels),
    topicVectors(inSpaceOf(own, coming).matrix, other.state.labels),
    session.state.edit.nextId,
    mode,
    threshold,
  );
  const records = new Map(other.state.edit.topics.map((record) => [record.id, record]));
  const added = matches
    .filter((match) => match.isNew)
    .map(({ topic, becomes }) => {
      const { name, pinned } = records.get(topic)!;
      return { id: becomes, parents: [], name, pinned };
    });
  const { renamed, ...made } = await withNewcomers(
    session,
    {
      corpus: other.corpus,
      embedding: coming,
      labels: relabel(other.state.labels, matches),
      assignedBy: other.state.edit.assignedBy,
      probabilities: other.state.probabilities,
      outlierScores: other.state.outlierScores,
      added,
      nextId: session.state.edit.nextId + added.length,
    },
    context,
  );
  const report = matchedTopics(other.state.topics, matches);
  await writeMadeProject(
    folder,
    { ...made, command: 'merge', more: { merged: { mode, threshold, renamed, topics: report } } },
    { ...options, language: context.language },
  );
  return joinReport(folder, report, made.state.labels, other.corpus.ids.length, renamed);
}

/** Where each of the other's topics went, in the words of a report. */
export function matchedTopics(
  topics: readonly { id: number; name: string; count: number }[],
  matches: readonly ProjectMatch[],
): MatchedTopic[] {
  const byId = new Map(topics.map((topic) => [topic.id, topic]));
  return matches.map(({ topic, ...match }) => ({
    topic,
    name: byId.get(topic)?.name ?? String(topic),
    count: byId.get(topic)?.count ?? 0,
    ...match,
  }));
}

export function joinReport(
  out: string,
  matches: MatchedTopic[],
  labels: Int32Array,
  added: number,
  renamed: number,
): JoinReport {
  const counts = countTopics(labels);
  return {
    out,
    documents: labels.length,
    added,
    renamed,
    topics: counts.size - (counts.has(-1) ? 1 : 0),
    outliers: counts.get(-1) ?? 0,
    newTopics: [...new Set(matches.filter((match) => match.isNew).map((match) => match.becomes))],
    matches,
  };
}
