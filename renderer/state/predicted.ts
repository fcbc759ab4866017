/** New documents with their predicted topics, beside the open project: on its map and in its list, never in it. */
import { create } from 'zustand';
import { useMemo } from 'react';
import type { PredictedDocument } from '../../core/protocol.ts';
import { useStore } from './store.ts';
import type { State } from './store.ts';

export interface Predictions {
  documents: readonly PredictedDocument[];
  /** Drawn on the map. */
  shown: boolean;
  /** The list holds them in place of the project's documents. */
  listed: boolean;
  /** Position of the one that was clicked; −1 for none. */
  open: number;
}

const none: Predictions = { documents: [], shown: true, listed: false, open: -1 };

export const usePredicted = create<Predictions>(() => none);

export function showPredictions(documents: readonly PredictedDocument[]): void {
  usePredicted.setState({ documents, shown: true, listed: true, open: -1 });
}

export function dropPredictions(): void {
  usePredicted.setState(none);
}

/** Positions of those that the picked topics and the searched words let through. */
export function wanted(
  documents: readonly PredictedDocument[],
  topics: readonly number[],
  search: Pick<State['search'], 'text' | 'mode' | 'hits'>,
): number[] {
  const words = search.hits && search.mode === 'words' ? search.text.toLowerCase().split(/\s+/) : [];
  return [...documents.keys()].filter((k) => {
    const { topic, snippet } = documents[k];
    if (topics.length > 0 && !topics.includes(topic)) return false;
    const text = snippet.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export function useWanted(): number[] {
  const { documents } = usePredicted();
  const topics = useStore((s) => s.selection.topics);
  const { text, mode, hits } = useStore((s) => s.search);
  return useMemo(
    () => wanted(documents, topics, { text, mode, hits }),
    [documents, topics, text, mode, hits],
  );
}

// Another project has another map.
useStore.subscribe(({ project }, before) => {
  if (project?.path !== before.project?.path) dropPredictions();
});
