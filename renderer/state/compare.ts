/** Topics of the open project's corpus by several embeddings, side by side. */
import { create } from 'zustand';
import type { Progress } from '../../core/base/progress.ts';
import type { CompareResult, Params } from '../../core/protocol.ts';
import { language } from '../i18n/index.ts';
import { engine } from './engine.ts';
import { get, useStore } from './store.ts';

export interface Compare {
  result: CompareResult | null;
  progress: Progress | null;
  error: Error | null;
  cancel: AbortController | null;
  /** Documents that were picked on one of the maps and light up on all. */
  picked: Int32Array | null;
  /** The document under the pointer, on whichever map; −1 for none. */
  hovered: number;
}

const nothing: Compare = {
  result: null,
  progress: null,
  error: null,
  cancel: null,
  picked: null,
  hovered: -1,
};

export const useCompare = create<Compare>(() => nothing);

export async function compareEmbeddings(request: Params<'compare'>): Promise<void> {
  if (!get().project) return;
  const cancel = new AbortController();
  const mine = (): boolean => useCompare.getState().cancel === cancel;
  useCompare.getState().cancel?.abort();
  useCompare.setState({ ...nothing, cancel });
  try {
    const result = await engine().request(
      'compare',
      { ...request, language: language() },
      {
        signal: cancel.signal,
        onProgress: (progress) => mine() && useCompare.setState({ progress }),
      },
    );
    if (mine()) useCompare.setState({ result, progress: null, cancel: null });
  } catch (error) {
    if (mine()) useCompare.setState({ error: error as Error, progress: null, cancel: null });
  }
}

export function cancelCompare(): void {
  useCompare.getState().cancel?.abort();
}

// Another project has another corpus.
useStore.subscribe(({ project }, before) => {
  if (project?.path === before.project?.path) return;
  useCompare.getState().cancel?.abort();
  useCompare.setState(nothing, true);
});
