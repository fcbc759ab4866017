import { InputError, throwIfCancelled } from '../base/errors.ts';
import { row, type Matrix } from '../base/matrix.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import type { TopicTerms } from '../stages.ts';
import { distributionDefaults, documentDistributions } from './distributions.ts';
import type { OutlierStrategy } from './operations.ts';
import { bagSimilarities, topicPostings } from './postings.ts';
import { cosinesTo, topicVectors } from './similarity.ts';
import { currentTopic, rowsOf, type TopicState } from './state.ts';
import type { Membership, TopicTools } from './tools.ts';

/** Outliers that a strategy would place, and how sure it is. */
export interface OutlierPlan {
  /** Outliers, ascending. */
  readonly rows: Int32Array;
  /** The topic of each, −1 where nothing reaches the threshold. */
  readonly topics: Int32Array;
  /** Strength behind each choice. */
  readonly scores: Float64Array;
}

/**
 * Finds a topic for outliers (BERTopic 0.17.4, `reduce_outliers`): by soft membership in the fitted topics, by the cosine of
 * embeddings, by the cosine of c-TF-IDF, or by the strongest topic of its windows (there the threshold is the least cosine
 * of a window). A document without any evidence stays an outlier whatever the threshold.
 * @throws InputError when the strategy's material is missing.
 */
export async function planOutliers(
  state: TopicState,
  strategy: OutlierStrategy,
  threshold: number,
  tools: TopicTools,
): Promise<OutlierPlan> {
  const rows = rowsOf(state.labels, -1);
  if (state.topics.length === 0 || rows.length === 0)
    return { rows, topics: new Int32Array(rows.length).fill(-1), scores: new Float64Array(rows.length) };
  const { context } = tools;
  switch (strategy) {
    case 'membership': {
      const membership = await tools.membership(rows, state);
      if (!membership)
        throw new InputError(
          'This project has no soft membership, which only topics have that hdbscan found among all documents of a run; choose embedding, ctfidf or distribution.',
        );
      return byMembership(state, rows, membership, threshold);
    }
    case 'embedding': {
      const embedding = await tools.embedding();
      if (!embedding) throw new InputError('This project has no embedding; choose ctfidf or distribution.');
      return byEmbedding(state.labels, rows, embedding, threshold, context);
    }
    case 'ctfidf':
      return byTerms(await tools.topicTerms(state), rows, threshold, context);
    case 'distribution':
      return byDistribution(await tools.topicTerms(state), rows, tools.texts, threshold, context);
  }
}

function byMembership(
  state: TopicState,
  rows: Int32Array,
  membership: Membership,
  threshold: number,
): OutlierPlan {
  // Topics merged since the fit hold the sum of their members' memberships; split or deleted ones can't be told.
  const ids = Int32Array.from(state.topics, (t) => t.id);
  const place = new Map(Array.from(ids, (id, c) => [id, c]));
  const target = Array.from(membership.topics, (id) => place.get(currentTopic(state, id) ?? -1) ?? -1);
  const scores = new Float64Array(ids.length);
  return choose(rows, ids, threshold, (_, out, r) => {
    out.set(scores);
    const from = row(membership.matrix, r);
    for (let c = 0; c < from.length; c++) if (target[c] >= 0) out[target[c]] += from[c];
  });
}

async function byEmbedding(
  labels: Int32Array,
  rows: Int32Array,
  embedding: Matrix,
  threshold: number,
  context: StageContext,
): Promise<OutlierPlan> {
  const { topics, vectors } = topicVectors(embedding, labels);
  return chooseGently(rows, topics, threshold, context, (d, out) =>
    cosinesTo(vectors, row(embedding, d), out),
  );
}

async function byTerms(
  topicTerms: TopicTerms,
  rows: Int32Array,
  threshold: number,
  context: StageContext,
): Promise<OutlierPlan> {
  const postings = topicPostings(topicTerms);
  const { terms } = topicTerms;
  return chooseGently(rows, postings.topics, threshold, context, (d, out) =>
    bagSimilarities(postings, terms.indices, terms.counts, terms.offsets[d], terms.offsets[d + 1], out),
  );
}

async function byDistribution(
  topicTerms: TopicTerms,
  rows: Int32Array,
  texts: readonly string[],
  threshold: number,
  context: StageContext,
): Promise<OutlierPlan> {
  const { topics, matrix } = await documentDistributions(topicTerms, rows, texts, context, {
    ...distributionDefaults,
    minSimilarity: threshold,
  });
  return choose(rows, topics, 0, (_, out, r) => out.set(row(matrix, r)));
}

/** Scores a document (and the place of it among the rows) against every topic. */
type Score = (document: number, out: Float64Array, place: number) => void;

async function chooseGently(
  rows: Int32Array,
  topics: Int32Array,
  threshold: number,
  context: StageContext,
  score: Score,
): Promise<OutlierPlan> {
  const parts: OutlierPlan[] = [];
  for (let from = 0; from < rows.length; from += 1024) {
    throwIfCancelled(context.signal);
    await breathe();
    parts.push(choose(rows.subarray(from, from + 1024), topics, threshold, score));
  }
  return {
    rows,
    topics: Int32Array.from(parts.flatMap((p) => [...p.topics])),
    scores: Float64Array.from(parts.flatMap((p) => [...p.scores])),
  };
}

/** The strongest topic of each row if it reaches the threshold and is more than nothing; ties to the smaller id. */
function choose(rows: Int32Array, ids: Int32Array, threshold: number, score: Score): OutlierPlan {
  const out = new Float64Array(ids.length);
  const topics = new Int32Array(rows.length).fill(-1);
  const scores = new Float64Array(rows.length);
  rows.forEach((d, r) => {
    score(d, out, r);
    let best = 0;
    for (let t = 1; t < out.length; t++) if (out[t] > out[best]) best = t;
    if (out[best] > 0 && out[best] >= threshold) {
      topics[r] = ids[best];
      scores[r] = out[best];
    }
  });
  return { rows, topics, scores };
}
