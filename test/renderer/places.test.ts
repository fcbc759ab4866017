// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepPlaces } from '../../renderer/state/places.ts';
import { get, noSelection, set } from '../../renderer/state/store.ts';

let stop: () => void;
beforeEach(() => {
  set({ view: 'explore', selection: noSelection, project: null });
  stop = keepPlaces();
});
afterEach(() => stop());

const back = (): Promise<void> =>
  new Promise((resolve) => {
    window.addEventListener('popstate', () => resolve(), { once: true });
    window.history.back();
  });

it('goes back to where one was: the list before a document, the view before another', async () => {
  set({ view: 'quality' });
  set({ view: 'explore' });
  set({ selection: { ...noSelection, document: 7, topics: [2] } });
  // What is picked is no place of its own.
  set({ selection: { ...noSelection, document: 7, topics: [3] } });
  await back();
  expect(get().view).toBe('explore');
  expect(get().selection).toMatchObject({ document: null, topics: [3] });
  await back();
  expect(get().view).toBe('quality');
});

it('does not lead to a run that is no more', async () => {
  set({ view: 'run' });
  set({ view: 'models' });
  await back();
  expect(get().view).toBe('corpus');
});
