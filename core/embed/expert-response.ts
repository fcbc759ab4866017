import { row, type Matrix } from '../base/matrix.ts';
import { fitStandard } from './standardise.ts';

/** How topics use experts, in units that can be compared between experts. */
export interface ExpertResponse {
  /** Topic ids, ascending, outliers left out: the rows of `deviations`. */
  readonly topics: Int32Array;
  /**
   * [topics × Σ experts] the topic's mean routing weight less the corpus' mean, in the corpus' standard deviations. Routers that
   * are balanced give every expert nearly the same weight everywhere, so that a quotient of means says 1.0 for all; their
   * deviations are what MoEE's embedding sees.
   */
  readonly deviations: Matrix;
  /** [Σ experts] share of the variance between documents that lies between topics (η²), 0 to 1. */
  readonly explained: Float64Array;
}

/**
 * @param routing pooled routing weights [n × Σ experts]
 * @param tokens tokens of each document; those without any are left out
 * @param labels topic of each document, −1 for none
 */
export function expertResponse(routing: Matrix, tokens: Int32Array, labels: Int32Array): ExpertResponse {
  const use = Uint8Array.from(tokens, (count) => (count > 0 ? 1 : 0));
  const { mean, deviation } = fitStandard(routing, use);
  const topics = Int32Array.from(new Set(labels.filter((label) => label >= 0))).sort();
  const place = new Map(Array.from(topics, (id, t) => [id, t]));
  const columns = routing.columns;
  const sums = new Float64Array(topics.length * columns);
  const counts = new Float64Array(topics.length);
  // The variance is that of the documents that have a topic.
  const total = new Float64Array(columns);
  const square = new Float64Array(columns);
  for (let d = 0; d < routing.rows; d++) {
    const t = place.get(labels[d]);
    if (t === undefined || use[d] === 0) continue;
    counts[t]++;
    const own = row(routing, d);
    for (let c = 0; c < columns; c++) {
      const z = (own[c] - mean[c]) / deviation[c];
      sums[t * columns + c] += z;
      total[c] += z;
      square[c] += z * z;
    }
  }
  const documents = counts.reduce((a, b) => a + b, 0);
  const data = Float32Array.from(sums, (sum, i) => sum / Math.max(1, counts[Math.floor(i / columns)]));
  const explained = Float64Array.from({ length: columns }, (_, c) => {
    const middle = total[c] / Math.max(1, documents);
    const all = square[c] - documents * middle * middle;
    let between = 0;
    for (let t = 0; t < topics.length; t++) between += counts[t] * (data[t * columns + c] - middle) ** 2;
    return all > 1e-9 ? Math.min(1, between / all) : 0;
  });
  return { topics, deviations: { data, rows: topics.length, columns }, explained };
}
