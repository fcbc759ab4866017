import type { StageContext } from '../base/progress.ts';
import { validityIndex } from '../cluster/index.ts';
import { tokenSequences } from '../keywords/index.ts';
import type { Matrix } from '../base/matrix.ts';
import type { Quality } from '../protocol.ts';
import type { Session } from './session.ts';
import { pickRows, rowsWithText } from '../run/spread.ts';
import type { Corpus, TokenSequences, Topic } from '../stages.ts';
import {
  cvCoherence,
  invertedRbo,
  labelScores,
  npmiCoherence,
  silhouette,
  topicDiversity,
} from '../topics/index.ts';

/** Every measure that a project allows; null where it can't be computed (no labels, fewer than two topics). */
export interface Evaluation extends Quality {
  readonly documents: number;
}

const number = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Measures topics against labels alone: all rows, outliers as one more topic, a missing label as one more label. */
export function evaluateLabels(
  labels: readonly (string | null)[] | null,
  topics: Int32Array,
): Pick<Evaluation, 'ami' | 'nmi' | 'vMeasure' | 'homogeneity' | 'completeness' | 'purity'> {
  if (labels === null || labels.every((label) => label === null))
    return { ami: null, nmi: null, vMeasure: null, homogeneity: null, completeness: null, purity: null };
  return labelScores(
    labels.map((label) => label ?? ''),
    topics,
  );
}

/** What is measured: a clustering of a corpus with its keywords, and the spaces that it came from. */
export interface Measured {
  readonly corpus: Pick<Corpus, 'ids' | 'empty'>;
  readonly labels: Int32Array;
  readonly topics: readonly Topic[];
  /** Words of every document in order, for the coherence measures. */
  readonly sequences: TokenSequences;
  /** [n × dimensions] */
  readonly embedding: Matrix;
  /** [documents with text × components] what was clustered; null where it is not kept. */
  readonly components: Matrix | null;
}

/**
 * Measures topics: coherence and diversity of the keywords, how well topics hold together in the embedding and in the
 * clustered coordinates, and, where the corpus has labels, how far topics agree with them.
 */
export async function measure(
  { corpus, labels: found, topics: all, sequences, embedding, components }: Measured,
  labels: readonly (string | null)[] | null,
  context: StageContext,
): Promise<Evaluation> {
  const topics = all.filter((topic) => topic.id >= 0);
  const words = topics.map((topic) => topic.keywords.slice(0, 10).map((k) => k.keyword));
  const outliers = found.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
  const rows = rowsWithText(corpus.ids.length, corpus.empty);
  const own = rows.map((r) => found[r]);
  const spreadOut = await silhouette(pickRows(embedding, rows), own, 'cosine', context);
  const dbcv =
    components && components.rows === own.length && topics.length > 1
      ? (await validityIndex(components, own, context, 5000)).index
      : NaN;
  return {
    documents: corpus.ids.length,
    topics: topics.length,
    outlierShare: outliers / corpus.ids.length,
    npmi: number(npmiCoherence(words, sequences).mean),
    cV: number(cvCoherence(words, sequences).mean),
    diversity: number(topicDiversity(words)),
    invertedRbo: number(invertedRbo(words)),
    silhouette: number(spreadOut.mean),
    dbcv: number(dbcv),
    ...evaluateLabels(labels, found),
  };
}

/** Measures a project as it is now. */
export async function evaluate(
  session: Session,
  labels: readonly (string | null)[] | null,
  context: StageContext,
): Promise<Evaluation> {
  const { state, corpus } = session;
  const sequences = await tokenSequences(corpus.texts, await session.terms(), context);
  const { matrix } = await session.embedding();
  const reduction = await session.reduction();
  return measure(
    {
      corpus,
      labels: state.labels,
      topics: state.topics,
      sequences,
      embedding: matrix,
      components: reduction?.components ?? null,
    },
    labels,
    context,
  );
}
