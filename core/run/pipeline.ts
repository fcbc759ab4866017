import { StageClock } from '../base/clock.ts';
import { InputError } from '../base/errors.ts';
import type { StageContext } from '../base/progress.ts';
import { cluster } from '../cluster/index.ts';
import { readCorpus, warnings } from '../corpus/index.ts';
import { documentEmbedding, type EmbeddingRequest } from './document-embedding.ts';
import { embedWords } from '../embed/index.ts';
import { checkGuide, readGuidance, resolveGuide } from './guidance.ts';
import { keepWords, keptWords } from './kept-words.ts';
import { countWords, vectoriseAndKeep } from '../keywords/index.ts';
import { misfitSentence, runMisfit } from '../models/language-fit.ts';
import { topicMaps } from '../map/index.ts';
import { editedTable } from '../project/topics.ts';
import type { ThemedFigure } from '../protocol.ts';
import { reduce } from '../reduce/index.ts';
import { parseRunParams, withoutClusterer, type RunParams } from './params.ts';
import { column, rowsWithText, spread } from './spread.ts';
import type { Clustering, ColumnRoles, Corpus, Embedding, Reduction, Topic } from '../stages.ts';
import { corpusKey, stageKey, type Project, type StoredState } from '../store/index.ts';
import { initialState, type TopicState } from '../topics/index.ts';

/** Raised when a stage computes something else than before, so that a kept result of the old kind is not used. */
const stageVersions = { reduce: 2, cluster: 4 };

export interface RunRequest extends EmbeddingRequest {
  /** A path or a known corpus' name. */
  readonly source: string;
  /** Flat parameters by their camelCase names. */
  readonly params: Record<string, unknown>;
}

/** What the run leaves in the project, and operations change: everything that the exports are made of. */
export interface RunState extends StoredState {
  /** What people did to the topics; `labels` are its own. */
  readonly edit: TopicState;
  readonly probabilities: Float64Array;
  readonly outlierScores: Float64Array;
  /** Places on the map; NaN for a document without text. */
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** What can be looked at before the run ends. */
export interface RunPartial {
  x?: Float32Array;
  y?: Float32Array;
  topic?: Int32Array;
  topics?: Topic[];
  /** The columns' roles, as asked for or guessed. */
  roles?: ColumnRoles;
  /** What a person should know of the run: one sentence. */
  notice?: string;
}

export interface RunOutcome {
  /** Open; the caller closes it. */
  readonly project: Project;
  readonly corpus: Corpus;
  readonly params: RunParams;
  readonly embedding: Embedding;
  readonly reduction: Reduction;
  readonly clustering: Clustering;
  readonly state: RunState;
  readonly map: ThemedFigure;
  /** What a person should know of the run. */
  readonly notices: readonly string[];
  readonly seconds: StageClock['seconds'];
}

/**
 * The project is opened when the corpus was read, so that bad input leaves nothing behind.
 * The whole flow: documents → embeddings → coordinates → clusters → keywords → map. What a stage gives is kept in the project,
 * so that the same run goes on where it stopped and one with other parameters repeats only what they change.
 */
export async function run(
  request: RunRequest,
  openProject: () => Promise<Project>,
  context: StageContext,
  onPartial: (partial: RunPartial) => void = () => undefined,
): Promise<RunOutcome> {
  const asked = parseRunParams(request.params);
  const params = { ...asked, guide: resolveGuide(asked.guide) };
  const clock = new StageClock();

  const corpus = await clock.time('load', () => readCorpus(request.source, params.load, context));
  const documents = corpus.ids.length;
  const rows = rowsWithText(documents, corpus.empty);
  onPartial({ roles: corpus.roles });
  if (rows.length === 0)
    throw new InputError(`No document of ${request.source} has any text; name the text column with --text.`);
  checkGuide(params.guide, corpus);
  const misfit =
    (request.embeddings ?? null) === null ? await runMisfit(corpus.texts, params.embed, context) : null;
  const notices = [...warnings(corpus), ...(misfit === null ? [] : [misfitSentence(misfit)])];
  for (const notice of notices) onPartial({ notice });
  const project = await openProject();
  const key = corpusKey(corpus);
  if ((await project.savedCorpusKey()) !== key) await project.saveCorpus(corpus);

  const embedded = await clock.time('embed', () =>
    documentEmbedding(request, corpus, params.embed, project, context),
  );
  const embedding = embedded.value;
  const wordModel = request.embeddings
    ? null
    : (words: readonly string[]) =>
        embedWords(
          words,
          { ...params.embed, model: String(embedding.recipe.model) },
          context,
          embedding.recipe,
        );
  const guidance = await readGuidance(params, corpus, embedding.matrix, wordModel);

  const kept = async <T>(
    stage: 'reduce' | 'cluster',
    input: string,
    own: unknown,
    work: () => Promise<T>,
  ) => {
    const stored = stageKey(stage, stageVersions[stage], [input, String(context.seed)], own);
    let value = await project.getResult<T>(stage, stored);
    if (value === undefined) {
      value = await clock.time(stage, work);
      await project.putResult(stage, stored, value);
    } else context.onProgress({ kind: 'progress', stage, fraction: 1, text: 'kept from before' });
    return { key: stored, value };
  };

  const layout = guidance.layoutKey === null ? params.reduce : [params.reduce, guidance.layoutKey];
  const reduction = await kept('reduce', embedded.key, layout, () => {
    const { input, extras } = guidance.layout(rows);
    return reduce(input, params.reduce, context, extras);
  });
  const [x, y] = [0, 1].map((c) => spread(column(reduction.value.map, c), rows, documents, NaN));
  onPartial({ x, y });

  const grouping = guidance.clusterKey === null ? params.cluster : [params.cluster, guidance.clusterKey];
  const clustering = await kept('cluster', reduction.key, grouping, () =>
    guidance.cluster(reduction.value.components, rows, (input) => cluster(input, params.cluster, context)),
  );
  const labels = spread(clustering.value.labels, rows, documents, -1);
  onPartial({ topic: labels });

  const edit = initialState(labels, guidance.names(clustering.value));
  const known = await keptWords(project, params.keywords);
  const { terms, words } = await clock.time('keywords', async () =>
    known === null
      ? vectoriseAndKeep(corpus.texts, params.keywords, context)
      : { terms: await countWords(known, params.keywords, context), words: null },
  );
  await keepWords(project, key, params.keywords, words);
  const topics = await clock.time('keywords', async () => {
    const input = {
      terms,
      ids: corpus.ids,
      duplicateOf: corpus.duplicateOf,
      embedWords: wordModel,
      embedding: embedding.matrix,
    };
    return editedTable(edit, input, guidance.weighed(terms), context);
  });
  onPartial({ topics });

  const map = await clock.time('map', () =>
    topicMaps({ x, y, labels, topics, texts: corpus.texts, language: context.language }),
  );
  const state: RunState = {
    topics,
    labels,
    edit,
    probabilities: spread(clustering.value.probabilities, rows, documents, 0),
    outlierScores: spread(clustering.value.outlierScores, rows, documents, 0),
    x,
    y,
  };
  await project.saveFit(state);
  return {
    project,
    corpus,
    params: guidance.clustersAll ? params : withoutClusterer(params),
    embedding,
    reduction: reduction.value,
    clustering: clustering.value,
    state,
    map,
    notices,
    seconds: clock.seconds,
  };
}
