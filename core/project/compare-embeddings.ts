import type { StageContext, StageName } from '../base/progress.ts';
import { StageClock } from '../base/clock.ts';
import { InputError, throwIfCancelled, UsageError } from '../base/errors.ts';
import { cluster } from '../cluster/index.ts';
import { readCorpus } from '../corpus/index.ts';
import { embed, embedWords, readCard, recombine, type EmbedParams } from '../embed/index.ts';
import { measure, type Evaluation } from './evaluate.ts';
import { tokenSequences, vectorise } from '../keywords/index.ts';
import { resolveModel } from '../models/resolve.ts';
import { reduce } from '../reduce/index.ts';
import { parseRunParams, type RunParams } from '../run/params.ts';
import { column, pickRows, rowsWithText, spread } from '../run/spread.ts';
import type { Corpus, Embedding, ModelCard, Topic } from '../stages.ts';
import { topicTable } from '../run/topic-table.ts';
import { compareRuns, type Comparison } from '../topics/index.ts';

export const comparedEmbeddings = ['hs', 'rw', 'concat', 'sum'] as const;
export type ComparedEmbedding = (typeof comparedEmbeddings)[number];

export interface CompareRequest {
  /** A corpus that was read already, or where to read one. */
  readonly source: Corpus | string;
  /** Parameters of a run: the same for every variant. */
  readonly params: Record<string, unknown>;
  readonly embeddings: readonly ComparedEmbedding[];
  /** Models to compare; none: that of the parameters. */
  readonly models: readonly string[];
}

/** Topics of the corpus by one embedding of one model. */
export interface Variant {
  /** "concat", or "minilm-moe concat" where there are several models. */
  readonly name: string;
  readonly model: string;
  readonly embedding: ComparedEmbedding;
  readonly topics: readonly Topic[];
  readonly labels: Int32Array;
  readonly probabilities: Float64Array;
  /** Places on the variant's own map; NaN for a document without text. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly quality: Evaluation;
  readonly seconds: StageClock['seconds'];
}

export interface EmbeddingComparison {
  readonly corpus: Corpus;
  readonly params: RunParams;
  readonly variants: readonly Variant[];
  readonly comparison: Comparison;
  /** Variants that could not be made (routing weights of a dense model). */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  /** Of reading and of each model's one pass. */
  readonly seconds: StageClock['seconds'];
}

/**
 * Topics of one corpus by hidden states, routing weights and their combinations, and by several models, everything else equal.
 * Each model reads the corpus once: its hidden states and routing weights come from the same pass.
 * @throws UsageError for fewer than two variants; InputError for a corpus without text; ModelError.
 */
export async function compareEmbeddings(
  request: CompareRequest,
  context: StageContext,
): Promise<EmbeddingComparison> {
  const params = parseRunParams(request.params);
  const clock = new StageClock();
  const { source } = request;
  const corpus =
    typeof source === 'string'
      ? await clock.time('load', () => readCorpus(source, params.load, context))
      : source;
  const rows = rowsWithText(corpus.ids.length, corpus.empty);
  if (rows.length === 0)
    throw new InputError(`No document of ${corpus.source} has any text; name the text column with --text.`);
  const models = request.models.length > 0 ? request.models : [params.embed.model];
  if (models.length * request.embeddings.length < 2)
    throw new UsageError('A comparison needs two variants; name more embeddings or models.');
  const terms = await vectorise(corpus.texts, params.keywords, context);
  const sequences = await tokenSequences(corpus.texts, terms, context);

  const variants: Variant[] = [];
  const leftOut: { name: string; reason: string }[] = [];
  const all = models.length * request.embeddings.length;
  for (const model of models) {
    const own: EmbedParams = {
      ...params.embed,
      model: await resolveModel({ ...params.embed, model }, context),
      embedding: 'concat',
    };
    const card = await readCard(own.model);
    const pass = await clock.time('embed', () => embed(corpus.texts, own, context));
    for (const embedding of request.embeddings) {
      throwIfCancelled(context.signal);
      const name = models.length > 1 ? `${card.name} ${embedding}` : embedding;
      const missing = whyNot(card, embedding);
      if (missing !== null) {
        leftOut.push({ name, reason: missing });
        continue;
      }
      const done = variants.length + leftOut.length;
      const inner = within(context, name, done, all);
      const seen = recombine(pass, { ...own, embedding }, card);
      const made = await topicsOf(corpus, rows, seen, { ...params, embed: own }, terms, inner);
      const quality = await measure(
        {
          corpus,
          labels: made.labels,
          topics: made.topics,
          sequences,
          embedding: seen.matrix,
          components: made.components,
        },
        corpus.labels,
        inner,
      );
      const { components: _, ...shown } = made;
      variants.push({ name, model: card.name, embedding, ...shown, quality });
    }
  }
  if (variants.length < 2)
    throw new UsageError(
      `Only ${variants.length} of ${all} variants can be made (${leftOut.map((v) => `${v.name}: ${v.reason}`).join('; ')}); add a mixture-of-experts model.`,
    );
  return {
    corpus,
    params,
    variants,
    comparison: compareRuns(variants, corpus.labels),
    leftOut,
    seconds: clock.seconds,
  };
}

/** A dense model has hidden states and nothing else. */
function whyNot(card: ModelCard, embedding: ComparedEmbedding): string | null {
  return card.routers.length === 0 && embedding !== 'hs'
    ? `${card.name} is a dense model without routers`
    : null;
}

async function topicsOf(
  corpus: Corpus,
  rows: Int32Array,
  embedding: Embedding,
  params: RunParams,
  terms: Awaited<ReturnType<typeof vectorise>>,
  context: StageContext,
) {
  const clock = new StageClock();
  const documents = corpus.ids.length;
  const reduction = await clock.time('reduce', () =>
    reduce(pickRows(embedding.matrix, rows), params.reduce, context),
  );
  const clustering = await clock.time('cluster', () =>
    cluster(reduction.components, params.cluster, context),
  );
  const labels = spread(clustering.labels, rows, documents, -1);
  const topics = await clock.time('keywords', () =>
    topicTable(
      {
        terms,
        labels,
        ids: corpus.ids,
        duplicateOf: corpus.duplicateOf,
        embedWords: (words) => embedWords(words, params.embed, context, embedding.recipe),
        embedding: embedding.matrix,
      },
      params.keywords,
      context,
    ),
  );
  const [x, y] = [0, 1].map((c) => spread(column(reduction.map, c), rows, documents, NaN));
  return {
    topics,
    labels,
    probabilities: spread(clustering.probabilities, rows, documents, 0),
    x,
    y,
    components: reduction.components,
    seconds: clock.seconds,
  };
}

/** Progress of one variant as a part of the whole. */
function within(context: StageContext, name: string, done: number, all: number): StageContext {
  const parts: Partial<Record<StageName, [number, number]>> = {
    reduce: [0, 0.5],
    map: [0.5, 0.8],
    cluster: [0.8, 0.9],
  };
  return {
    ...context,
    onProgress: ({ stage, fraction }) => {
      const [from, to] = parts[stage as StageName] ?? [0.9, 1];
      context.onProgress({
        kind: 'progress',
        stage: 'operation',
        fraction: (done + from + (to - from) * fraction) / all,
        text: `Topics by ${name}`,
      });
    },
  };
}
