import { InputError, UsageError } from '../base/errors.ts';
import { row, type Matrix } from '../base/matrix.ts';
import { dot } from './similarity.ts';

/** The multiplier of a seed word's inverse frequency in BERTopic 0.17.4's guided topics. */
export const SEED_MULTIPLIER = 1.2;

/** An embedding drawn toward seeded topics, and labels that a semi-supervised layout can use. */
export interface Guidance {
  /** [n × dimensions] documents of a seeded topic are drawn toward it; the others are as they were. */
  readonly matrix: Matrix;
  /** [n] the seeded topic that a document is nearest to, −1 where it is nearer to the corpus' mean. */
  readonly seeded: Int32Array;
}

/**
 * Guided topics (BERTopic 0.17.4, `_guided_topic_modeling`): each list of seed words is embedded as one text; a document that
 * is closer to a list than to the mean of all documents belongs to it for the layout, and moves a quarter of the way to it.
 * @param embedding [n × dimensions]. @param seeds [lists × dimensions] vectors of the joined seed words.
 * @throws InputError when the vectors are of different models.
 */
export function guide(embedding: Matrix, seeds: Matrix): Guidance {
  checkDimensions(embedding, seeds, 'Seed words');
  const n = embedding.rows;
  const mean = new Float32Array(embedding.columns);
  for (let d = 0; d < n; d++) row(embedding, d).forEach((v, c) => (mean[c] += v / n));
  const seeded = new Int32Array(n).fill(-1);
  const matrix: Matrix = { ...embedding, data: embedding.data.slice() };
  for (let d = 0; d < n; d++) {
    const vector = row(embedding, d);
    let best = -Infinity;
    for (let s = 0; s < seeds.rows; s++) {
      const similarity = cosine(vector, row(seeds, s));
      if (similarity > best) {
        best = similarity;
        seeded[d] = s;
      }
    }
    if (cosine(vector, mean) > best) seeded[d] = -1;
    if (seeded[d] < 0) continue;
    const seed = row(seeds, seeded[d]);
    const to = row(matrix, d);
    for (let c = 0; c < to.length; c++) to[c] = vector[c] * 0.75 + seed[c] * 0.25;
  }
  return { matrix, seeded };
}

/** The factors of seed words for c-TF-IDF: those that are in the vocabulary, in lower case. */
export function seedMultiplier(
  vocabulary: readonly string[],
  seeds: readonly (readonly string[])[],
  factor = SEED_MULTIPLIER,
): Map<number, number> {
  const wanted = new Set(seeds.flat().map((word) => word.toLowerCase()));
  return new Map(vocabulary.flatMap((word, term) => (wanted.has(word) ? [[term, factor]] : [])));
}

/** Documents that named topics take, before the rest is clustered. */
export interface ZeroShot {
  /** [n] number of the named topic, −1 for documents left to clustering. */
  readonly assigned: Int32Array;
  /** [n] cosine to the nearest name. */
  readonly similarity: Float32Array;
  /** Documents left to clustering, ascending. */
  readonly rest: Int32Array;
}

/**
 * Zero-shot topics (BERTopic 0.17.4): a document whose nearest topic name is at least this similar belongs to it.
 * @param names [topics × dimensions] embedded names. @param threshold BERTopic's default is 0.7.
 */
export function zeroShot(embedding: Matrix, names: Matrix, threshold: number): ZeroShot {
  checkDimensions(embedding, names, 'Topic names');
  const assigned = new Int32Array(embedding.rows).fill(-1);
  const similarity = new Float32Array(embedding.rows);
  const rest: number[] = [];
  for (let d = 0; d < embedding.rows; d++) {
    let best = -1;
    let most = -Infinity;
    for (let t = 0; t < names.rows; t++) {
      const s = cosine(row(embedding, d), row(names, t));
      if (s > most) {
        most = s;
        best = t;
      }
    }
    similarity[d] = names.rows > 0 ? most : 0;
    if (best >= 0 && most >= threshold) assigned[d] = best;
    else rest.push(d);
  }
  return { assigned, similarity, rest: Int32Array.from(rest) };
}

/**
 * Labels of the whole corpus from named topics and the clusters of the rest: names keep their numbers (those that took no
 * document are left out and said), clusters follow.
 */
export function joinZeroShot(
  { assigned, rest }: ZeroShot,
  names: readonly string[],
  clustered: Int32Array,
): {
  readonly labels: Int32Array;
  readonly names: ReadonlyMap<number, string>;
  readonly unused: readonly string[];
} {
  if (clustered.length !== rest.length)
    throw new UsageError(
      `${clustered.length} labels for ${rest.length} clustered documents; give one for each.`,
    );
  const used = names.flatMap((_, t) => (assigned.includes(t) ? [t] : []));
  const idOf = new Map(used.map((t, id) => [t, id]));
  const labels = Int32Array.from(assigned, (t) => idOf.get(t) ?? -1);
  rest.forEach((d, r) => {
    if (clustered[r] >= 0) labels[d] = used.length + clustered[r];
  });
  return {
    labels,
    names: new Map(used.map((t, id) => [id, names[t]])),
    unused: names.filter((_, t) => !idOf.has(t)),
  };
}

/** A label column as numbers for supervised layouts (−1 where it is empty), or as topics that are simply given. */
export function labelsAsTopics(column: readonly (string | null)[]): { labels: Int32Array; names: string[] } {
  const counts = new Map<string, number>();
  for (const label of column)
    if (label !== null && label !== '') counts.set(label, (counts.get(label) ?? 0) + 1);
  const names = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
  const idOf = new Map(names.map((name, id) => [name, id]));
  return { labels: Int32Array.from(column, (label) => idOf.get(label ?? '') ?? -1), names };
}

function checkDimensions(a: Matrix, b: Matrix, what: string): void {
  if (b.rows > 0 && a.columns !== b.columns)
    throw new InputError(
      `${what} have ${b.columns} dimensions and the documents ${a.columns}; embed both with the same model and settings.`,
    );
}

function cosine(a: Float32Array, b: Float32Array): number {
  const lengths = Math.sqrt(dot(a, a) * dot(b, b));
  return lengths > 0 ? dot(a, b) / lengths : 0;
}
