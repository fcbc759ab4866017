import type { DocumentTerms } from '../stages.ts';

/** Terms by topic: each topic's documents joined into one, in compressed rows. */
export interface ClassTerms {
  /** Topic ids, ascending, −1 first where there are outliers. */
  readonly topics: Int32Array;
  /** Documents of each topic. */
  readonly sizes: Int32Array;
  readonly terms: number;
  readonly offsets: Int32Array;
  readonly indices: Int32Array;
  /** How often the term stands in the topic. */
  readonly counts: Int32Array;
  /** In how many of the topic's documents it stands. */
  readonly documents: Int32Array;
}

/** Documents grouped by topic: those of topics[t] are order[starts[t] … starts[t + 1]), ascending. */
export interface Grouping {
  readonly topics: Int32Array;
  readonly starts: Int32Array;
  readonly order: Int32Array;
}

/** Groups documents by their labels. */
export function groupByTopic(labels: Int32Array): Grouping {
  const topics = Int32Array.from(new Set(labels)).sort();
  const row = new Map(Array.from(topics, (topic, r) => [topic, r]));
  const rows = Int32Array.from(labels, (label) => row.get(label)!);
  const starts = new Int32Array(topics.length + 1);
  for (const r of rows) starts[r + 1]++;
  for (let r = 0; r < topics.length; r++) starts[r + 1] += starts[r];
  const next = starts.slice(0, topics.length);
  const order = new Int32Array(labels.length);
  for (let d = 0; d < labels.length; d++) order[next[rows[d]]++] = d;
  return { topics, starts, order };
}

/**
 * Adds up the documents of each topic; reads only the counts, so that a merge or split costs milliseconds.
 * @param labels [n] topic of each document, −1 for outliers.
 */
export function classTerms(terms: DocumentTerms, labels: Int32Array): ClassTerms {
  const { topics, starts, order } = groupByTopic(labels);
  const width = terms.size;
  const place = new Int32Array(width).fill(-1);
  const room = Math.min(terms.indices.length, topics.length * width);
  const indices = new Int32Array(room);
  const counts = new Int32Array(room);
  const documents = new Int32Array(room);
  const offsets = new Int32Array(topics.length + 1);
  let used = 0;
  for (let r = 0; r < topics.length; r++) {
    const begin = used;
    for (let m = starts[r]; m < starts[r + 1]; m++) {
      const d = order[m];
      for (let e = terms.offsets[d]; e < terms.offsets[d + 1]; e++) {
        const term = terms.indices[e];
        let at = place[term];
        if (at < begin) {
          at = place[term] = used++;
          indices[at] = term;
        }
        counts[at] += terms.counts[e];
        documents[at]++;
      }
    }
    offsets[r + 1] = used;
  }
  return {
    topics,
    sizes: Int32Array.from(topics, (_, r) => starts[r + 1] - starts[r]),
    terms: width,
    offsets,
    indices: indices.slice(0, used),
    counts: counts.slice(0, used),
    documents: documents.slice(0, used),
  };
}
