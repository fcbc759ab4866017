import { create } from 'zustand';
import type {
  AppInfo,
  CorpusPreviewResult,
  MapData,
  ProjectSummary,
  RunEstimate,
} from '../../core/protocol.ts';
import type { Progress, StageName } from '../../core/base/progress.ts';
import type { AssignedBy, ColumnRoles, Topic } from '../../core/stages.ts';
import type { FigureName } from '../views/figures/names.ts';
import type { EngineError, Partial2d } from '../client/index.ts';

export const views = [
  'corpus',
  'run',
  'explore',
  'figures',
  'quality',
  'models',
  'preferences',
  'help',
] as const;
export type View = (typeof views)[number];

/** The stages of a run, in the order in which data flows. */
export const stages: readonly StageName[] = ['load', 'embed', 'reduce', 'cluster', 'keywords', 'map'];

export type ColorBy =
  'topic' | 'label' | 'date' | 'probability' | 'length' | 'expert' | 'assigned' | 'settled' | 'consensus';

export interface Draft {
  source: string;
  preview: CorpusPreviewResult | null;
  roles: Partial<ColumnRoles>;
  strip: string[];
  params: Record<string, unknown>;
  estimate: RunEstimate | null;
  /** What is being done for it now ("upload", "read", "estimate"), with its fraction where known. */
  busy: { what: 'upload' | 'read' | 'fetch' | 'estimate'; fraction: number | null } | null;
  error: Error | null;
}

export interface Run {
  name: string;
  startedAt: number;
  progress: Partial<Record<Progress['stage'], Progress>>;
  current: Progress['stage'] | null;
  partial: Partial2d;
  error: Error | null;
  /** Its line was cut: whether it goes on is known when the engine is back. */
  cut: EngineError | null;
  done: boolean;
  cancel: AbortController;
}

export interface Selection {
  /** Topics picked in the list or by their names on the map; empty means all. */
  topics: readonly number[];
  /** Rows caught with lasso or box; null means all. */
  rows: Int32Array | null;
  labels: readonly string[];
  /** Ways in which documents came to their topics; empty means all. */
  assignedBy: readonly AssignedBy[];
  /** The document in the reader. */
  document: number | null;
}

export interface Search {
  text: string;
  mode: 'words' | 'regex' | 'meaning';
  /** Rows that match, best first for meaning; null without a search. */
  hits: Int32Array | null;
  busy: boolean;
  error: Error | null;
}

/** The dialog of a correction of topics: each has a name, a button or menu entry, and a place in the palette. */
export type Correction =
  | 'merge'
  | 'split'
  | 'rename'
  | 'delete'
  | 'pin'
  | 'reduce'
  | 'outliers'
  | 'putBack'
  | 'words'
  | 'naming'
  | 'documents'
  | 'history';

export interface State {
  info: AppInfo | null;
  link: 'connecting' | 'connected' | 'lost';
  view: View;
  /** Path of the project that is being opened. */
  opening: string | null;
  draft: Draft | null;
  run: Run | null;
  project: ProjectSummary | null;
  map: MapData | null;
  topics: readonly Topic[];
  selection: Selection;
  /** The correction whose dialog is open. */
  correction: Correction | null;
  search: Search;
  colorBy: ColorBy;
  /** What the figures' view shows. */
  figure: FigureName;
  /** Topic ids in the order of the list's sort; which pane is open. */
  panes: { topics: number; details: number; topicsOpen: boolean; detailsOpen: boolean };
  contours: boolean;
  names: boolean;
}

export const noSelection: Selection = { topics: [], rows: null, labels: [], assignedBy: [], document: null };
export const noSearch: Search = { text: '', mode: 'words', hits: null, busy: false, error: null };

export const useStore = create<State>(() => ({
  info: null,
  link: 'connecting',
  view: 'corpus',
  opening: null,
  draft: null,
  run: null,
  project: null,
  map: null,
  topics: [],
  selection: noSelection,
  correction: null,
  search: noSearch,
  colorBy: 'topic',
  figure: 'bars',
  panes: { topics: 280, details: 380, topicsOpen: true, detailsOpen: true },
  contours: false,
  names: true,
}));

export const set = useStore.setState;
export const get = useStore.getState;
