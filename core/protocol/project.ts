/** An open project: its map, its log, its quality, and what other projects and documents bring to it. */
import type { StageName } from '../base/progress.ts';
import type { AssignedBy, Topic } from '../stages.ts';

export interface ProjectSummary {
  path: string;
  name: string;
  documents: number;
  topics: Topic[];
  outliers: number;
  empty: number;
  truncated: number;
  skipped: number;
  predicted: number;
  seed: number;
  /** Smallest size of a topic that its clustering used; null where none did. */
  minTopicSize: number | null;
  /** Why the topics have their sizes, a sentence each; none where no clustering chose them. */
  reasons: string[];
  model: string;
  device: string;
  embedding: string;
  undoable: number;
  redoable: number;
  seconds: Partial<Record<StageName | 'total', number>>;
  labels: string[];
  hasDates: boolean;
  manifest: Record<string, unknown>;
}

export interface MapData {
  x: Float32Array;
  y: Float32Array;
  topic: Int32Array;
  probability: Float32Array;
  length: Int32Array;
  /** Index into `labelNames`, −1 where a document has none; null without a label column. */
  label: Int32Array | null;
  labelNames: string[];
  /** Milliseconds since 1970, NaN where unknown; null without a date column. */
  date: Float64Array | null;
  /** The strongest expert of each document per router is too much; this is its strongest overall, −1 for none. */
  expert: Int32Array | null;
  expertNames: string[];
  /** How each document came to its topic: positions in `assignments`. */
  assignedBy: Uint8Array;
  assignments: readonly AssignedBy[];
  /** First 160 characters of each document, for hovering. */
  hover: string[];
  colors: { light: Record<number, string>; dark: Record<number, string> };
  /** Names to show from a zoom level on: x, y, topic ids below it, level 0 is the coarsest. */
  names: {
    level: number;
    x: number;
    y: number;
    text: string;
    topics: number[];
    /** Half the width and height of its largest topic. */
    reach: readonly [number, number];
  }[];
}

/** A topic of what came, and where it went. */
export interface MatchedTopic {
  /** Its id there. */
  topic: number;
  name: string;
  count: number;
  /** The topic here that is most alike, −1 without one, and the cosine of their mean vectors. */
  nearest: number;
  similarity: number;
  /** Its id in the new project, −1 where its documents became outliers. */
  becomes: number;
  isNew: boolean;
}

/** A new document and the topic that it is predicted to belong to, −1 for none. */
export interface PredictedDocument {
  id: string;
  topic: number;
  /** Strength of membership; by the nearest topic, the cosine to it. */
  probability: number;
  /** From the clustering's tree, or (where topics don't come from one of all documents) as the most similar topic. */
  method: 'clustering' | 'nearest topic';
  /** Its place on the project's map; NaN for a document without text. */
  x: number;
  y: number;
  snippet: string;
}

export interface JoinReport {
  /** The new project's folder. */
  out: string;
  documents: number;
  /** Documents that came. */
  added: number;
  /** Ids that were taken already and got a number behind them. */
  renamed: number;
  topics: number;
  outliers: number;
  newTopics: number[];
  matches: MatchedTopic[];
}

export interface LogEntry {
  index: number;
  operation: Record<string, unknown>;
  text: string;
  undone: boolean;
}

/** What an operation moves; null where it can't be measured or wasn't asked for. */
export interface PreviewedTotals {
  topics: number;
  outliers: number;
  diversity: number | null;
  /** With the corpus' labels. */
  ami: number | null;
  npmi: number | null;
}

/** A topic as it would be; `was` is what it is now, null for a new one. */
export type PreviewedTopic = Topic & { was: Topic | null };

export interface OperationPreview {
  text: string;
  before: PreviewedTotals;
  after: PreviewedTotals;
  /** Documents that get another topic. */
  changed: number;
  /** Topics that are new or would look different, new ones first. */
  topics: PreviewedTopic[];
  /** Topics that would be no more. */
  gone: Topic[];
}

export interface Quality {
  topics: number;
  outlierShare: number;
  npmi: number | null;
  cV: number | null;
  diversity: number | null;
  invertedRbo: number | null;
  silhouette: number | null;
  dbcv: number | null;
  ami: number | null;
  nmi: number | null;
  vMeasure: number | null;
  homogeneity: number | null;
  completeness: number | null;
  purity: number | null;
}

export interface PlotlyFigure {
  data: Record<string, unknown>[];
  layout: Record<string, unknown>;
}

/** A figure for light and for dark surroundings. */
export type ThemedFigure = Record<'light' | 'dark', PlotlyFigure>;
