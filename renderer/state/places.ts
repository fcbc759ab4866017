/** Views and open documents as places of the browser's history: Back goes to where one was, not out of the app. */
import { get, set, useStore } from './store.ts';
import type { State, View } from './store.ts';

interface Place {
  readonly view: View;
  readonly document: number | null;
  /** The project that the document is one of. */
  readonly project: string | null;
}

function placeOf({ view, selection, project }: State): Place {
  return { view, document: selection.document, project: project?.path ?? null };
}

const isSame = (a: Place, b: Place): boolean => a.view === b.view && a.document === b.document;

/** Follows the window and the history until the function that it gives back is called. */
export function keepPlaces(): () => void {
  let now = placeOf(get());
  window.history.replaceState({ place: now }, '');
  const off = useStore.subscribe((state) => {
    const next = placeOf(state);
    if (isSame(next, now)) return;
    now = next;
    window.history.pushState({ place: next }, '');
  });
  const back = ({ state }: PopStateEvent): void => {
    const place = (state as { place?: Place } | null)?.place;
    if (!place) return;
    const { selection, project, run } = get();
    const elsewhere = project ? 'explore' : 'corpus';
    // A run that was dismissed is no place any more.
    const view = place.view === 'run' && !run ? elsewhere : place.view;
    const document = place.project === (project?.path ?? null) ? place.document : null;
    now = { ...place, view, document };
    set({ view, selection: { ...selection, document } });
  };
  window.addEventListener('popstate', back);
  return () => {
    off();
    window.removeEventListener('popstate', back);
  };
}
