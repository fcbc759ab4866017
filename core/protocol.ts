/**
 * What the three front doors say to the engine: types and zod schemas only. A request has an id; the engine answers it
 * with any number of events and then exactly one `result` or `error`. Cancelling is a message of its own.
 * Typed arrays travel as they are over a MessagePort, and as `{ $: 'f32' | 'i32' | 'u8' | 'f64', b: base64 }` in JSON (app/wire.ts).
 */
import { z } from 'zod';
import type { ErrorRecord } from './base/errors.ts';
import { languages } from './base/language.ts';
import type { Progress } from './base/progress.ts';
import type { AppInfo, CacheInfo } from './protocol/app.ts';
import type { DocumentDetail, DocumentRow, TokenTopics } from './protocol/documents.ts';
import type {
  ExpertProfile,
  ExpertsOverview,
  ModelEntry,
  ModelOffer,
  TokenTrace,
} from './protocol/models.ts';
import type {
  JoinReport,
  LogEntry,
  MapData,
  OperationPreview,
  PlotlyFigure,
  PredictedDocument,
  ProjectSummary,
  Quality,
} from './protocol/project.ts';
import type { CorpusPreviewResult, RunEstimate } from './protocol/run.ts';
import type {
  HierarchyResult,
  NamingPreview,
  NamingResult,
  OverTimeResult,
  PerClassResult,
  TopicDocuments,
  TopicPage,
  TopicRepresentations,
} from './protocol/topics.ts';
import type { CompareResult, StabilityResult } from './protocol/variants.ts';
import type { ModelCard, Topic } from './stages.ts';

export type * from './protocol/app.ts';
export type * from './protocol/documents.ts';
export type * from './protocol/models.ts';
export type * from './protocol/project.ts';
export type * from './protocol/run.ts';
export type * from './protocol/topics.ts';
export type * from './protocol/variants.ts';

const roles = z.object({
  text: z.string().nullable().default(null),
  id: z.string().nullable().default(null),
  label: z.string().nullable().default(null),
  date: z.string().nullable().default(null),
});

/** Of what figures and reports say. */
const language = z.enum(languages).default('en');

/** Flags of `moetopic run` by their camelCase names; each stage's schema checks its own. */
const runParams = z.record(z.string(), z.unknown()).default({});

const filter = z.object({
  /** Topic ids; empty means all. */
  topics: z.array(z.number().int()).default([]),
  /** Rows (document indices) selected on the map; null means all. */
  rows: z.array(z.number().int()).nullable().default(null),
  /** Full-text query: words that must all occur, or a regular expression. */
  query: z.string().default(''),
  regex: z.boolean().default(false),
  /** Values of the label column; empty means all. */
  labels: z.array(z.string()).default([]),
  assignedBy: z.array(z.string()).default([]),
});
export type DocumentFilter = z.input<typeof filter>;

const precision = z.enum(['auto', 'fp32', 'fp16', 'int8', 'int4']).default('auto');

const operation = z.record(z.string(), z.unknown());

/** Keywords of each slice or node. */
const words = z.number().int().min(1).max(100).default(5);

/** Least cosine of two topics' mean vectors to be one topic. */
const threshold = z.number().min(-1).max(1).default(0.7);

/** An OpenAI-compatible server: `url` up to and including the version; `key` is sent as a bearer token and kept nowhere. */
const endpoint = z.object({ url: z.string(), model: z.string(), key: z.string().nullable().default(null) });

/** How many equal spans of time, or a unit of the calendar. */
const bins = z.union([
  z.number().int().min(1).max(1000),
  z.enum(['day', 'week', 'month', 'quarter', 'year']),
]);

/** What a figure can be asked for; each takes what concerns it. */
const figureOptions = z.object({
  theme: z.enum(['light', 'dark']).default('light'),
  /** Most topics drawn, the largest first. */
  limit: z.number().int().min(1).max(200).optional(),
  bins: bins.optional(),
  /** A column with dates or classes; null for the corpus' own. */
  column: z.string().nullable().optional(),
  global: z.boolean().optional(),
  evolution: z.boolean().optional(),
  normalised: z.boolean().optional(),
});

