import path from 'node:path';
import { InputError, UsageError } from '../base/errors.ts';
import { row, unitRows, zeros, type Matrix } from '../base/matrix.ts';
import type { StageContext } from '../base/progress.ts';
import { countsFromWeights } from './bertopic-terms.ts';
import { givenEmbedding } from '../run/document-embedding.ts';
import { topicName } from '../keywords/index.ts';
import { checkFolder, writeMadeProject, type MadeOptions } from './made-project.ts';
import { classicalScaling } from '../map/index.ts';
import { editedTable } from './topics.ts';
import { reduce } from '../reduce/index.ts';
import { parseRunParams, type RunParams } from '../run/params.ts';
import { column, pickRows, rowsWithText, spread } from '../run/spread.ts';
import type { Corpus, Embedding, Reduction, Topic } from '../stages.ts';
import { restoreTerms, TermCounts } from '../run/term-counts.ts';
import {
  initialState,
  readBertopic,
  rowsOf,
  similarityByVectors,
  type BertopicModel,
  type TopicState,
} from '../topics/index.ts';

export interface ImportRequest extends MadeOptions {
  /** The documents that the model was fitted on, in their order; null: a project without texts. */
  readonly corpus?: Corpus | null;
  /** An .npy of the documents' embeddings; null: every document stands where its topic does. */
  readonly embeddings?: string | null;
}

/**
 * Makes a project of a BERTopic model saved as safetensors + JSON: its topics, names and keywords as they are, ready for merging,
 * hierarchies and everything else that its material allows.
 * @throws InputError when the folder is no such model, or the corpus has another number of documents.
 */
export async function importBertopic(
  source: string,
  folder: string,
  { corpus: given = null, embeddings = null, ...options }: ImportRequest,
  context: StageContext,
): Promise<Record<string, unknown>> {
  const model = await readBertopic(source);
  await checkFolder(folder, options.overwrite);
  const documents = model.labels.length;
  if (documents === 0)
    throw new InputError(`${source} was fitted on no documents; there is nothing to import.`);
  if (given !== null && given.ids.length !== documents)
    throw new InputError(
      `${given.source} has ${given.ids.length} documents and the model was fitted on ${documents}; give the same documents in the same order.`,
    );
  const corpus = given ?? withoutTexts(source, documents);
  const params = paramsOf(model, given !== null);
  const kept = given === null ? countsFromWeights(model, params.keywords.language) : null;
  const embedding = embeddings ? await givenEmbedding(embeddings, corpus) : await asTopics(model, documents);
  const { reduction, x, y } = embeddings
    ? await laidOut(corpus, embedding, params, context)
    : { reduction: null, ...discs(model) };
  const edit = editOf(model);
  const terms = kept
    ? restoreTerms(kept)
    : await new TermCounts(corpus.texts, () => params.keywords).of(edit.vocabulary);
  const table = await editedTable(
    edit,
    {
      terms,
      ids: corpus.ids,
      duplicateOf: corpus.duplicateOf,
      embedWords: null,
      embedding: embedding.matrix,
    },
    params.keywords,
    context,
  );
  const state = {
    topics: table.map((topic) => asSaved(topic, model, edit, given !== null)),
    labels: edit.labels,
    edit,
    probabilities: new Float64Array(documents).map((_, d) => (model.labels[d] < 0 ? 0 : 1)),
    outlierScores: new Float64Array(documents),
    x,
    y,
  };
  return writeMadeProject(
    folder,
    {
      command: 'import',
      corpus,
      embedding,
      reduction,
      state,
      params,
      seed: context.seed,
      ...(kept ? { terms: kept } : {}),
      more: { imported: { from: 'bertopic', embedding_model: model.embeddingModel, texts: given !== null } },
    },
    { ...options, language: context.language },
  );
}

/** A corpus of which only the number of documents is known. */
function withoutTexts(source: string, documents: number): Corpus {
  return {
    name: path.basename(path.resolve(source)),
    source,
    ids: Array.from({ length: documents }, (_, d) => String(d)),
    texts: new Array<string>(documents).fill(''),
    labels: null,
    dates: null,
    columns: [],
    roles: { text: 'text', id: null, label: null, date: null },
    skipped: [],
    // They have texts, only not here: they belong to their topics all the same.
    empty: new Int32Array(),
    duplicateOf: new Int32Array(documents).fill(-1),
  };
}

/** The model's way of counting words, as far as MoETopic can count so. */
function paramsOf({ terms, config }: BertopicModel, texts: boolean): RunParams {
  const ngrams = terms?.ngrams ?? '1-1';
  if (texts && !/^(1-1|1-2|1-3|2-2|2-3|3-3)$/.test(ngrams))
    throw new UsageError(`The model counts phrases of ${ngrams} words; MoETopic counts up to 3.`);
  return parseRunParams({
    ngrams: /^[1-3]-[1-3]$/.test(ngrams) ? ngrams : '1-1',
    language: config.language === 'english' || terms?.stopWords === 'english' ? 'en' : 'auto',
    stopWords: terms?.stopWords === 'english' ? 'en' : 'none',
    bm25: terms?.bm25 ?? false,
    reduceFrequentWords: terms?.reduceFrequentWords ?? false,
    topWords: typeof config.top_n_words === 'number' ? config.top_n_words : 10,
    tokens: config.language === 'english' ? 'bertopic' : 'sklearn',
    clean: false,
  });
}

