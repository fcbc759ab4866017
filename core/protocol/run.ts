/** What is told of a corpus before it is run. */
import type { StageName } from '../base/progress.ts';
import type { ColumnRoles, SkippedRow } from '../stages.ts';

export interface CorpusPreviewResult {
  source: string;
  name: string;
  rows: number;
  columns: { name: string; type: string }[];
  roles: ColumnRoles;
  first: Record<string, string | null>[];
  words: { min: number; median: number; max: number };
  languages: { code: string; share: number }[];
  empty: number;
  duplicates: number;
  skipped: SkippedRow[];
  warnings: string[];
}

export interface RunEstimate {
  documents: number;
  seconds: Partial<Record<StageName, number>>;
  totalSeconds: number;
  memoryBytes: number;
  model: string;
  device: string;
  why: string;
  /** What sizes the run will work with, and whether they were asked for or chosen from what: a sentence each. */
  reasons: string[];
  cachedDocuments: number;
  /** Set where the corpus is in languages that the model doesn't know. */
  misfit: LanguageMisfit | null;
}

/** A corpus in languages that a model doesn't know, and a model that does. */
export interface LanguageMisfit {
  /** The unknown ones with their shares of the texts (ISO 639-1), commonest first, and the sum. */
  languages: { code: string; share: number }[];
  share: number;
  model: string;
  understands: string[];
  suggestion: { name: string; hub: string; installed: boolean };
}
