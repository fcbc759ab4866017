/** What the engine tells of itself. */
import type { ParamInfo } from '../base/params.ts';
import type { StageName } from '../base/progress.ts';
import type { ModelEntry } from './models.ts';

export interface AppInfo {
  version: string;
  versions: Record<string, string>;
  platform: string;
  cores: number;
  memoryBytes: number;
  cacheFolder: string;
  cacheBytes: number;
  models: ModelEntry[];
  recent: { path: string; name: string; documents: number; opened: string }[];
  corpora: { name: string; title: string; documents: number; ready: boolean; text: string }[];
  /** The parameters of `run`, by stage, for the form. */
  params: { stage: StageName | 'guide'; params: ParamInfo[] }[];
}
