import type { StageContext } from '../base/progress.ts';
import { InputError } from '../base/errors.ts';
import { pickRows, rowsWithText, spread } from '../run/spread.ts';
import type { Matrix } from '../base/matrix.ts';
import { cluster } from '../cluster/index.ts';
import { embed } from '../embed/index.ts';
import { withNewcomers } from './join.ts';
import { inSpaceOf } from './joined-embedding.ts';
import { checkFolder, writeMadeProject, type MadeOptions } from './made-project.ts';
import { joinReport, matchedTopics } from './merge.ts';
import type { JoinReport } from '../protocol.ts';
import { reduce } from '../reduce/index.ts';
import { clusterAnyway } from '../run/params.ts';
import type { Session } from './session.ts';
import type { Corpus } from '../stages.ts';
import {
  assignments,
  countTopics,
  matchTopics,
  relabel,
  topicNeighbourhoods,
  topicsNearest,
  topicVectors,
} from '../topics/index.ts';

export interface GrowRequest extends MadeOptions {
  /** Least cosine of a new topic's mean vector and a known one's to be the same topic. */
  readonly threshold?: number;
}

/** A batch below this is not clustered by itself: its documents only join topics that there are. */
const smallestBatch = 30;
const [FIT, TRANSFORM] = [assignments.indexOf('fit'), assignments.indexOf('transform')];

/**
 * Grows a project by a batch of new documents into a new one: the batch is embedded as the project was and clustered by itself;
 * its clusters are topics that are known already (by the cosine of mean vectors) or new ones; what is left joins the topic whose
 * middle it is close enough to, or stays an outlier. Documents that joined a known topic are marked as predicted. The grown project
 * can be grown again.
 * @throws InputError for a project with given embeddings or a batch without text; UsageError for a folder that holds results.
 */
export async function growProject(
  session: Session,
  batch: Corpus,
  folder: string,
  { threshold = 0.7, ...options }: GrowRequest,
  context: StageContext,
): Promise<JoinReport> {
  await checkFolder(folder, options.overwrite);
  const own = await session.embedding();
  if (own.recipe.given)
    throw new InputError(
      'This project was run with given embeddings, so new documents can’t be embedded in the same way.',
    );
  const documents = batch.ids.length;
  const rows = rowsWithText(documents, batch.empty);
  if (rows.length === 0)
    throw new InputError(`No document of ${batch.source} has any text; name the text column with --text.`);
  const coming = await embed(batch.texts, await session.embedParams(), context);
  const { matrix } = inSpaceOf(own, coming);
  const found = spread(await batchClusters(session, pickRows(matrix, rows), context), rows, documents, -1);
  const known = topicVectors(own.matrix, session.state.labels);
  const { nextId } = session.state.edit;
  const matches = matchTopics(known, topicVectors(matrix, found), nextId, 'add', threshold);
  const labels = relabel(found, matches);
  const left = rows.filter((d) => labels[d] < 0);
  const closest = topicsNearest(
    topicNeighbourhoods(own.matrix, session.state.labels),
    pickRows(matrix, left),
  );
  left.forEach((d, i) => (labels[d] = closest.labels[i]));
  const added = matches
    .filter((match) => match.isNew)
    .map(({ becomes }) => ({ id: becomes, parents: [], name: null, pinned: [] }));
  const fresh = new Set(added.map((record) => record.id));
  const { renamed, ...made } = await withNewcomers(
    session,
    {
      corpus: batch,
      embedding: coming,
      labels,
      assignedBy: Uint8Array.from(labels, (label) => (label < 0 || fresh.has(label) ? FIT : TRANSFORM)),
      probabilities: Float64Array.from(labels, (label) => (label < 0 ? 0 : 1)),
      outlierScores: new Float64Array(documents),
      added,
      nextId: nextId + added.length,
    },
    context,
  );
  const counts = countTopics(found);
  const names = new Map(made.state.topics.map((topic) => [topic.id, topic.name]));
  const report = matchedTopics(
    matches.map(({ topic, becomes }) => ({
      id: topic,
      name: names.get(becomes) ?? String(becomes),
      count: counts.get(topic) ?? 0,
    })),
    matches,
  );
  await writeMadeProject(
    folder,
    { ...made, command: 'grow', more: { grown: { threshold, renamed, added: documents, topics: report } } },
    { ...options, language: context.language },
  );
  return joinReport(folder, report, made.state.labels, documents, renamed);
}

/** Clusters of the batch by itself; all −1 where it is too small for that. */
async function batchClusters(session: Session, input: Matrix, context: StageContext): Promise<Int32Array> {
  if (input.rows < smallestBatch) return new Int32Array(input.rows).fill(-1);
  const { params } = session;
  const layout = await reduce(input, params.reduce, context);
  return (await cluster(layout.components, clusterAnyway(params), context)).labels;
}
