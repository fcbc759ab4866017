import { hdbscanWithModel, approximatePredict } from '../cluster/index.ts';
import type { StageContext } from '../base/progress.ts';
import { InputError } from '../base/errors.ts';
import { embedWords } from '../embed/index.ts';
import { transformRows } from '../reduce/index.ts';
import type { Session } from './session.ts';
import { pickRows, rowsWithText, spread } from '../run/spread.ts';
import { currentTopic } from '../topics/index.ts';

/** Predicted topics of new documents; −1 for outliers and texts without words. */
export interface Prediction {
  readonly labels: Int32Array;
  readonly probabilities: Float64Array;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/**
 * Embeds new documents as the corpus was, places them in the kept layout and predicts their topics; the project stays as it is.
 * Topics that were merged since give what they became.
 * @throws InputError for a project that was run with given embeddings or not clustered by HDBSCAN.
 */
export async function predictTopics(
  session: Session,
  texts: readonly string[],
  context: StageContext,
): Promise<Prediction> {
  const { params, corpus, state } = session;
  const embedding = await session.embedding();
  const reduction = await session.reduction();
  if (embedding.recipe.given)
    throw new InputError(
      'This project was run with given embeddings, so new documents can’t be embedded in the same way.',
    );
  if (reduction === undefined || params.cluster.clusterer !== 'hdbscan')
    throw new InputError(
      'New documents can be placed only in a project that was reduced and clustered by hdbscan.',
    );
  const vectors = await embedWords(texts, await session.embedParams(), context, embedding.recipe);
  const known = rowsWithText(corpus.ids.length, corpus.empty);
  const own = Int32Array.from(texts.keys()).filter((i) => texts[i].trim() !== '');
  const input = pickRows(embedding.matrix, known);
  const placed = await transformRows({ ...reduction, input }, pickRows(vectors, own), context);
  const { model } = await hdbscanWithModel(reduction.components, params.cluster, context);
  if (model === null)
    throw new InputError('All documents of this project are equal; there is nothing to predict from.');
  const found = await approximatePredict(model, placed.components, context);
  const labels = found.labels.map((label) => (label < 0 ? -1 : (currentTopic(state.edit, label) ?? -1)));
  const axis = (c: number): Float32Array =>
    spread(
      Float32Array.from(own, (_, i) => placed.map.data[i * 2 + c]),
      own,
      texts.length,
      NaN,
    );
  return {
    labels: spread(labels, own, texts.length, -1),
    probabilities: spread(found.probabilities, own, texts.length, 0),
    x: axis(0),
    y: axis(1),
  };
}
