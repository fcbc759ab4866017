import type { ProjectSummary } from '../../core/protocol.ts';
import { isCut, type Listeners } from '../client/index.ts';
import { allRoles, runParams } from './corpus.ts';
import { engine } from './engine.ts';
import { refreshInfo, showProject } from './project.ts';
import { get, set } from './store.ts';
import type { Run } from './store.ts';
import { tell } from './notices.ts';
import { language, t } from '../i18n/index.ts';

function change(part: Partial<Run>): void {
  const { run } = get();
  if (run) set({ run: { ...run, ...part } });
}

function begin(name: string): { run: Run; listeners: Listeners } {
  const cancel = new AbortController();
  const run: Run = {
    name,
    startedAt: Date.now(),
    progress: {},
    current: null,
    partial: {},
    error: null,
    done: false,
    cut: null,
    cancel,
  };
  const listeners: Listeners = {
    signal: cancel.signal,
    onProgress: (progress) =>
      change({
        current: progress.stage,
        progress: { ...get().run?.progress, [progress.stage]: progress },
      }),
    onPartial: (partial) => change({ partial: { ...get().run?.partial, ...partial } }),
  };
  return { run, listeners };
}

async function follow(answer: Promise<ProjectSummary>): Promise<void> {
  try {
    const summary = await answer;
    change({ done: true });
    await showProject(summary);
    await refreshInfo();
  } catch (error) {
    // A line that was cut says nothing of the run: the engine goes on with it when it is back, and attachRun finds it.
    if (isCut(error)) change({ cut: error });
    else change({ error: error as Error, done: true });
  }
}

export async function startRun(): Promise<void> {
  const { draft } = get();
  if (!draft?.preview) return;
  const { run, listeners } = begin(draft.preview.name);
  set({ run, view: 'run', project: null, map: null, topics: [] });
  const { source, roles } = draft;
  await follow(
    engine().request(
      'run.start',
      { source, roles: allRoles(roles), params: runParams(draft), out: null, language: language() },
      listeners,
    ),
  );
}

/** A run that outlived its window, its page or its engine's process goes on here. */
export async function attachRun(): Promise<void> {
  const before = get().run;
  const cut = before?.cut ?? null;
  const { run, listeners } = begin(cut ? before!.name : '');
  let shown = false;
  const show = (): void => {
    if (shown) return;
    shown = true;
    set({ run: cut ? { ...run, startedAt: before!.startedAt } : run, view: 'run' });
    if (cut) tell(t(cut.code === 'engine-crashed' ? 'run.resumed' : 'run.reconnected'));
  };
  try {
    const answer = engine().request(
      'run.attach',
      {},
      {
        signal: listeners.signal,
        onProgress: (progress) => {
          show();
          listeners.onProgress?.(progress);
        },
        onPartial: (partial) => {
          show();
          listeners.onPartial?.(partial);
        },
      },
    );
    // Cancelled while nobody listened.
    if (cut && before?.cancel.signal.aborted) run.cancel.abort();
    const summary = await answer;
    if (!summary) {
      if (cut) change({ error: cut, done: true });
      return;
    }
    show();
    await follow(Promise.resolve(summary));
  } catch (error) {
    // An engine without runs to attach to says so; that is no news for a person.
    if (!shown && !cut) return;
    show();
    change({ error: error as Error, done: true });
  }
}

export function cancelRun(): void {
  get().run?.cancel.abort();
}

export function dismissRun(): void {
  set({ run: null, view: get().project ? 'explore' : 'corpus' });
}
