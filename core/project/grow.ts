import type { StageContext } from '../base/progress.ts';
import { InputError } from '../base/errors.ts';
import { pickRows, rowsWithText, spread } from '../run/spread.ts';
import { row, type Matrix } from '../base/matrix.ts';
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
import type { Corpus, Embedding } from '../stages.ts';
import { assignments, cosinesTo, countTopics, matchTopics, relabel, topicVectors } from '../topics/index.ts';

export interface GrowRequest extends MadeOptions {
  /** Least cosine of a new topic's mean vector and a known one's to be the same topic. */
  readonly threshold?: number;
}

/** A batch below this is not clustered by itself: its documents only join topics that there are. */
const smallestBatch = 30;
/** A document joins a topic when it is as close to its middle as nine in ten of the topic's own. */
const share = 0.1;
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
  joinClosest(session, own, matrix, left, labels);
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
    options,
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

/** Gives documents the topic with the most similar mean vector, if they are close enough to it. */
function joinClosest(
  session: Session,
  own: Embedding,
  matrix: Matrix,
  rows: Int32Array,
  labels: Int32Array,
): void {
  const { topics, vectors } = topicVectors(own.matrix, session.state.labels);
  if (topics.length === 0) return;
  const least = usualCloseness(own.matrix, session.state.labels, topics, vectors);
  const similarities = new Float64Array(topics.length);
  for (const d of rows) {
    cosinesTo(vectors, row(matrix, d), similarities);
    let best = 0;
    for (let t = 1; t < topics.length; t++) if (similarities[t] > similarities[best]) best = t;
    if (similarities[best] > 0 && similarities[best] >= least[best]) labels[d] = topics[best];
  }
}

/** For each topic the cosine to its middle that nine in ten of its documents reach. */
function usualCloseness(matrix: Matrix, labels: Int32Array, topics: Int32Array, vectors: Matrix): number[] {
  const place = new Map(Array.from(topics, (topic, t) => [topic, t]));
  const lists = Array.from(topics, (): number[] => []);
  const out = new Float64Array(1);
  labels.forEach((label, d) => {
    const t = place.get(label);
    if (t === undefined) return;
    cosinesTo({ data: row(vectors, t), rows: 1, columns: vectors.columns }, row(matrix, d), out);
    lists[t].push(out[0]);
  });
  return lists.map((list) => list.sort((a, b) => a - b)[Math.floor(list.length * share)]);
}
