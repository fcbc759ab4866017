import { type Matrix, row } from '../base/matrix.ts';
import { type RouterInfo } from '../stages.ts';

/** An expert that a topic's documents use more than the corpus does. */
export interface ExpertLift {
  readonly topic: number;
  readonly layer: number;
  readonly kind: RouterInfo['kind'];
  readonly expert: number;
  /** The topic's mean probability over the corpus' mean probability. */
  readonly lift: number;
  /** The topic's mean probability, and how many documents and tokens it rests on. */
  readonly probability: number;
  readonly documents: number;
  readonly tokens: number;
}

/**
 * Per topic, the experts with the highest lift, means taken over tokens.
 * @param routing pooled probabilities [n × Σ experts]
 * @param tokens tokens of each document; those without any are left out
 * @param most how many experts a topic gets
 */
export function expertLift(
  routing: Matrix,
  tokens: Int32Array,
  labels: Int32Array,
  routers: readonly RouterInfo[],
  most = 10,
): ExpertLift[] {
  const width = routing.columns;
  const all = new Float64Array(width);
  const topics = new Map<number, { sums: Float64Array; documents: number; tokens: number }>();
  let total = 0;
  for (let i = 0; i < routing.rows; i++) {
    if (tokens[i] === 0) continue;
    let topic = topics.get(labels[i]);
    if (!topic) topics.set(labels[i], (topic = { sums: new Float64Array(width), documents: 0, tokens: 0 }));
    topic.documents++;
    topic.tokens += tokens[i];
    total += tokens[i];
    const p = row(routing, i);
    for (let c = 0; c < width; c++) {
      topic.sums[c] += p[c] * tokens[i];
      all[c] += p[c] * tokens[i];
    }
  }
  const places = routers.flatMap(({ layer, kind, experts }) =>
    Array.from({ length: experts }, (_, expert) => ({ layer, kind, expert })),
  );
  return [...topics]
    .sort(([a], [b]) => a - b)
    .flatMap(([topic, t]) =>
      places
        .map((place, c) => {
          const probability = t.sums[c] / t.tokens;
          const lift = all[c] > 0 ? probability / (all[c] / total) : 0;
          return { topic, ...place, lift, probability, documents: t.documents, tokens: t.tokens };
        })
        .sort((a, b) => b.lift - a.lift || a.layer - b.layer || a.expert - b.expert)
        .slice(0, most),
    );
}
