/** What the engine tells of itself. */
import type { ParamInfo } from '../base/params.ts';
import type { StageName } from '../base/progress.ts';
import type { ModelEntry } from './models.ts';

/** Where embeddings, models and corpora are kept, and how much they may take. */
export interface CacheInfo {
  cacheFolder: string;
  cacheBytes: number;
  /** Above it embeddings are taken out, those used longest ago first; null: never. */
  cacheLimit: number | null;
  /** MOETOPIC_CACHE says where it is: it can't be chosen. */
  cacheFixed: boolean;
}

export interface AppInfo extends CacheInfo {
  version: string;
  versions: Record<string, string>;
  platform: string;
  cores: number;
  memoryBytes: number;
  models: ModelEntry[];
  recent: { path: string; name: string; documents: number; opened: string }[];
  corpora: { name: string; title: string; documents: number; ready: boolean; text: string }[];
  /** The parameters of `run`, by stage, for the form. */
  params: { stage: StageName | 'guide'; params: ParamInfo[] }[];
}
