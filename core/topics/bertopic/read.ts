import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { InputError } from '../../base/errors.ts';
import type { Matrix } from '../../base/matrix.ts';
import type { SparseMatrix } from '../../base/sparse.ts';
import type { Keyword, TopicKeywords } from '../../stages.ts';
import { readSafetensors, type Tensor } from './safetensors.ts';

/** A BERTopic model saved with `serialization="safetensors"`. It holds no texts and no documents' embeddings. */
export interface BertopicModel {
  /** [n] topic of each document that it was fitted on. */
  readonly labels: Int32Array;
  readonly keywords: readonly TopicKeywords[];
  /** Names that were given, by topic; empty when there are none. */
  readonly names: ReadonlyMap<number, string>;
  /** Ids of the rows of `vectors` and `weights`. */
  readonly topics: Int32Array;
  /** [topics × dimensions] */
  readonly vectors: Matrix | null;
  /** c-TF-IDF, when it was saved with it. */
  readonly terms: {
    readonly vocabulary: readonly string[];
    readonly weights: SparseMatrix;
    readonly idf: Float64Array;
    readonly bm25: boolean;
    readonly reduceFrequentWords: boolean;
    readonly ngrams: string;
    readonly stopWords: readonly string[] | 'english' | null;
  } | null;
  /** Name of its embedding model, when it was saved with it. */
  readonly embeddingModel: string | null;
  /** Its other settings as they are in config.json. */
  readonly config: Readonly<Record<string, unknown>>;
}

const topicsSchema = z.object({
  topic_representations: z.record(z.string(), z.array(z.tuple([z.string(), z.number()]))),
  topics: z.array(z.number().int()),
  topic_labels: z.record(z.string(), z.string()).nullish(),
  custom_labels: z.array(z.string()).nullish(),
});
const termsSchema = z.object({
  ctfidf_model: z.object({ bm25_weighting: z.boolean(), reduce_frequent_words: z.boolean() }),
  vectorizer_model: z.object({
    params: z.object({
      ngram_range: z.tuple([z.number(), z.number()]),
      stop_words: z.union([z.array(z.string()), z.literal('english'), z.null()]),
    }),
    vocab: z.record(z.string(), z.number().int()),
  }),
});

/**
 * Reads a folder that BERTopic's `save(…, serialization="safetensors", save_ctfidf=True)` wrote (checked with 0.17.4).
 * @throws InputError when a file is missing or not what it should be; a pickled model is refused with the way out.
 */
export async function readBertopic(folder: string): Promise<BertopicModel> {
  if (!existsSync(path.join(folder, 'topics.json')))
    throw new InputError(
      `${folder} holds no BERTopic model (topics.json is missing); save it with model.save(folder, serialization="safetensors", save_ctfidf=True).`,
    );
  const saved = await readJson(path.join(folder, 'topics.json'), topicsSchema);
  const config = await readJson(path.join(folder, 'config.json'), z.record(z.string(), z.unknown()));
  const keywords = Object.entries(saved.topic_representations)
    .map(([topic, words]) => ({ topic: Number(topic), keywords: words.flatMap(asKeyword) }))
    .sort((a, b) => a.topic - b.topic);
  const topics = Int32Array.from(keywords, (k) => k.topic);
  const names = new Map<number, string>();
  // A topic that BERTopic was given (zero-shot) has its own name where the others have "3_word_word".
  for (const topic of topics) {
    const label = saved.topic_labels?.[topic];
    if (label !== undefined && !label.startsWith(`${topic}_`)) names.set(topic, label);
  }
  saved.custom_labels?.forEach((name, r) => r < topics.length && names.set(topics[r], name));
  return {
    labels: Int32Array.from(saved.topics),
    keywords,
    names,
    topics,
    vectors: await readVectors(path.join(folder, 'topic_embeddings.safetensors'), topics),
    terms: await readTerms(folder, topics.length),
    embeddingModel: typeof config.embedding_model === 'string' ? config.embedding_model : null,
    config,
  };
}

/** BERTopic fills short lists with empty words. */
function asKeyword([keyword, weight]: [string, number]): Keyword[] {
  return keyword === '' ? [] : [{ keyword, weight }];
}

async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new InputError(`Can't read ${file}; is it a whole BERTopic model?`, { cause });
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    const issue =
      cause instanceof z.ZodError
        ? `${cause.issues[0].path.join('.')}: ${cause.issues[0].message}`
        : 'it is no JSON';
    throw new InputError(`${file} is not as BERTopic writes it: ${issue}.`, { cause });
  }
}

/**
 * One vector for each topic. BERTopic leaves the rows as they were when outliers are given topics or documents become outliers (`reduce_outliers` and
 * `update_topics`, 0.17.4), so there may be a row for outliers that are gone, which is left out, or none for those that are, which becomes 0.
 */
async function readVectors(file: string, topics: Int32Array): Promise<Matrix | null> {
  if (!existsSync(file)) return null;
  const tensor = (await readSafetensors(file)).topic_embeddings as Tensor | undefined;
  const [rows, columns] = tensor?.shape ?? [];
  const ahead = rows - topics.length;
  const fits = ahead === 0 || (ahead === 1 && topics[0] === 0) || (ahead === -1 && topics[0] === -1);
  if (!fits || tensor?.shape.length !== 2)
    throw new InputError(`${file} should hold one vector for each of ${topics.length} topics.`);
  const data = new Float32Array(topics.length * columns);
  // Their type is that of the embeddings that BERTopic was given: NumPy's default is float64.
  const stored = Float32Array.from(numbers(tensor));
  data.set(stored.subarray(Math.max(ahead, 0) * columns), Math.max(-ahead, 0) * columns);
  return { data, rows: topics.length, columns };
}

async function readTerms(folder: string, topics: number): Promise<BertopicModel['terms']> {
  const file = path.join(folder, 'ctfidf.safetensors');
  if (!existsSync(file)) return null;
  const tensors = await readSafetensors(file);
  const { ctfidf_model, vectorizer_model } = await readJson(
    path.join(folder, 'ctfidf_config.json'),
    termsSchema,
  );
  const vocabulary: string[] = [];
  for (const [word, column] of Object.entries(vectorizer_model.vocab)) vocabulary[column] = word;
  for (const name of ['indptr', 'indices', 'data', 'shape', 'diag'])
    if (!(name in tensors)) throw new InputError(`${file} lacks the tensor ${name}; save the model again.`);
  const [rows, columns] = Array.from(numbers(tensors.shape));
  if (rows !== topics || columns !== vocabulary.length)
    throw new InputError(
      `${file}: ${rows} × ${columns} weights for ${topics} topics and ${vocabulary.length} terms; save the model again.`,
    );
  const { params } = vectorizer_model;
  return {
    vocabulary,
    weights: {
      rows,
      columns,
      offsets: Int32Array.from(numbers(tensors.indptr)),
      indices: Int32Array.from(numbers(tensors.indices)),
      values: Float64Array.from(numbers(tensors.data)),
    },
    idf: Float64Array.from(numbers(tensors.diag)),
    bm25: ctfidf_model.bm25_weighting,
    reduceFrequentWords: ctfidf_model.reduce_frequent_words,
    ngrams: params.ngram_range.join('-'),
    stopWords: params.stop_words,
  };
}

function numbers({ data }: Tensor): ArrayLike<number> {
  return data instanceof BigInt64Array ? Array.from(data, Number) : data;
}
