/** Every action of the window: its name, its shortcut, when it can be done. Menus, palette and keys all come here. */
import type { Key } from '../i18n/index.ts';
import { chooseAndOpen, openSource } from './corpus.ts';
import { engine } from './engine.ts';
import { exportAs } from './export.ts';
import { importBertopic } from './new-documents.ts';
import { redo, undo } from './operations.ts';
import { prefer, usePreferences } from './preferences.ts';
import { closeProject } from './project.ts';
import { cancelRun, startRun } from './run.ts';
import { clearSelection } from './selection.ts';
import { get, set } from './store.ts';
import type { Correction, State, View } from './store.ts';

/** Whether a dialog, menu or list is to be seen: closed lists stay in the document. */
function somethingAbove(): boolean {
  const all = document.querySelectorAll('[role=dialog], [role=menu], [role=listbox]');
  return [...all].some((element) => element.getClientRects().length > 0);
}

export interface Command {
  id: string;
  label: Key;
  group: Key;
  /** In Mantine's notation: mod is Ctrl or ⌘. */
  keys?: string;
  enabled?: (state: State) => boolean;
  run: (argument?: string) => void;
}

const hasProject = (state: State): boolean => state.project !== null;
const view = (name: View, label: Key, keys: string, enabled?: Command['enabled']): Command => ({
  id: `view.${name}`,
  label,
  group: 'group.view',
  keys,
  enabled,
  run: () => set({ view: name }),
});

/** Topics that are picked in the list, outliers aside. */
const pickedTopics = ({ selection }: State): number => selection.topics.filter((id) => id >= 0).length;
const always = (): boolean => true;

/** Corrections of topics, and whether what is picked suits them; each opens its dialog beside the list. */
const corrections: readonly (readonly [Correction, Key, (picked: number) => boolean])[] = [
  ['merge', 'topics.merge', (picked) => picked > 1],
  ['split', 'topics.split', (picked) => picked === 1],
  ['rename', 'topics.rename', (picked) => picked === 1],
  ['delete', 'topics.delete', (picked) => picked > 0],
  ['pin', 'topics.pin', (picked) => picked === 1],
  ['reduce', 'topics.reduce', always],
  ['outliers', 'topics.reduceOutliers', always],
  ['putBack', 'topics.restoreOutliers', always],
  ['words', 'topics.words', always],
  ['naming', 'topics.naming', always],
  ['documents', 'topics.newDocuments', always],
  ['history', 'history.open', always],
];

