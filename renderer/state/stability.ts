/** How much of the topics depends on chance: measured once, looked at in the quality view and on the map. */
import { useMemo } from 'react';
import { create } from 'zustand';
import type { Progress } from '../../core/base/progress.ts';
import type { Params, StabilityResult } from '../../core/protocol.ts';
import { engine } from './engine.ts';
import { get, useStore } from './store.ts';

export interface Stability {
  /** The project that was measured. */
  path: string | null;
  /** The topics of its documents then: other topics make the answer one to another question. */
  labels: Int32Array | null;
  result: StabilityResult | null;
  progress: Progress | null;
  error: Error | null;
  cancel: AbortController | null;
}

const nothing: Stability = {
  path: null,
  labels: null,
  result: null,
  progress: null,
  error: null,
  cancel: null,
};

export const useStability = create<Stability>(() => nothing);

export async function measureStability(request: Params<'stability'>): Promise<void> {
  const { project, map } = get();
  if (!project || !map) return;
  const cancel = new AbortController();
  const mine = (): boolean => useStability.getState().cancel === cancel;
  const before = useStability.getState();
  useStability.getState().cancel?.abort();
  const kept = before.path === project.path ? { result: before.result, labels: before.labels } : {};
  useStability.setState({ ...nothing, ...kept, path: project.path, cancel });
  try {
    const result = await engine().request('stability', request, {
      signal: cancel.signal,
      onProgress: (progress) => mine() && useStability.setState({ progress }),
    });
    if (mine())
      useStability.setState({ result, labels: map.topic, progress: null, error: null, cancel: null });
  } catch (error) {
    if (mine()) useStability.setState({ error: error as Error, progress: null, cancel: null });
  }
}

export function cancelStability(): void {
  useStability.getState().cancel?.abort();
}

// Another project's documents are others: what was found out, or is being found out, is no answer for them.
useStore.subscribe(({ project }, before) => {
  if (project?.path === before.project?.path) return;
  useStability.getState().cancel?.abort();
  useStability.setState(nothing, true);
});

/** What was measured of the topics as they are now: null before, and after a change of the topics until undo. */
export function useMeasured(): StabilityResult | null {
  const { result, labels } = useStability();
  const now = useStore((s) => s.map?.topic);
  return useMemo(() => (result && labels && now && same(labels, now) ? result : null), [result, labels, now]);
}

function same(a: Int32Array, b: Int32Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** From this mean Jaccard index on a topic counts as found again; from the other on it is solid (Hennig 2007). */
export const found = 0.5;
export const solid = 0.75;

export type Verdict = 'none' | 'relied' | 'close' | 'larger';

/** The engine's recommendation as a choice, so that it can be said in the window's language with the topics' names. */
export function verdict(result: StabilityResult): { kind: Verdict; solid: number; shaky: number[] } {
  const shaky = result.topics
    .filter((topic) => topic.jaccard < found)
    .sort((a, b) => a.jaccard - b.jaccard || a.topic - b.topic)
    .map((topic) => topic.topic);
  const kind =
    result.topics.length === 0
      ? 'none'
      : shaky.length === 0
        ? 'relied'
        : shaky.length > result.topics.length / 2
          ? 'larger'
          : 'close';
  return { kind, solid: result.topics.filter((topic) => topic.jaccard >= solid).length, shaky };
}
