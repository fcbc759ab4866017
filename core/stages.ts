/**
 * What the stages hand to each other, and the interfaces of those that can be exchanged. Types only, but for the frozen
 * table at the end; a stage imports nothing of another stage but what is here.
 */
import type { Matrix } from './base/matrix.ts';
import type { StageContext } from './base/progress.ts';

/** A column of the corpus' file as text; null where the cell has no value. */
export interface CorpusColumn {
  readonly name: string;
  readonly values: readonly (string | null)[];
}

/** Which columns play which role. A column's name, or null where the corpus has none. */
export interface ColumnRoles {
  readonly text: string;
  readonly id: string | null;
  readonly label: string | null;
  readonly date: string | null;
}

/** A row that could not be read: it is in skipped.csv, never silently lost. `row` counts from 1 in the file (after the header). */
export interface SkippedRow {
  readonly row: number;
  readonly reason: string;
}

/** Documents, column by column: index i is the same document everywhere. */
export interface Corpus {
  /** A short name for titles: the file's name without its extension. */
  readonly name: string;
  /** The path or the bundled corpus' name that it was read from. */
  readonly source: string;
  readonly ids: readonly string[];
  /** The text as it will be embedded; empty where a row has none. */
  readonly texts: readonly string[];
  readonly labels: readonly (string | null)[] | null;
  readonly dates: readonly (string | null)[] | null;
  /** All the file's own columns in their order (the roles among them). */
  readonly columns: readonly CorpusColumn[];
  readonly roles: ColumnRoles;
  readonly skipped: readonly SkippedRow[];
  /** Indices of documents without text (topic −1). */
  readonly empty: Int32Array;
  /** duplicateOf[i] is the first document with exactly the same text, or −1. Duplicates stay in the corpus. */
  readonly duplicateOf: Int32Array;
}

/** One model's view of the corpus. Rows line up with the corpus; an empty text's row is zeros. */
export interface Embedding {
  /** What the next stage sees (HS, RW, concat or sum, as asked for). */
  readonly matrix: Matrix;
  /** Pooled last hidden states [n × H], not normalised; null for embeddings given in a file. */
  readonly hidden: Matrix | null;
  /** Pooled routing weights [n × (MoE layers × experts)] before standardisation; null likewise. */
  readonly routing: Matrix | null;
  /** Tokens of each document that the model saw. */
  readonly tokens: Int32Array;
  /** 1 where the document was longer than the model's limit and was cut. */
  readonly truncated: Uint8Array;
  /** What is needed to embed a new document in the same way (standardisation's mean and deviation, α …), JSON-able. */
  readonly recipe: Record<string, unknown>;
  readonly device: { name: string; why: string };
  readonly seconds: number;
}

export interface Embedder<P> {
  embed(texts: readonly string[], params: P, context: StageContext): Promise<Embedding>;
}

/** A symmetric weighted k-nearest-neighbour graph in compressed sparse rows. */
export interface FuzzyGraph {
  /** rows + 1 offsets into targets and weights. */
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  readonly weights: Float32Array;
}

/** Nearest neighbours, nearest first, the point itself excluded: [n × k] indices and distances. */
export interface Neighbours {
  readonly k: number;
  readonly indices: Int32Array;
  readonly distances: Float32Array;
  /** 1 for an exact search; else the measured or guaranteed recall. */
  readonly recall: number;
  readonly method: string;
}

/** What the reduction gives: coordinates to cluster and coordinates to draw, from one graph. */
export interface Reduction {
  /** [n × components]; rows of empty documents are zeros and not meant to be clustered. */
  readonly components: Matrix;
  /** [n × 2] */
  readonly map: Matrix;
  /** Kept for transform; JSON-able scalars (a, b, k, metric, method, recall). */
  readonly recipe: Record<string, unknown>;
}

export interface Reducer<P> {
  reduce(input: Matrix, params: P, context: StageContext): Promise<Reduction>;
}

/** The condensed tree as hdbscan's `condensed_tree_.to_numpy()`: one row an edge; children below n are points. */
export interface CondensedTree {
  readonly parent: Int32Array;
  readonly child: Int32Array;
  readonly lambda: Float64Array;
  readonly size: Int32Array;
}

export interface Clustering {
  /** −1 is an outlier; clusters are numbered by falling size, ties by first document. */
  readonly labels: Int32Array;
  /** Strength of membership, 0 to 1. */
  readonly probabilities: Float64Array;
  /** GLOSH, 0 to 1; zeros where the engine has none. */
  readonly outlierScores: Float64Array;
  readonly condensedTree: CondensedTree | null;
  /** What was chosen from the data and why (minTopicSize, minSamples, selection …), JSON-able. */
  readonly recipe: Record<string, unknown>;
}

export interface Clusterer<P> {
  cluster(input: Matrix, params: P, context: StageContext): Promise<Clustering>;
}

export interface Keyword {
  readonly keyword: string;
  readonly weight: number;
}

/** A topic's keywords, strongest first. Topic −1 (outliers) is included where there are any. */
export interface TopicKeywords {
  readonly topic: number;
  readonly keywords: readonly Keyword[];
}

export interface KeywordInput {
  readonly texts: readonly string[];
  readonly labels: Int32Array;
  /** For methods that need vectors (MMR, embedding-inspired): embeds words and phrases with the run's model; null when there is none. */
  readonly embedWords: ((words: readonly string[]) => Promise<Matrix>) | null;
  readonly embedding: Matrix | null;
}

export interface KeywordExtractor<P> {
  extract(input: KeywordInput, params: P, context: StageContext): Promise<TopicKeywords[]>;
}

/** How a document came to its topic. */
export type AssignedBy = 'fit' | 'outlier-reduction' | 'user' | 'transform';

export interface Topic {
  readonly id: number;
  readonly name: string;
  readonly count: number;
  /** Of all documents, 0 to 1. */
  readonly share: number;
  readonly keywords: readonly Keyword[];
  /** Ids of the documents that stand for it, best first. */
  readonly representatives: readonly string[];
}
