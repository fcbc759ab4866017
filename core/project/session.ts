import { InputError } from '../base/errors.ts';
import { quietContext } from '../base/progress.ts';
import { keptWords } from '../run/kept-words.ts';
import { storedEmbedding } from '../run/document-embedding.ts';
import type { EmbedParams } from '../embed/index.ts';
import { resolveModel } from '../models/resolve.ts';
import { topicTerms, type Vectorised } from '../keywords/index.ts';
import { topicColors, topicPeaks, type TopicColors } from '../map/index.ts';
import type { RunState } from '../run/pipeline.ts';
import { flatParams, parseRunParams, type RunParams } from '../run/params.ts';
import type { Clustering, Corpus, DocumentTerms, Embedding, Reduction, TopicTerms } from '../stages.ts';
import { seedMultiplierOf } from '../run/seed-words.ts';
import { restoreTerms, TermCounts, type KeptTerms } from '../run/term-counts.ts';
import { approximateDistribution, type TopicState } from '../topics/index.ts';
import { openProject, type Project } from '../store/index.ts';

/** An open project and what was read or derived from it once: corpus, state, embedding, term counts, colours. */
export class Session {
  private embeddings: Promise<Embedding> | null = null;
  private readonly counts: TermCounts;
  private lower: string[] | null = null;
  private shades: TopicColors | null = null;
  private weighed: Promise<TopicTerms> | null = null;

  private constructor(
    readonly project: Project,
    readonly corpus: Corpus,
    readonly manifest: Record<string, unknown>,
    private now: RunState,
  ) {
    this.counts = new TermCounts(
      corpus.texts,
      () => this.params.keywords,
      async () => {
        const kept = await project.latestResult<KeptTerms>('terms');
        return kept ? restoreTerms(kept.value) : null;
      },
      () => keptWords(project, this.params.keywords),
    );
  }

  /** @throws InputError when the project never finished a run, or another process owns it. */
  static async open(file: string): Promise<Session> {
    const project = await openProject(file);
    try {
      const [corpus, state] = [await project.loadCorpus(), await project.state<RunState>()];
      if (corpus === null || state === undefined) throw unfinished(file);
      return new Session(project, corpus, (await project.manifest()) ?? {}, state);
    } catch (error) {
      await project.close();
      throw error;
    }
  }

  /** Whether `open` would succeed, without reading the documents. @throws what `open` throws */
  static async check(file: string): Promise<void> {
    const project = await openProject(file);
    try {
      if ((await project.savedCorpusKey()) === null || (await project.state()) === undefined)
        throw unfinished(file);
    } finally {
      await project.close();
    }
  }

  get path(): string {
    return this.project.path;
  }

  get state(): RunState {
    return this.now;
  }

  /** After an operation: the new state, with everything that follows from it forgotten. */
  replaceState(state: RunState): void {
    this.now = state;
    this.shades = null;
    this.weighed = null;
  }

  /** The parameters of the run, as its manifest keeps them. */
  get params(): RunParams {
    const kept = this.manifest.parameters as Partial<RunParams> | undefined;
    return parseRunParams(flatParams(kept ?? {}));
  }

  /** The embedding's parameters with the model's folder in place of its name. */
  async embedParams(): Promise<EmbedParams> {
    const own = this.params.embed;
    return { ...own, model: await resolveModel(own, quietContext()) };
  }

  get seed(): number {
    return Number(this.manifest.seed ?? 42);
  }

  embedding(): Promise<Embedding> {
    this.embeddings ??= storedEmbedding(this.project).then((found) => {
      if (found === undefined)
        throw new InputError('The project holds no embedding; run it again with --overwrite.');
      return found;
    });
    return this.embeddings;
  }

  /** The words as the run counted them. */
  terms(): Promise<Vectorised> {
    return this.counts.own();
  }

  /** The words under an edit's stop words, thesaurus and n-grams. */
  editedTerms(edit: TopicState): Promise<DocumentTerms> {
    return this.counts.of(edit.vocabulary);
  }

  /** The coordinates that were clustered; undefined for a project that was made without them. */
  async reduction(): Promise<Reduction | undefined> {
    return (await this.project.latestResult<Reduction>('reduce'))?.value;
  }

  async clustering(): Promise<Clustering | undefined> {
    return (await this.project.latestResult<Clustering>('cluster'))?.value;
  }

  /** Counts and c-TF-IDF of the topics as they are now. */
  topicTerms(): Promise<TopicTerms> {
    this.weighed ??= this.editedTerms(this.now.edit).then((terms) =>
      topicTerms(terms, this.now.labels, seedMultiplierOf(this.params, terms)),
    );
    return this.weighed;
  }

  /** Mixture of topics of one document, strongest first; empty where nothing resembles one. */
  async distribution(row: number): Promise<{ topic: number; share: number }[]> {
    const text = this.corpus.texts[row];
    const { topics, matrix } = await approximateDistribution(await this.topicTerms(), [text], quietContext());
    return Array.from(topics, (topic, t) => ({ topic, share: matrix.data[t] }))
      .filter(({ share }) => share > 0)
      .sort((a, b) => b.share - a.share || a.topic - b.topic)
      .slice(0, 8);
  }

  /** Texts in lower case, for searching. */
  lowerTexts(): readonly string[] {
    this.lower ??= this.corpus.texts.map((text) => text.toLowerCase());
    return this.lower;
  }

  colors(): TopicColors {
    this.shades ??= topicColors(topicPeaks(this.now.x, this.now.y, this.now.labels));
    return this.shades;
  }

  close(): Promise<void> {
    return this.project.close();
  }
}

function unfinished(file: string): InputError {
  return new InputError(
    `${file} holds no finished run yet; run the same corpus into its folder again to go on.`,
  );
}
