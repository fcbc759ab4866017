import { row, zeros, type Matrix } from '../base/matrix.ts';
import { rowNorms, transpose } from '../base/sparse.ts';
import type { TopicTerms } from '../stages.ts';

/** Cosine of each two topics, outliers left out. */
export interface TopicSimilarity {
  readonly topics: Int32Array;
  /** [topics × topics], symmetric, ones on the diagonal. */
  readonly values: Float64Array;
}

/** Likeness of topics by the words that they weigh (cosine of c-TF-IDF). */
export function similarityByTerms({ topics, weights }: TopicTerms): TopicSimilarity {
  const first = topics[0] === -1 ? 1 : 0;
  const n = topics.length - first;
  const values = new Float64Array(n * n);
  const norms = rowNorms(weights);
  const byTerm = transpose(weights);
  for (let c = 0; c < byTerm.rows; c++)
    for (let e = byTerm.offsets[c]; e < byTerm.offsets[c + 1]; e++) {
      const a = byTerm.indices[e] - first;
      if (a < 0) continue;
      for (let f = byTerm.offsets[c]; f < e; f++) {
        const b = byTerm.indices[f] - first;
        if (b >= 0) values[a * n + b] += byTerm.values[e] * byTerm.values[f];
      }
    }
  for (let a = 0; a < n; a++) {
    values[a * n + a] = 1;
    for (let b = 0; b < a; b++) {
      const lengths = norms[a + first] * norms[b + first];
      values[a * n + b] = values[b * n + a] = lengths > 0 ? Math.min(1, values[a * n + b] / lengths) : 0;
    }
  }
  return { topics: topics.slice(first), values };
}

/** Mean vector of each topic's documents (BERTopic's topic embeddings), by ascending topic, −1 left out. */
export interface TopicVectors {
  readonly topics: Int32Array;
  /** [topics × dimensions], rows of length 1 (zeros where a topic's documents have no vector). */
  readonly vectors: Matrix;
}

/** @param embedding [n × dimensions]. @param labels [n] */
export function topicVectors(embedding: Matrix, labels: Int32Array): TopicVectors {
  const topics = Int32Array.from(new Set(labels))
    .filter((t) => t >= 0)
    .sort();
  const place = new Map(Array.from(topics, (t, r) => [t, r]));
  const sums = new Float64Array(topics.length * embedding.columns);
  for (let d = 0; d < labels.length; d++) {
    const r = place.get(labels[d]);
    if (r === undefined) continue;
    const from = row(embedding, d);
    for (let c = 0; c < from.length; c++) sums[r * from.length + c] += from[c];
  }
  const vectors = zeros(topics.length, embedding.columns);
  for (let r = 0; r < topics.length; r++) {
    const sum = sums.subarray(r * embedding.columns, (r + 1) * embedding.columns);
    const length = Math.sqrt(sum.reduce((a, v) => a + v * v, 0)) || 1;
    row(vectors, r).set(sum.map((v) => v / length));
  }
  return { topics, vectors };
}

/** Likeness of topics by their mean vectors. */
export function similarityByVectors({ topics, vectors }: TopicVectors): TopicSimilarity {
  const n = topics.length;
  const values = new Float64Array(n * n);
  for (let a = 0; a < n; a++)
    for (let b = 0; b <= a; b++)
      values[a * n + b] = values[b * n + a] = a === b ? 1 : dot(row(vectors, a), row(vectors, b));
  return { topics, values };
}

/** Cosine distances of a similarity, as a linkage takes them. */
export function distancesOf({ topics, values }: TopicSimilarity): Float64Array {
  const n = topics.length;
  return values.map((v, i) => (Math.floor(i / n) === i % n ? 0 : Math.max(0, 1 - v)));
}

/**
 * Cosines of a vector to every row of a matrix of unit rows; zeros for a vector of zeros. Four sums at once keep the processor
 * busy, and the order of adding is fixed.
 */
export function cosinesTo({ data, rows, columns }: Matrix, vector: Float32Array, out: Float64Array): void {
  let square = 0;
  for (let c = 0; c < columns; c++) square += vector[c] * vector[c];
  const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
  const even = columns - (columns % 4);
  for (let r = 0, at = 0; r < rows; r++, at += columns) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let c = 0; c < even; c += 4) {
      s0 += data[at + c] * vector[c];
      s1 += data[at + c + 1] * vector[c + 1];
      s2 += data[at + c + 2] * vector[c + 2];
      s3 += data[at + c + 3] * vector[c + 3];
    }
    for (let c = even; c < columns; c++) s0 += data[at + c] * vector[c];
    out[r] = (s0 + s1 + (s2 + s3)) * scale;
  }
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** A topic and how alike it is. */
export interface TopicMatch {
  readonly topic: number;
  readonly similarity: number;
}

/** Topics by falling likeness to a vector (a typed sentence's embedding), ties by id. BERTopic's `find_topics`. */
export function findTopics({ topics, vectors }: TopicVectors, query: Float32Array, limit = 10): TopicMatch[] {
  const length = Math.sqrt(dot(query, query)) || 1;
  return Array.from(topics, (topic, r) => ({ topic, similarity: dot(row(vectors, r), query) / length }))
    .sort((a, b) => b.similarity - a.similarity || a.topic - b.topic)
    .slice(0, limit);
}

/** The topics most alike one of them, itself left out. */
export function nearestTopics(similarity: TopicSimilarity, topic: number, limit = 5): TopicMatch[] {
  const n = similarity.topics.length;
  const r = similarity.topics.indexOf(topic);
  if (r < 0) return [];
  return Array.from(similarity.topics, (other, c) => ({
    topic: other,
    similarity: similarity.values[r * n + c],
  }))
    .filter((match) => match.topic !== topic)
    .sort((a, b) => b.similarity - a.similarity || a.topic - b.topic)
    .slice(0, limit);
}
