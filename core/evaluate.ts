import type { StageContext } from './base/progress.ts';
import { validityIndex } from './cluster/index.ts';
import { tokenSequences } from './keywords/index.ts';
import type { Quality } from './protocol.ts';
import type { Session } from './session.ts';
import { pickRows, rowsWithText } from './spread.ts';
import {
  cvCoherence,
  invertedRbo,
  labelScores,
  npmiCoherence,
  silhouette,
  topicDiversity,
} from './topics/index.ts';

/** Every measure that a project allows; null where it can't be computed (no labels, fewer than two topics). */
export interface Evaluation extends Quality {
  readonly documents: number;
  readonly invertedRbo: number | null;
  readonly homogeneity: number | null;
  readonly completeness: number | null;
  readonly purity: number | null;
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

/**
 * Measures a project as it is now: coherence and diversity of the keywords, how well topics hold together in the embedding and
 * in the clustered coordinates, and, where the corpus has labels, how far topics agree with them.
 */
export async function evaluate(
  session: Session,
  labels: readonly (string | null)[] | null,
  context: StageContext,
): Promise<Evaluation> {
  const { state, corpus } = session;
  const topics = state.topics.filter((topic) => topic.id >= 0);
  const words = topics.map((topic) => topic.keywords.slice(0, 10).map((k) => k.keyword));
  const terms = await session.terms();
  const sequences = await tokenSequences(corpus.texts, terms, context);
  const outliers = state.labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
  const { matrix } = await session.embedding();
  const rows = rowsWithText(corpus.ids.length, corpus.empty);
  const own = rows.map((r) => state.labels[r]);
  const spreadOut = await silhouette(pickRows(matrix, rows), own, 'cosine', context);
  const reduction = await session.reduction();
  const dbcv =
    reduction && topics.length > 1
      ? (await validityIndex(reduction.components, own, context, 5000)).index
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
    ...evaluateLabels(labels, state.labels),
  };
}