export const commands: readonly Command[] = [
  {
    id: 'file.open',
    label: 'action.openFile',
    group: 'group.file',
    keys: 'mod+O',
    run: (path) => void (path === undefined ? chooseAndOpen('file') : openSource(path)),
  },
  {
    id: 'file.openFolder',
    label: 'action.openFolder',
    group: 'group.file',
    keys: 'mod+shift+O',
    run: () => void chooseAndOpen('folder'),
  },
  {
    id: 'file.openProject',
    label: 'action.openProject',
    group: 'group.file',
    run: () => void chooseAndOpen('project'),
  },
  {
    id: 'file.importBertopic',
    label: 'action.importBertopic',
    group: 'group.file',
    run: () => void importBertopic(),
  },
  {
    id: 'file.newWindow',
    label: 'action.newWindow',
    group: 'group.file',
    keys: 'mod+shift+N',
    run: () => engine().host.newWindow(),
  },
  {
    id: 'file.close',
    label: 'action.closeProject',
    group: 'group.file',
    enabled: hasProject,
    run: () => void closeProject(),
  },
  {
    id: 'export.csv',
    label: 'export.csv',
    group: 'group.export',
    keys: 'mod+E',
    enabled: hasProject,
    run: () => void exportAs('csv'),
  },
  {
    id: 'export.parquet',
    label: 'export.parquet',
    group: 'group.export',
    enabled: hasProject,
    run: () => void exportAs('parquet'),
  },
  {
    id: 'export.json',
    label: 'export.json',
    group: 'group.export',
    enabled: hasProject,
    run: () => void exportAs('json'),
  },
  {
    id: 'export.html',
    label: 'export.html',
    group: 'group.export',
    enabled: hasProject,
    run: () => void exportAs('html'),
  },
  {
    id: 'export.zip',
    label: 'export.zip',
    group: 'group.export',
    enabled: hasProject,
    run: () => void exportAs('zip'),
  },
  {
    id: 'run.start',
    label: 'action.run',
    group: 'group.run',
    keys: 'mod+Enter',
    enabled: (s) => Boolean(s.draft?.preview) && !running(s),
    run: () => void startRun(),
  },
  {
    id: 'run.cancel',
    label: 'action.cancelRun',
    group: 'group.run',
    keys: 'mod+.',
    enabled: running,
    run: cancelRun,
  },
  {
    id: 'edit.undo',
    label: 'action.undo',
    group: 'group.edit',
    keys: 'mod+Z',
    enabled: (s) => (s.project?.undoable ?? 0) > 0,
    run: () => void undo(),
  },
  {
    id: 'edit.redo',
    label: 'action.redo',
    group: 'group.edit',
    keys: 'mod+shift+Z',
    enabled: (s) => (s.project?.redoable ?? 0) > 0,
    run: () => void redo(),
  },
  {
    id: 'edit.clear',
    label: 'action.clearSelection',
    group: 'group.edit',
    keys: 'Escape',
    // Escape closes what lies above the map before it clears what is picked on it.
    enabled: (s) => hasProject(s) && !somethingAbove(),
    run: clearSelection,
  },
  ...corrections.map(([correction, label, suits]): Command => ({
    id: `topics.${correction}`,
    label,
    group: 'group.edit',
    enabled: (s) => hasProject(s) && suits(pickedTopics(s)),
    run: () => set(({ panes }) => ({ view: 'explore', panes: { ...panes, topicsOpen: true }, correction })),
  })),
  view('corpus', 'view.corpus', 'mod+1'),
  view('run', 'view.run', 'mod+2', (s) => s.run !== null),
  view('explore', 'view.explore', 'mod+3', hasProject),
  view('figures', 'view.figures', 'mod+4', hasProject),
  view('quality', 'view.quality', 'mod+5', hasProject),
  view('models', 'view.models', 'mod+6'),
  view('preferences', 'view.preferences', 'mod+,'),
  view('help', 'view.help', 'F1'),
  { id: 'view.theme', label: 'action.theme', group: 'group.view', keys: 'mod+shift+L', run: toggleTheme },
  {
    id: 'view.topics',
    label: 'action.toggleTopics',
    group: 'group.view',
    keys: 'mod+B',
    enabled: hasProject,
    run: () => togglePane('topicsOpen'),
  },
  {
    id: 'view.details',
    label: 'action.toggleDetails',
    group: 'group.view',
    keys: 'mod+shift+B',
    enabled: hasProject,
    run: () => togglePane('detailsOpen'),
  },
  { id: 'view.zoomIn', label: 'action.zoomIn', group: 'group.view', keys: 'mod+=', run: () => zoom(10) },
  { id: 'view.zoomOut', label: 'action.zoomOut', group: 'group.view', keys: 'mod+-', run: () => zoom(-10) },
];

function running(state: State): boolean {
  return state.run !== null && !state.run.done;
}

/** Runs a command by its name if it can be run now. */
export function runCommand(id: string, argument?: string): void {
  const command = commands.find((c) => c.id === id);
  if (command && (command.enabled?.(get()) ?? true)) command.run(argument);
}

export function isDark(): boolean {
  const { theme } = usePreferences.getState();
  return theme === 'auto' ? window.matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
}

function toggleTheme(): void {
  prefer({ theme: isDark() ? 'light' : 'dark' });
}

function togglePane(pane: 'topicsOpen' | 'detailsOpen'): void {
  const { panes } = get();
  set({ panes: { ...panes, [pane]: !panes[pane] } });
}

function zoom(by: number): void {
  prefer({ zoom: Math.min(200, Math.max(70, usePreferences.getState().zoom + by)) });
}
