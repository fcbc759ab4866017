import { row, zeros, type Matrix } from './base/matrix.ts';
import { topicTerms } from './keywords/index.ts';
import type { Session } from './session.ts';
import type { Topic } from './stages.ts';

/** Cosine similarities of topics by their c-TF-IDF [t × t], in the order of the given topics. */
export async function topicSimilarity(session: Session, topics: readonly Topic[]): Promise<Matrix> {
  const { weights, topics: ids } = topicTerms(
    await session.terms(),
    session.state.labels,
    session.params.keywords,
  );
  const rows = topics.map((topic) => ids.indexOf(topic.id));
  const norm = rows.map((r) => {
    let square = 0;
    for (let e = weights.offsets[r]; e < weights.offsets[r + 1]; e++) square += weights.values[e] ** 2;
    return Math.sqrt(square);
  });
  const out = zeros(rows.length, rows.length);
  const dense = new Float64Array((await session.terms()).vocabulary.length);
  rows.forEach((a, i) => {
    for (let e = weights.offsets[a]; e < weights.offsets[a + 1]; e++)
      dense[weights.indices[e]] = weights.values[e];
    rows.forEach((b, j) => {
      let dot = 0;
      for (let e = weights.offsets[b]; e < weights.offsets[b + 1]; e++)
        dot += weights.values[e] * dense[weights.indices[e]];
      out.data[i * rows.length + j] = norm[i] * norm[j] === 0 ? 0 : dot / (norm[i] * norm[j]);
    });
    for (let e = weights.offsets[a]; e < weights.offsets[a + 1]; e++) dense[weights.indices[e]] = 0;
  });
  return out;
}

/** Mean embedding of each topic's documents, unit length [t × dimensions], in the order of the given topics. */
export function topicCentres(matrix: Matrix, labels: Int32Array, topics: readonly Topic[]): Matrix {
  const place = new Map(topics.map((topic, i) => [topic.id, i]));
  const out = zeros(topics.length, matrix.columns);
  labels.forEach((label, d) => {
    const at = place.get(label);
    if (at === undefined) return;
    const centre = row(out, at);
    const vector = row(matrix, d);
    for (let c = 0; c < centre.length; c++) centre[c] += vector[c];
  });
  for (let t = 0; t < out.rows; t++) normalise(row(out, t));
  return out;
}

/** Scales a vector to unit length; zeros stay. */
export function normalise(vector: Float32Array): Float32Array {
  let square = 0;
  for (const v of vector) square += v * v;
  if (square > 0) for (let c = 0; c < vector.length; c++) vector[c] /= Math.sqrt(square);
  return vector;
}

/** Cosine of each row of a matrix with one vector. */
export function cosines(matrix: Matrix, vector: Float32Array): Float32Array {
  const unit = normalise(vector.slice());
  return Float32Array.from({ length: matrix.rows }, (_, r) => {
    const own = row(matrix, r);
    let [dot, square] = [0, 0];
    for (let c = 0; c < own.length; c++) {
      dot += own[c] * unit[c];
      square += own[c] * own[c];
    }
    return square === 0 ? 0 : dot / Math.sqrt(square);
  });
}

/** Indices of the largest values, largest first, ties by index. */
export function largest(values: ArrayLike<number>, count: number, skip?: (i: number) => boolean): Int32Array {
  const order = Int32Array.from({ length: values.length }, (_, i) => i).filter((i) => !skip?.(i));
  return order.sort((a, b) => values[b] - values[a] || a - b).slice(0, count);
}
