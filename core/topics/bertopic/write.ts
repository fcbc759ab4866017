import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeAtomically } from '../../base/atomic.ts';
import { zeros, row, type Matrix } from '../../base/matrix.ts';
import type { SparseMatrix } from '../../base/sparse.ts';
import type { TopicKeywords, TopicTerms } from '../../stages.ts';
import { countTopics } from '../state.ts';
import { encodeSafetensors } from './safetensors.ts';

export interface BertopicExport {
  /** [n] */
  readonly labels: Int32Array;
  readonly keywords: readonly TopicKeywords[];
  /** Names of topics, shown by BERTopic as custom labels. */
  readonly names: ReadonlyMap<number, string>;
  readonly topicTerms: TopicTerms;
  /** [n × dimensions]; without it topics get no vectors that BERTopic could predict with. */
  readonly embedding: Matrix | null;
  readonly bm25: boolean;
  readonly reduceFrequentWords: boolean;
  /** "1-1" … "3-3" */
  readonly ngrams: string;
  readonly stopWords: readonly string[];
  readonly topWords: number;
  readonly minTopicSize: number;
}

/**
 * Writes a folder that `BERTopic.load` reads (checked with 0.17.4). BERTopic numbers topics 0, 1 … by falling size, so ids are
 * mapped; ties by id.
 * @returns our id → BERTopic's.
 */
export async function writeBertopic(folder: string, model: BertopicExport): Promise<Map<number, number>> {
  const ids = bertopicIds(model.labels);
  const order = [...ids].sort((a, b) => a[1] - b[1]).map(([ours]) => ours);
  const json = async (name: string, value: unknown): Promise<void> =>
    writeAtomically(path.join(folder, name), (file) => writeFile(file, JSON.stringify(value, null, 2)));
  const bytes = async (name: string, value: Uint8Array): Promise<void> =>
    writeAtomically(path.join(folder, name), (file) => writeFile(file, value));

  const { data, rows, columns } = meanVectors(model.embedding, model.labels, order);
  await bytes(
    'topic_embeddings.safetensors',
    encodeSafetensors({ topic_embeddings: { shape: [rows, columns], data } }),
  );
  const { topicTerms } = model;
  const weights = reorder(topicTerms, order);
  await bytes(
    'ctfidf.safetensors',
    encodeSafetensors({
      indptr: { shape: [weights.offsets.length], data: weights.offsets },
      indices: { shape: [weights.indices.length], data: weights.indices },
      data: { shape: [weights.values.length], data: weights.values },
      shape: { shape: [2], data: BigInt64Array.of(BigInt(weights.rows), BigInt(weights.columns)) },
      diag: { shape: [topicTerms.idf.length], data: topicTerms.idf },
    }),
  );
  await json('ctfidf_config.json', vectoriserConfig(model));
  await json('topics.json', topicsJson(model, ids, order));
  await json('config.json', {
    calculate_probabilities: false,
    // Any language but "english": BERTopic then counts words in the text as it is, as MoETopic does.
    language: 'multilingual',
    low_memory: false,
    min_topic_size: model.minTopicSize,
    n_gram_range: model.ngrams.split('-').map(Number),
    nr_topics: null,
    seed_topic_list: null,
    top_n_words: model.topWords,
    verbose: false,
    zeroshot_min_similarity: 0.7,
    zeroshot_topic_list: null,
  });
  return ids;
}

function bertopicIds(labels: Int32Array): Map<number, number> {
  const counts = [...countTopics(labels)].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const ids = new Map(counts.filter(([id]) => id >= 0).map(([id], k) => [id, k]));
  return labels.includes(-1) ? ids.set(-1, -1) : ids;
}

function topicsJson(model: BertopicExport, ids: Map<number, number>, order: readonly number[]): unknown {
  const words = new Map(model.keywords.map((k) => [k.topic, k.keywords]));
  const counts = countTopics(model.labels);
  const byId = <T>(value: (ours: number) => T): Record<string, T> =>
    Object.fromEntries(order.map((ours) => [String(ids.get(ours)), value(ours)]));
  const pairs = (ours: number): [string, number][] =>
    (words.get(ours) ?? []).map((k) => [k.keyword, k.weight]);
  return {
    topic_representations: byId((ours) => {
      const list = pairs(ours);
      return list.length > 0 ? list : [['', 0.00001]];
    }),
    topics: Array.from(model.labels, (label) => ids.get(label)),
    topic_sizes: byId((ours) => counts.get(ours)),
    topic_mapper: order.map((ours) => [ids.get(ours), ids.get(ours)]),
    topic_labels: byId((ours) =>
      [
        ids.get(ours),
        ...pairs(ours)
          .slice(0, 4)
          .map(([word]) => word),
      ].join('_'),
    ),
    custom_labels: order.map((ours) => model.names.get(ours) ?? String(ids.get(ours))),
    _outliers: ids.has(-1) ? 1 : 0,
    topic_aspects: {},
  };
}

function vectoriserConfig(model: BertopicExport): unknown {
  return {
    ctfidf_model: { bm25_weighting: model.bm25, reduce_frequent_words: model.reduceFrequentWords },
    vectorizer_model: {
      params: {
        analyzer: 'word',
        binary: false,
        decode_error: 'strict',
        encoding: 'utf-8',
        input: 'content',
        lowercase: true,
        max_df: 1.0,
        max_features: null,
        min_df: 1,
        ngram_range: model.ngrams.split('-').map(Number),
        stop_words: model.stopWords.length > 0 ? model.stopWords : null,
        strip_accents: null,
        token_pattern: '(?u)\\b\\w\\w+\\b',
        vocabulary: null,
      },
      vocab: Object.fromEntries(model.topicTerms.terms.vocabulary.map((word, column) => [word, column])),
    },
  };
}

function meanVectors(embedding: Matrix | null, labels: Int32Array, order: readonly number[]): Matrix {
  if (!embedding) return zeros(order.length, 1);
  const place = new Map(order.map((id, r) => [id, r]));
  const counts = countTopics(labels);
  const out = zeros(order.length, embedding.columns);
  labels.forEach((label, d) => {
    const to = row(out, place.get(label)!);
    const share = 1 / counts.get(label)!;
    row(embedding, d).forEach((v, c) => (to[c] += v * share));
  });
  return out;
}

/** Rows in BERTopic's order, columns ascending within a row as SciPy likes them. */
function reorder({ topics, weights }: TopicTerms, order: readonly number[]): SparseMatrix {
  const rowOf = new Map(Array.from(topics, (topic, r) => [topic, r]));
  const offsets = new Int32Array(order.length + 1);
  const indices = new Int32Array(weights.indices.length);
  const values = new Float64Array(weights.indices.length);
  let used = 0;
  order.forEach((id, r) => {
    const from = rowOf.get(id)!;
    const entries = Array.from(
      { length: weights.offsets[from + 1] - weights.offsets[from] },
      (_, e) => weights.offsets[from] + e,
    ).sort((a, b) => weights.indices[a] - weights.indices[b]);
    for (const e of entries) {
      indices[used] = weights.indices[e];
      values[used++] = weights.values[e];
    }
    offsets[r + 1] = used;
  });
  return { rows: order.length, columns: weights.columns, offsets, indices, values };
}
