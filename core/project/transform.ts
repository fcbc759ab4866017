import { hdbscanWithModel, approximatePredict } from '../cluster/index.ts';
import { checkMatrix, type Matrix } from '../base/matrix.ts';
import { readNpy } from '../base/npy.ts';
import type { StageContext } from '../base/progress.ts';
import { InputError } from '../base/errors.ts';
import { embedDocuments } from '../embed/index.ts';
import { sixDecimals, type CsvCell } from '../export/index.ts';
import { transformRows } from '../reduce/index.ts';
import { paramsInForce } from './recluster.ts';
import type { Session } from './session.ts';
import { column, pickRows, rowsWithText, spread } from '../run/spread.ts';
import { currentTopic, topicNeighbourhoods, topicsNearest } from '../topics/index.ts';

/** How topics were predicted: from the clustering's tree, or as the most similar topic by embedding. */
export type PredictedBy = 'clustering' | 'nearest topic';

/** Predicted topics of new documents; −1 for outliers and texts without words. */
export interface Prediction {
  readonly labels: Int32Array;
  /** Strength of membership, or for the nearest topic the cosine; 0 for outliers. */
  readonly probabilities: Float64Array;
  /** NaN for a document without text, and everywhere in a project that has no layout. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly method: PredictedBy;
}

export interface PredictOptions {
  /** An .npy of the new documents' embeddings, for a project that was run with given ones. */
  readonly embeddings?: string | null;
}

/**
 * Embeds new documents as the corpus was, places them in the kept layout and predicts their topics; the project stays as it is.
 * Topics that were merged since give what they became. Where topics don't come from clustering all documents (a project that was
 * merged, grown, imported or guided) each document gets the topic whose mean embedding is most similar, if it is as similar as
 * nine in ten of the topic's own documents.
 * @throws InputError for a project that was run with given embeddings, unless the documents' are given, too.
 */
export async function predictTopics(
  session: Session,
  texts: readonly string[],
  context: StageContext,
  { embeddings = null }: PredictOptions = {},
): Promise<Prediction> {
  const { corpus, state } = session;
  const embedding = await session.embedding();
  const own = Int32Array.from(texts.keys()).filter((i) => texts[i].trim() !== '');
  const vectors = pickRows(await vectorsOf(session, texts, context, embeddings), own);
  const known = pickRows(embedding.matrix, rowsWithText(corpus.ids.length, corpus.empty));
  const reduction = await session.reduction();
  const placed = reduction && (await transformRows({ ...reduction, input: known }, vectors, context));
  const clustered =
    reduction && placed && (await byClustering(session, reduction.components, placed.components, context));
  const { labels, probabilities } = clustered ?? byLikeness(embedding.matrix, state.labels, vectors);
  const axis = (c: number): Float32Array =>
    placed ? spread(column(placed.map, c), own, texts.length, NaN) : new Float32Array(texts.length).fill(NaN);
  return {
    labels: spread(labels, own, texts.length, -1),
    probabilities: spread(probabilities, own, texts.length, 0),
    x: axis(0),
    y: axis(1),
    method: clustered ? 'clustering' : 'nearest topic',
  };
}

async function vectorsOf(
  session: Session,
  texts: readonly string[],
  context: StageContext,
  given: string | null,
): Promise<Matrix> {
  const { matrix, recipe } = await session.embedding();
  if (!recipe.given) {
    if (given !== null)
      throw new InputError(
        'This project embeds documents by its own model; leave --embeddings out, so that the new ones are embedded alike.',
      );
    return embedDocuments(texts, await session.embedParams(), context, recipe);
  }
  if (given === null)
    throw new InputError(
      'This project was run with given embeddings, so new documents can’t be embedded in the same way; give theirs with --embeddings FILE.npy.',
    );
  const vectors = checkMatrix(await readNpy(given), given);
  if (vectors.rows !== texts.length || vectors.columns !== matrix.columns)
    throw new InputError(
      `${given} has ${vectors.rows} rows of ${vectors.columns} numbers; the new documents need ${texts.length} rows of ${matrix.columns}, as the project’s have.`,
    );
  return vectors;
}

/** Null where the topics are not those of a clustering of all documents. */
async function byClustering(
  session: Session,
  components: Matrix,
  placed: Matrix,
  context: StageContext,
): Promise<{ labels: Int32Array; probabilities: Float64Array } | null> {
  const { edit } = session.state;
  const params = paramsInForce(session, edit.clustered, components.rows);
  if (params.clusterer !== 'hdbscan') return null;
  const { model } = await hdbscanWithModel(components, params, context);
  if (model === null) return null;
  const { labels, probabilities } = await approximatePredict(model, placed, context);
  return {
    labels: labels.map((label) =>
      label < 0 ? -1 : (currentTopic(edit, label + (edit.clustered?.first ?? 0)) ?? -1),
    ),
    probabilities,
  };
}

function byLikeness(
  matrix: Matrix,
  labels: Int32Array,
  vectors: Matrix,
): { labels: Int32Array; probabilities: Float64Array } {
  const found = topicsNearest(topicNeighbourhoods(matrix, labels), vectors);
  return {
    labels: found.labels,
    probabilities: found.similarities.map((cosine, d) => (found.labels[d] < 0 ? 0 : cosine)),
  };
}

/** Columns of a table of predicted topics. */
export const predictionColumns = ['id', 'topic', 'name', 'probability', 'assigned_by', 'x', 'y'];

/** Predicted topics as rows of that table, each marked as predicted. */
export function predictionRows(
  { state }: Session,
  ids: readonly string[],
  { labels, probabilities, x, y }: Prediction,
): CsvCell[][] {
  const names = new Map(state.topics.map((topic) => [topic.id, topic.name]));
  return ids.map((id, d) => [
    id,
    labels[d],
    names.get(labels[d]) ?? '',
    sixDecimals(probabilities[d]),
    'transform',
    sixDecimals(x[d]),
    sixDecimals(y[d]),
  ]);
}
