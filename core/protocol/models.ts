/** Models as the manager shows them, and what a mixture does with a sentence. */

export interface ModelEntry {
  name: string;
  title: string;
  where: 'bundled' | 'local' | 'hub';
  installed: boolean;
  family: string;
  license: string | null;
  /** On this disk; of one that isn't here, to download. */
  bytes: number;
  /** While it embeds on this machine, at the precision that it has or would get here. */
  memoryBytes: number;
  precision: string;
  /** Whether that fits into this machine's memory. */
  fits: boolean;
  devices: string[];
  languages: string[];
  /** `owner/name` */
  hub: string | null;
  parameters: { total: number; active: number };
  gate: string;
  /** Of a mixture's layer; null for a dense model. */
  experts: { count: number; active: number; layers: number } | null;
  /** Memory at each precision, of one that isn't here. */
  memory: { int8: number; int4: number } | null;
  figures: ModelFigure[];
  note: string;
}

/** A figure that somebody published, or that this project measured. */
export interface ModelFigure {
  what: string;
  value: number;
  /** Who says so: a paper, a model card. */
  by: string;
}

/** What adding a model would take, told before anything large is fetched. */
export interface ModelOffer {
  /** What `models.add` takes. */
  source: string;
  name: string;
  hub: string | null;
  /** The commit. */
  revision: string | null;
  gated: boolean;
  license: string | null;
  languages: string[];
  family: string;
  gate: string | null;
  experts: ModelEntry['experts'];
  parameters: ModelEntry['parameters'] | null;
  /** Bytes to download, 0 for a folder that is here, and how many files. */
  downloadBytes: number;
  files: number;
  /** As asked for, or what auto chooses on this machine. */
  precision: 'fp32' | 'fp16' | 'int8' | 'int4';
  /** Memory while embedding, by precision; null where it can't be told before the download. */
  memory: Record<'fp32' | 'fp16' | 'int8' | 'int4', number> | null;
  memoryBytes: number;
  machineBytes: number;
  fits: boolean;
  /** Free space that it needs on the disk of the cache (download and converted model), and what is free there. */
  diskBytes: number;
  freeDiskBytes: number;
  devices: string[];
  installed: boolean;
}

export interface TokenTrace {
  tokens: string[];
  /** [routers][tokens]: the strongest expert and its probability. */
  routers: { name: string; expert: Int32Array; probability: Float32Array }[];
}

/** How topics use the experts of all routers, side by side. */
export interface ExpertsOverview {
  routers: { name: string; experts: number; active: number }[];
  /** Topic ids: the rows of `deviations`. */
  topics: Int32Array;
  /** [topics × experts] mean routing weight less the corpus' mean, in its standard deviations. */
  deviations: Float32Array;
  /** [experts] share of an expert's variance that the topics explain, 0 to 1. */
  explained: Float32Array;
}

export interface ExpertProfile {
  router: string;
  expert: number;
  /** Documents that use it most, first the one that does most. */
  rows: number[];
  /** Words of documents for which it is chosen more than on average, in standard deviations of a word's weight. */
  words: { word: string; count: number; deviation: number }[];
}
