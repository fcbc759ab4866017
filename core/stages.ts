/**
 * What the stages hand to each other, and the interfaces of those that can be exchanged. Types only, but for the frozen
 * table at the end; a stage imports nothing of another stage but what is here.
 */
import type { Matrix } from './base/matrix.ts';
import type { StageContext } from './base/progress.ts';
import type { SparseMatrix } from './base/sparse.ts';

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
  /** duplicateOf[i] is the first document with the same text (white space around it aside), or −1. Duplicates stay in the corpus. */
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

/**
 * How often each term stands in each document, in compressed rows: document d has terms indices[e] with counts[e] for e from
 * offsets[d] up to offsets[d + 1]. Made once; every later change of the topics reads it instead of the texts.
 */
export interface DocumentTerms {
  readonly documents: number;
  /** Number of terms: the columns. */
  readonly size: number;
  readonly termAt: (column: number) => string;
  /** All terms by column; where there are millions of phrases it is made when it is asked for. */
  readonly vocabulary: readonly string[];
  readonly offsets: Int32Array;
  readonly indices: Int32Array;
  readonly counts: Int32Array;
  /** 1 for terms that are kept in the numbers but not shown: pieces of contractions and addresses, bare numbers, encoded data. */
  readonly hidden: Uint8Array;
  /** The term of every token of a text, in order, with its place; −1 for a token that is no term. Single words only. */
  readonly tokenize: (text: string) => TextTokens;
  /** The terms of a document's tokens, as `tokenize` gives them for its text; where the words are at hand. */
  readonly sequence?: (document: number) => Int32Array;
}

/** Tokens of one text: term (or −1), first and one-past-last UTF-16 position. */
export interface TextTokens {
  readonly terms: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** The counted single words of every document in the order of the text: document d has terms[offsets[d]] … terms[offsets[d + 1] − 1]. */
export interface TokenSequences {
  readonly offsets: Int32Array;
  /** Columns of the vocabulary. */
  readonly terms: Int32Array;
  readonly vocabulary: readonly string[];
}

/** Topics by their words: what merging, hierarchies, outlier reduction and distributions compare. */
export interface TopicTerms {
  readonly terms: DocumentTerms;
  /** Topic ids, ascending, −1 first where there are outliers: the rows of `counts` and `weights`. */
  readonly topics: Int32Array;
  /** [topics × terms] how often a term stands in a topic. */
  readonly counts: SparseMatrix;
  /** [topics × terms] c-TF-IDF. */
  readonly weights: SparseMatrix;
  /** Inverse frequency of each term. */
  readonly idf: Float64Array;
  /** Whether a term counts by the square root of its share (reduceFrequentWords): in topics, and in what is compared with them. */
  readonly damped: boolean;
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
  /** Those of the keywords that a person put first, in their order; left out where there are none. */
  readonly pinned?: readonly string[];
  /** Ids of the documents that stand for it, best first. */
  readonly representatives: readonly string[];
}

/** A router whose logits a model's graph puts out, in the order of its outputs `router_logits_0`, `router_logits_1` … */
export interface RouterInfo {
  readonly layer: number;
  readonly kind: 'mlp' | 'attention';
  readonly experts: number;
  readonly active: number;
}

/**
 * `moetopic.json` of a model folder, beside `model.onnx`, `pooled.onnx`, `model.onnx.data` and the tokeniser's files.
 * `model.onnx`: inputs `input_ids`, `attention_mask` (int64 [batch, tokens], padded on the right); outputs `hidden`
 * (float32 [batch, tokens, hiddenSize], after the final norm) and one `router_logits_R` (float32 [batch, tokens, experts]) a router.
 * `pooled.onnx` (same weights): a third input `pooling_weights` (float32 [batch, tokens], each row adds up to 1; one-hot for the
 * last token); outputs `pooled_hidden` [batch, hiddenSize], and, over the routers side by side, `pooled_probabilities`
 * (softmax over all experts before top-k), `pooled_logits`, `pooled_selected` (1 where the expert was chosen), each [batch, Σ experts].
 * A dense model has no routers and only `pooled_hidden`.
 */
export interface ModelCard {
  readonly format: 1;
  readonly name: string;
  readonly family: string;
  readonly license: string | null;
  readonly hiddenSize: number;
  readonly layers: number;
  readonly routers: readonly RouterInfo[];
  /** The gate's name: softmax top-k, renormalised, hierarchical, SparseMixer … */
  readonly gate: string;
  readonly parameters: { readonly total: number; readonly active: number };
  readonly precision: 'fp32' | 'fp16' | 'int8' | 'int4';
  /** Providers whose operators the graph uses: `cpu`, `webgpu`, `cuda`, `dml`, `coreml`. */
  readonly devices: readonly string[];
  /** Most tokens a text may have, special tokens included. */
  readonly maxTokens: number;
  /** Its positions go on beyond maxTokens, which is only what it was trained for. */
  readonly unbounded?: true;
  readonly pooling: 'last' | 'mean' | 'cls' | 'weighted-mean';
  /** Weight α of the routing weights in sum and concat that was chosen on text outside the evaluation corpora. */
  readonly alpha: number;
  /** Prompt that the model wants before every text ("search_document: "), if any. */
  readonly prefix: string;
  /** ISO 639-1 codes it understands; ['*'] for many. */
  readonly languages: readonly string[];
  /** Where it came from, for one that was fetched: `owner/name` and the commit. */
  readonly source?: { readonly hub: string; readonly revision: string };
  /** Fingerprint of the weights (sha256, hex), for cache keys. */
  readonly fingerprint: string;
}
