import type { ProjectSummary } from '../../core/protocol.ts';
import { engine } from './engine.ts';
import { get, noSearch, noSelection, set } from './store.ts';
import { report } from './notices.ts';

export async function refreshInfo(): Promise<void> {
  set({ info: await engine().request('app.info', {}) });
}

export async function openProject(path: string): Promise<void> {
  set({ opening: path });
  try {
    await showProject(await engine().request('project.open', { path }));
    set({ opening: null });
    await refreshInfo();
  } catch (error) {
    report(error);
  } finally {
    set({ opening: null });
  }
}

/** What a person calls a project: its folder where the file has the name that all have. */
export function projectTitle(path: string): string {
  const parts = path.split(/[/\\]/).filter((part) => part !== '');
  const file = parts.at(-1) ?? path;
  return (file === 'project.moetopic' && parts.length > 1 ? parts[parts.length - 2] : file).replace(
    /\.moetopic$/,
    '',
  );
}

/** Puts a finished or opened project on the screen. */
export async function showProject(summary: ProjectSummary): Promise<void> {
  const map = await engine().request('project.map', {});
  set({
    project: summary,
    topics: summary.topics,
    map,
    draft: null,
    run: null,
    selection: noSelection,
    correction: null,
    search: noSearch,
    colorBy: 'topic',
    view: 'explore',
  });
}

/** After an operation or undo: topics and map are new, what was looked at stays as far as it still exists. */
export async function refreshProject(summary: ProjectSummary): Promise<void> {
  const map = await engine().request('project.map', {});
  const known = new Set(summary.topics.map((topic) => topic.id));
  const { selection } = get();
  set({
    project: summary,
    topics: summary.topics,
    map,
    selection: { ...selection, topics: selection.topics.filter((id) => known.has(id)) },
  });
}

export async function closeProject(): Promise<void> {
  if (!get().project) return;
  await engine()
    .request('project.close', {})
    .catch(() => null);
  set({
    project: null,
    map: null,
    topics: [],
    selection: noSelection,
    correction: null,
    search: noSearch,
    view: 'corpus',
    draft: null,
  });
  await refreshInfo().catch(report);
}
