import { row, type Matrix } from '../base/matrix.ts';
import { cosinesTo, topicVectors } from './similarity.ts';

/** A topic holds a document when it is as close to the topic's middle as nine in ten of the topic's own. */
const share = 0.1;

/** Topics as places in the space of embeddings, and how close a topic's own documents are to its middle. */
export interface TopicNeighbourhoods {
  readonly topics: Int32Array;
  /** Mean vectors [topics × dimensions]. */
  readonly vectors: Matrix;
  /** For each topic the cosine to its middle that nine in ten of its documents reach. */
  readonly least: Float64Array;
}

/** @param matrix embeddings [n × dimensions]. @param labels [n] −1 for outliers. */
export function topicNeighbourhoods(matrix: Matrix, labels: Int32Array): TopicNeighbourhoods {
  const { topics, vectors } = topicVectors(matrix, labels);
  const place = new Map(Array.from(topics, (topic, t) => [topic, t]));
  const lists = Array.from(topics, (): number[] => []);
  const out = new Float64Array(1);
  labels.forEach((label, d) => {
    const t = place.get(label);
    if (t === undefined) return;
    cosinesTo({ data: row(vectors, t), rows: 1, columns: vectors.columns }, row(matrix, d), out);
    lists[t].push(out[0]);
  });
  const least = Float64Array.from(
    lists,
    (list) => list.sort((a, b) => a - b)[Math.floor(list.length * share)],
  );
  return { topics, vectors, least };
}

/**
 * The topic whose middle each vector is most similar to, −1 where that is farther than the topic's own documents are, and the
 * cosine. BERTopic predicts so for merged models, without the bound.
 */
export function topicsNearest(
  { topics, vectors, least }: TopicNeighbourhoods,
  matrix: Matrix,
): { labels: Int32Array; similarities: Float64Array } {
  const labels = new Int32Array(matrix.rows).fill(-1);
  const similarities = new Float64Array(matrix.rows);
  if (topics.length === 0) return { labels, similarities };
  const cosines = new Float64Array(topics.length);
  for (let d = 0; d < matrix.rows; d++) {
    cosinesTo(vectors, row(matrix, d), cosines);
    let best = 0;
    for (let t = 1; t < topics.length; t++) if (cosines[t] > cosines[best]) best = t;
    similarities[d] = Math.max(0, cosines[best]);
    if (cosines[best] > 0 && cosines[best] >= least[best]) labels[d] = topics[best];
  }
  return { labels, similarities };
}