function editOf(model: BertopicModel): TopicState {
  const start = initialState(model.labels);
  const stop = model.terms?.stopWords;
  return {
    ...start,
    topics: start.topics.map((record) => ({ ...record, name: givenName(model, record.id) })),
    vocabulary: {
      ...start.vocabulary,
      stopWords: typeof stop === 'object' && stop !== null ? [...stop].sort() : [],
    },
  };
}

/** A name that a person gave; BERTopic repeats its own labels ("0_ice_hockey_goalie") among the custom ones. */
function givenName({ names }: BertopicModel, topic: number): string | null {
  const name = names.get(topic);
  return name === undefined || name === String(topic) || name.startsWith(`${topic}_`) ? null : name;
}

/** The topic with the keywords and weights that the model was saved with. */
function asSaved(topic: Topic, model: BertopicModel, edit: TopicState, texts: boolean): Topic {
  const keywords = model.keywords.find((k) => k.topic === topic.id)?.keywords ?? topic.keywords;
  const name = edit.topics.find((record) => record.id === topic.id)?.name;
  return {
    ...topic,
    keywords,
    name: name ?? topicName(topic.id, keywords),
    representatives: texts ? topic.representatives : [],
  };
}

/** Every document at its topic's vector, the outliers at zero: likeness of topics is then the model's own. */
async function asTopics(model: BertopicModel, documents: number): Promise<Embedding> {
  const { vectors, topics, labels } = model;
  const matrix = zeros(documents, vectors?.columns ?? 1);
  if (vectors !== null) {
    const unit = unitRows(vectors);
    const place = new Map(Array.from(topics, (topic, r) => [topic, r]));
    labels.forEach((label, d) => label >= 0 && row(matrix, d).set(row(unit, place.get(label)!)));
  }
  return {
    matrix,
    hidden: null,
    routing: null,
    tokens: new Int32Array(documents),
    truncated: new Uint8Array(documents),
    recipe: { given: true, from: 'bertopic' },
    device: { name: 'none', why: 'the vectors of the topics were imported' },
    seconds: 0,
  };
}

async function laidOut(
  corpus: Corpus,
  embedding: Embedding,
  params: RunParams,
  context: StageContext,
): Promise<{ reduction: Reduction; x: Float32Array; y: Float32Array }> {
  const rows = rowsWithText(corpus.ids.length, corpus.empty);
  const reduction = await reduce(pickRows(embedding.matrix, rows), params.reduce, context);
  const [x, y] = [0, 1].map((c) => spread(column(reduction.map, c), rows, corpus.ids.length, NaN));
  return { reduction, x, y };
}

/**
 * A map of a model without documents' vectors: topics by classical scaling of their likeness, each a disc of its documents
 * (a sunflower's spiral, Vogel 1979). Outliers have no place.
 */
function discs({ vectors, topics, labels }: BertopicModel): { x: Float32Array; y: Float32Array } {
  const x = new Float32Array(labels.length).fill(NaN);
  const y = x.slice();
  if (vectors === null) return { x, y };
  const real = Array.from(topics).filter((topic) => topic >= 0);
  const rows = Int32Array.from(real, (topic) => topics.indexOf(topic));
  const { values } = similarityByVectors({
    topics: Int32Array.from(real),
    vectors: unitRows(pickRows(vectors, rows)),
  });
  const likeness: Matrix = { data: Float32Array.from(values), rows: real.length, columns: real.length };
  const centre = classicalScaling(likeness);
  const scale = discSize(centre, Math.max(...real.map((topic) => rowsOf(labels, topic).length)));
  real.forEach((topic, t) =>
    rowsOf(labels, topic).forEach((d, k) => {
      const [radius, angle] = [scale * Math.sqrt(k), k * Math.PI * (3 - Math.sqrt(5))];
      x[d] = centre.x[t] + radius * Math.cos(angle);
      y[d] = centre.y[t] + radius * Math.sin(angle);
    }),
  );
  return { x, y };
}

/** Small enough that the largest disc reaches half-way to the nearest topic, on average. */
function discSize({ x, y }: { x: number[]; y: number[] }, largest: number): number {
  if (x.length < 2) return 1;
  const nearest = x.map((_, i) =>
    Math.min(...x.map((_, j) => (i === j ? Infinity : Math.hypot(x[i] - x[j], y[i] - y[j])))),
  );
  const mean = nearest.reduce((sum, d) => sum + d, 0) / nearest.length;
  return mean > 0 ? mean / 2 / Math.sqrt(largest) : 1;
}
