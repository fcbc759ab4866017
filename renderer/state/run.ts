import type { ProjectSummary } from '../../core/protocol.ts';
import type { Listeners } from '../client/index.ts';
import { allRoles, runParams } from './corpus.ts';
import { engine } from './engine.ts';
import { refreshInfo, showProject } from './project.ts';
import { get, set } from './store.ts';
import type { Run } from './store.ts';

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
    change({ error: error as Error, done: true });
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
      { source, roles: allRoles(roles), params: runParams(draft), out: null },
      listeners,
    ),
  );
}

/** A run that outlived its window or page goes on here; true when there was one. */
export async function attachRun(): Promise<void> {
  const { run, listeners } = begin('');
  let shown = false;
  const show = (): void => {
    if (!shown) set({ run, view: 'run' });
    shown = true;
  };
  try {
    const summary = await engine().request(
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
    if (!summary) return;
    show();
    await follow(Promise.resolve(summary));
  } catch (error) {
    // An engine without runs to attach to says so; that is no news for a person.
    if (shown) change({ error: error as Error, done: true });
  }
}

export function cancelRun(): void {
  get().run?.cancel.abort();
}

export function dismissRun(): void {
  set({ run: null, view: get().project ? 'explore' : 'corpus' });
}
