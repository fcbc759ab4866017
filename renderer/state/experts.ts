/** Which expert is looked at, and the sentence that says what it answers to. */
import { said } from '../i18n/engine.ts';
import { create } from 'zustand';
import type { ExpertsOverview } from '../../core/protocol.ts';
import { set, useStore } from './store.ts';

export const useExpert = create<{ column: number | null }>(() => ({ column: null }));

/** Opens the view of experts at one of them. */
export function showExpert(column: number): void {
  useExpert.setState({ column });
  set({ view: 'figures', figure: 'expert-topics' });
}

export interface Answer {
  topic: number;
  /** In standard deviations of the expert's weight over the corpus. */
  deviation: number;
}

/** Topics by how much more than on average their documents use an expert, most first. */
export function answersTo({ topics, deviations }: ExpertsOverview, column: number): Answer[] {
  const columns = deviations.length / Math.max(1, topics.length);
  return Array.from(topics, (topic, t) => ({ topic, deviation: deviations[t * columns + column] })).sort(
    (a, b) => b.deviation - a.deviation || a.topic - b.topic,
  );
}

/** A column's router and its number there. */
export function placeOf({ routers }: ExpertsOverview, column: number): { router: string; expert: number } {
  let expert = column;
  let r = 0;
  while (expert >= routers[r].experts) expert -= routers[r++].experts;
  return { router: said(routers[r].name), expert };
}

// Another project may have another model.
useStore.subscribe(({ project }, before) => {
  if (project?.path !== before.project?.path) useExpert.setState({ column: null });
});