export const exportFormats = [
  'csv',
  'parquet',
  'json',
  'html',
  'zip',
  'selection-csv',
  'selection-parquet',
  'selection-json',
  'distributions',
  'bertopic',
] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Every request's parameters. */
export const methods = {
  'app.info': z.object({}),
  'app.log': z.object({}),
  /** Where the cache is (null: the system's folder) and how large it may get (bytes; null: as large as it likes). */
  'cache.set': z.object({
    folder: z.string().min(1).max(4096).nullable().optional(),
    limit: z.number().min(0).nullable().optional(),
  }),
  /** Takes embeddings out, those used longest ago first, until the cache has at most so many bytes. */
  'cache.prune': z.object({ limit: z.number().min(0) }),
  'corpus.preview': z.object({
    source: z.string(),
    roles: roles.optional(),
    strip: z.array(z.string()).default([]),
  }),
  'corpus.fetch': z.object({ name: z.literal('20newsgroups') }),
  'run.estimate': z.object({ source: z.string(), roles: roles.optional(), params: runParams }),
  'run.start': z.object({
    source: z.string(),
    roles: roles.optional(),
    params: runParams,
    /** Folder for the results; null: a folder of the project's own under the app's data. */
    out: z.string().nullable().default(null),
    language,
  }),
  /** The run that goes on although its window was closed or its page reloaded: its events so far, then its end. Transports answer it. */
  'run.attach': z.object({}),
  'project.open': z.object({ path: z.string() }),
  'project.close': z.object({}),
  'project.map': z.object({}),
  'topics.list': z.object({}),
  /** `coherence` measures NPMI, too, which takes a second or two. */
  'topics.preview': z.object({ operation, coherence: z.boolean().default(false) }),
  'topics.apply': z.object({ operation }),
  'topics.undo': z.object({}),
  'topics.redo': z.object({}),
  'topics.log': z.object({}),
  /** Does a list of operations (another project's log) one after the other; all or, when one can't be done, those before it. */
  'topics.replay': z.object({ operations: z.array(operation) }),
  'topics.page': z.object({ topic: z.number().int() }),
  /** Documents that show what a topic is, what it also holds, and what it nearly holds. */
  'topics.documents': z.object({
    topic: z.number().int(),
    limit: z.number().int().min(1).max(100).default(5),
  }),
  /** Several representations of every topic side by side: ctfidf, mmr, embedding (KeyBERT-inspired), phrases. */
  'topics.representations': z.object({
    methods: z.array(z.enum(['ctfidf', 'mmr', 'embedding', 'phrases'])).min(1),
    words: z.number().int().min(1).max(100).default(10),
  }),
  'topics.hierarchy': z.object({
    by: z.enum(['ctfidf', 'embedding']).default('ctfidf'),
    linkage: z.enum(['ward', 'average', 'complete', 'single', 'weighted']).default('ward'),
    /** Where to cut the tree; null for the tree alone. */
    cut: z
      .union([z.object({ height: z.number() }), z.object({ groups: z.number().int().min(1) })])
      .nullable()
      .default(null),
    words,
  }),
  'topics.overTime': z.object({
    bins: bins.default(20),
    /** A column with dates; null for the corpus' own. */
    column: z.string().nullable().default(null),
    global: z.boolean().default(true),
    evolution: z.boolean().default(true),
    words,
  }),
  'topics.perClass': z.object({
    /** A column with classes; null for the corpus' labels. */
    column: z.string().nullable().default(null),
    global: z.boolean().default(true),
    words,
  }),
  /** What naming topics by a language model would send, to be shown before anything is sent. */
  'topics.naming.preview': z.object({ endpoint, topics: z.array(z.number().int()).default([]) }),
  /** Names topics by a language model: one operation of the log. Failures leave names as they are and are told. */
  'topics.naming.run': z.object({ endpoint, topics: z.array(z.number().int()).default([]) }),
  'topics.find': z.object({ text: z.string(), limit: z.number().int().default(10) }),
  'documents.list': z.object({
    filter: filter.prefault({}),
    sort: z.enum(['row', 'probability', 'date', 'length', 'topic']).default('row'),
    descending: z.boolean().default(false),
    offset: z.number().int().min(0).default(0),
    limit: z.number().int().min(1).max(1000).default(100),
  }),
  /** Only the matching rows' indices: what lights up on the map. */
  'documents.rows': z.object({ filter: filter.prefault({}) }),
  'documents.get': z.object({ row: z.number().int().min(0) }),
  /** How strongly each token of a document belongs to its topics: for marking words in the reader. */
  'documents.tokens': z.object({ row: z.number().int().min(0) }),
  /** Rows nearest to a typed sentence or to another document. */
  'documents.similar': z.object({
    text: z.string().optional(),
    row: z.number().int().optional(),
    limit: z.number().int().max(1000).default(50),
  }),
  figure: z.object({ name: z.string(), options: figureOptions.prefault({}), language }),
  quality: z.object({}),
  'quality.sweep': z.object({ sizes: z.array(z.number().int()).default([]) }),
  /** How much of the topics depends on chance: runs with other seeds (and parameters) on the kept embedding. */
  stability: z.object({
    seeds: z.number().int().min(1).max(100).default(5),
    grid: z
      .object({
        minTopicSize: z.array(z.number().int().min(2)).default([]),
        neighbors: z.array(z.number().int().min(2).max(200)).default([]),
      })
      .prefault({}),
  }),
  /** Topics of a corpus by several embeddings and models, side by side: each model reads it once. */
  compare: z.object({
    /** Null: the corpus of the open project, with the parameters of its run unless others are given. */
    source: z.string().nullable().default(null),
    roles: roles.optional(),
    params: runParams,
    embeddings: z.array(z.enum(['hs', 'rw', 'concat', 'sum'])).default(['hs', 'rw', 'concat', 'sum']),
    models: z.array(z.string()).default([]),
    /** A folder for metrics.csv, flow.csv, compare.html and each variant's tables; null: nothing is written. */
    out: z.string().nullable().default(null),
    language,
    theme: z.enum(['light', 'dark']).default('light'),
  }),
  /** A new project of the open one and another: its topics kept, mapped to the open one's, or (where none is alike) added. */
  'project.merge': z.object({
    other: z.string(),
    mode: z.enum(['keep', 'map', 'add']).default('add'),
    threshold,
    /** The new project's folder; null: one of the app's own. */
    out: z.string().nullable().default(null),
    language,
  }),
  /** A new project of the open one and a batch of new documents: they join topics that there are, or make new ones. */
  'project.grow': z.object({
    source: z.string(),
    roles: roles.optional(),
    threshold,
    out: z.string().nullable().default(null),
    language,
  }),
  /** Predicted topics of new documents; the project stays as it is. */
  'documents.predict': z.object({ source: z.string(), roles: roles.optional() }),
  /** A BERTopic model saved as safetensors + JSON as a project, which is then open. */
  'project.import': z.object({
    folder: z.string(),
    /** The documents that it was fitted on, in their order; null: a project without texts. */
    source: z.string().nullable().default(null),
    roles: roles.optional(),
    out: z.string().nullable().default(null),
    language,
  }),
  'experts.trace': z.object({ text: z.string() }),
  /** Which experts answer to which topics. */
  'experts.overview': z.object({}),
  /** One expert (a column of the routing weights): its documents and words. */
  'experts.profile': z.object({
    column: z.number().int().min(0),
    limit: z.number().int().min(1).max(1000).default(200),
  }),
  export: z.object({
    /** `distributions`: a CSV of each document's mixture of topics; `bertopic`: a folder that BERTopic loads; `predicted`: a CSV of the documents that were predicted last. */
    format: z.enum([...exportFormats, 'predicted']),
    /** A file or folder to write; null: into a temporary file that the transport hands to the browser. */
    path: z.string().nullable().default(null),
    rows: z.array(z.number().int()).nullable().default(null),
    language,
  }),
  'models.list': z.object({}),
  'models.show': z.object({ name: z.string() }),
  /** What adding it would take; asks the hub for one that is there. */
  'models.offer': z.object({ source: z.string(), precision }),
  'models.add': z.object({ source: z.string(), precision }),
  'models.remove': z.object({ name: z.string() }),
  /** Tries a model on every device. */
  'models.devices': z.object({ name: z.string() }),
  doctor: z.object({ model: z.string().default('minilm-moe') }),
} as const;

