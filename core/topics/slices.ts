import type { SparseMatrix } from '../base/sparse.ts';
import type { Keyword, TopicTerms } from '../stages.ts';
import type { TimeBins } from './dates.ts';
import { topWords } from './words.ts';

/** A topic's documents in one slice of the corpus (a span of time or a class), and its words there. */
export interface TopicSlice {
  readonly topic: number;
  /** Number of the bin or class. */
  readonly slice: number;
  readonly count: number;
  readonly keywords: readonly Keyword[];
}

export interface TuningOptions {
  /** Average a slice's weights with the topic's own over the whole corpus. */
  readonly global: boolean;
  /** Average them with those of the slice before, where the topic was there too. */
  readonly evolution: boolean;
  /** Keywords of each slice. */
  readonly words: number;
}

export const tuningDefaults: TuningOptions = { global: true, evolution: true, words: 5 };

/**
 * Topics over time: in each bin, c-TF-IDF of each topic's documents of that bin with the corpus' inverse frequencies, every
 * row scaled to add up to 1, then averaged with the bin before (evolution) and with the whole topic (global). BERTopic 0.17.4,
 * `topics_over_time`, whose evolution tuning is lost on the way (it changes a copy); here it has its effect.
 * @param labels [n] topics.
 */
export function sliceByTime(
  topicTerms: TopicTerms,
  labels: Int32Array,
  bins: TimeBins,
  options: TuningOptions = tuningDefaults,
): TopicSlice[] {
  return slices(topicTerms, labels, bins.bins, Math.max(0, bins.edges.length - 1), options);
}

/**
 * Topics by the values of a column; the same without evolution, as classes have no order. BERTopic's `topics_per_class`.
 * @param classes [n] number of each document's class, −1 for none.
 */
export function sliceByClass(
  topicTerms: TopicTerms,
  labels: Int32Array,
  classes: Int32Array,
  options: Omit<TuningOptions, 'evolution'> = tuningDefaults,
): TopicSlice[] {
  const count = classes.reduce((most, c) => Math.max(most, c + 1), 0);
  return slices(topicTerms, labels, classes, count, { ...options, evolution: false });
}

type Weights = Map<number, number>;

function slices(
  topicTerms: TopicTerms,
  labels: Int32Array,
  slice: Int32Array,
  count: number,
  options: TuningOptions,
): TopicSlice[] {
  const { terms, topics, weights } = topicTerms;
  const members: number[][] = Array.from({ length: count }, () => []);
  slice.forEach((s, d) => s >= 0 && members[s].push(d));
  const rowOf = new Map(Array.from(topics, (topic, r) => [topic, r]));
  const out: TopicSlice[] = [];
  let before = new Map<number, Weights>();
  for (let s = 0; s < count; s++) {
    const byTopic = new Map<number, number[]>();
    for (const d of members[s]) {
      const list = byTopic.get(labels[d]);
      if (list) list.push(d);
      else byTopic.set(labels[d], [d]);
    }
    const now = new Map<number, Weights>();
    for (const topic of [...byTopic.keys()].sort((a, b) => a - b)) {
      const documents = byTopic.get(topic)!;
      let row = sliceWeights(topicTerms, documents);
      if (options.global || options.evolution) row = scaled(row);
      const previous = before.get(topic);
      if (options.evolution && previous) row = average(row, previous);
      now.set(topic, row);
      const shown = options.global ? average(row, scaled(rowWeights(weights, rowOf.get(topic)!))) : row;
      out.push({
        topic,
        slice: s,
        count: documents.length,
        keywords: topWords(terms, asMatrix(shown, weights.columns), 0, options.words),
      });
    }
    if (now.size > 0) before = now;
  }
  return out;
}

/** c-TF-IDF of some documents taken as one. */
function sliceWeights({ terms, idf }: TopicTerms, documents: readonly number[]): Weights {
  const row: Weights = new Map();
  let total = 0;
  for (const d of documents)
    for (let e = terms.offsets[d]; e < terms.offsets[d + 1]; e++) {
      row.set(terms.indices[e], (row.get(terms.indices[e]) ?? 0) + terms.counts[e]);
      total += terms.counts[e];
    }
  for (const [term, count] of row) row.set(term, (count / total) * idf[term]);
  return row;
}

function rowWeights(weights: SparseMatrix, r: number): Weights {
  const row: Weights = new Map();
  for (let e = weights.offsets[r]; e < weights.offsets[r + 1]; e++)
    row.set(weights.indices[e], weights.values[e]);
  return row;
}

function scaled(row: Weights): Weights {
  let sum = 0;
  for (const v of row.values()) sum += Math.abs(v);
  return sum === 0 ? row : new Map([...row].map(([term, v]) => [term, v / sum]));
}

function average(a: Weights, b: Weights): Weights {
  const out: Weights = new Map();
  for (const [term, v] of a) out.set(term, v / 2);
  for (const [term, v] of b) out.set(term, (out.get(term) ?? 0) + v / 2);
  return out;
}

function asMatrix(row: Weights, columns: number): SparseMatrix {
  return {
    rows: 1,
    columns,
    offsets: Int32Array.of(0, row.size),
    indices: Int32Array.from(row.keys()),
    values: Float64Array.from(row.values()),
  };
}

/** Classes of a label column, by falling size, ties by name; −1 where it has no value. */
export function classesOf(labels: readonly (string | null)[]): { names: string[]; classes: Int32Array } {
  const counts = new Map<string, number>();
  for (const label of labels) if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
  const names = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
  const place = new Map(names.map((name, c) => [name, c]));
  return { names, classes: Int32Array.from(labels, (label) => (label === null ? -1 : place.get(label)!)) };
}
