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

/** Weights of some terms, a term once. */
interface Weights {
  readonly terms: Int32Array;
  readonly values: Float64Array;
}

function slices(
  topicTerms: TopicTerms,
  labels: Int32Array,
  slice: Int32Array,
  count: number,
  options: TuningOptions,
): TopicSlice[] {
  const { terms, topics, weights } = topicTerms;
  const members = groupMembers(labels, slice, count);
  const adder = new Adder(weights.columns);
  const whole = new Map(
    options.global ? Array.from(topics, (topic, r) => [topic, scaled(rowWeights(weights, r))] as const) : [],
  );
  const out: TopicSlice[] = [];
  let before = new Map<number, Weights>();
  members.forEach((byTopic, s) => {
    const now = new Map<number, Weights>();
    for (const topic of [...byTopic.keys()].sort((a, b) => a - b)) {
      const documents = byTopic.get(topic)!;
      let row = sliceWeights(topicTerms, documents, adder);
      if (options.global || options.evolution) row = scaled(row);
      const previous = before.get(topic);
      if (options.evolution && previous) row = adder.average(row, previous);
      now.set(topic, row);
      const shown = options.global ? adder.average(row, whole.get(topic)!) : row;
      out.push({
        topic,
        slice: s,
        count: documents.length,
        keywords: topWords(terms, asMatrix(shown, weights.columns), 0, options.words),
      });
    }
    if (now.size > 0) before = now;
  });
  return out;
}

/** Documents of each slice by topic. */
function groupMembers(labels: Int32Array, slice: Int32Array, count: number): Map<number, number[]>[] {
  const members = Array.from({ length: count }, () => new Map<number, number[]>());
  slice.forEach((s, d) => {
    if (s < 0) return;
    const list = members[s].get(labels[d]);
    if (list) list.push(d);
    else members[s].set(labels[d], [d]);
  });
  return members;
}

/** c-TF-IDF of some documents taken as one. */
function sliceWeights(
  { terms, idf, damped }: TopicTerms,
  documents: readonly number[],
  adder: Adder,
): Weights {
  let total = 0;
  for (const d of documents)
    for (let e = terms.offsets[d]; e < terms.offsets[d + 1]; e++) {
      adder.add(terms.indices[e], terms.counts[e]);
      total += terms.counts[e];
    }
  const row = adder.take();
  row.values.forEach((n, i) => {
    const share = n / total;
    row.values[i] = (damped ? Math.sqrt(share) : share) * idf[row.terms[i]];
  });
  return row;
}

/** Adds up values by term; what it holds is taken out at once. */
class Adder {
  private readonly sums: Float64Array;
  private readonly seen: Uint8Array;
  private touched: number[] = [];

  constructor(terms: number) {
    this.sums = new Float64Array(terms);
    this.seen = new Uint8Array(terms);
  }

  add(term: number, value: number): void {
    if (this.seen[term] === 0) {
      this.seen[term] = 1;
      this.touched.push(term);
    }
    this.sums[term] += value;
  }

  take(): Weights {
    const terms = Int32Array.from(this.touched);
    const values = new Float64Array(terms.length);
    terms.forEach((term, i) => {
      values[i] = this.sums[term];
      this.sums[term] = this.seen[term] = 0;
    });
    this.touched = [];
    return { terms, values };
  }

  average(a: Weights, b: Weights): Weights {
    for (const { terms, values } of [a, b]) terms.forEach((term, i) => this.add(term, values[i] / 2));
    return this.take();
  }
}

function rowWeights(weights: SparseMatrix, r: number): Weights {
  const [from, to] = [weights.offsets[r], weights.offsets[r + 1]];
  return { terms: weights.indices.subarray(from, to), values: weights.values.slice(from, to) };
}

/** The row scaled to add up to 1. */
function scaled({ terms, values }: Weights): Weights {
  const sum = values.reduce((a, v) => a + Math.abs(v), 0);
  return { terms, values: sum === 0 ? values : values.map((v) => v / sum) };
}

function asMatrix({ terms, values }: Weights, columns: number): SparseMatrix {
  return { rows: 1, columns, offsets: Int32Array.of(0, terms.length), indices: terms, values };
}

/** Classes of a label column, by falling size, ties by name; −1 where it has no value. */
export function classesOf(labels: readonly (string | null)[]): { names: string[]; classes: Int32Array } {
  const counts = new Map<string, number>();
  for (const label of labels) if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
  const names = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
  const place = new Map(names.map((name, c) => [name, c]));
  return { names, classes: Int32Array.from(labels, (label) => (label === null ? -1 : place.get(label)!)) };
}