export type Method = keyof typeof methods;
export type Params<M extends Method> = z.input<(typeof methods)[M]>;
export type ParsedParams<M extends Method> = z.output<(typeof methods)[M]>;

/** What each request gives back. */
export interface Results {
  'app.info': AppInfo;
  'cache.set': CacheInfo;
  'cache.prune': CacheInfo & { freed: number };
  'app.log': { path: string; text: string };
  'corpus.preview': CorpusPreviewResult;
  'corpus.fetch': { source: string };
  'run.estimate': RunEstimate;
  'run.start': ProjectSummary;
  /** Null when nothing is running. */
  'run.attach': ProjectSummary | null;
  'project.open': ProjectSummary;
  'project.close': null;
  'project.map': MapData;
  'topics.list': Topic[];
  'topics.preview': OperationPreview;
  'topics.apply': ProjectSummary;
  'topics.undo': ProjectSummary;
  'topics.redo': ProjectSummary;
  'topics.log': LogEntry[];
  'topics.replay': ProjectSummary;
  'topics.page': TopicPage;
  'topics.documents': TopicDocuments;
  'topics.representations': TopicRepresentations[];
  'topics.hierarchy': HierarchyResult;
  'topics.overTime': OverTimeResult;
  'topics.perClass': PerClassResult;
  'topics.naming.preview': NamingPreview;
  'topics.naming.run': NamingResult & { project: ProjectSummary };
  'topics.find': { topic: number; similarity: number }[];
  'documents.list': { total: number; documents: DocumentRow[] };
  'documents.rows': { rows: Int32Array };
  'documents.get': DocumentDetail;
  'documents.tokens': TokenTopics;
  'documents.similar': { rows: Int32Array; similarities: Float32Array };
  figure: PlotlyFigure;
  quality: Quality;
  'quality.sweep': { size: number; topics: number; outlierShare: number; automatic: boolean }[];
  stability: StabilityResult;
  compare: CompareResult;
  'project.merge': JoinReport;
  'project.grow': JoinReport;
  'documents.predict': PredictedDocument[];
  'project.import': ProjectSummary;
  'experts.trace': TokenTrace;
  'experts.overview': ExpertsOverview;
  'experts.profile': ExpertProfile;
  export: { path: string; bytes: number };
  'models.list': ModelEntry[];
  'models.show': ModelEntry & { card: ModelCard | null };
  'models.offer': ModelOffer;
  'models.add': ModelEntry;
  'models.remove': null;
  'models.devices': { device: string; works: boolean; why: string }[];
  doctor: Record<string, unknown>;
}

/** From a client to the engine. */
export type ClientMessage =
  { type: 'request'; id: number; method: Method; params: unknown } | { type: 'cancel'; id: number };

/** From the engine to a client. */
export type EngineMessage =
  | { type: 'progress'; id: number; progress: Progress }
  /** Something to look at before the run ends: points first, then topics, then names. */
  | {
      type: 'partial';
      id: number;
      partial: {
        x?: Float32Array;
        y?: Float32Array;
        topic?: Int32Array;
        topics?: Topic[];
        /** What a person should know of the run: one sentence. */
        notice?: string;
        /** The run's folder, told before anything else. */
        out?: string;
      };
    }
  | { type: 'result'; id: number; result: unknown }
  | { type: 'error'; id: number; error: ErrorRecord };
