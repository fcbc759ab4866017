/** Adding models: what one would take, and the download and conversion that go on while one looks at something else. */
import { create } from 'zustand';
import type { Progress } from '../../core/base/progress.ts';
import type { ModelOffer } from '../../core/protocol.ts';
import { t } from '../i18n/index.ts';
import { engine } from './engine.ts';
import { report, tell } from './notices.ts';
import { refreshInfo } from './project.ts';
import { set } from './store.ts';

export interface Asked {
  source: string;
  /** null while the hub is asked. */
  offer: ModelOffer | null;
  error: Error | null;
  cancel: AbortController;
}

export interface Adding {
  source: string;
  progress: Progress | null;
  error: Error | null;
  cancel: AbortController;
}

interface ModelsState {
  asked: Asked | null;
  adding: Adding | null;
  /** Goes up when the list has to be read again. */
  version: number;
}

export const useModels = create<ModelsState>(() => ({ asked: null, adding: null, version: 0 }));

async function changed(): Promise<void> {
  useModels.setState(({ version }) => ({ version: version + 1 }));
  await refreshInfo();
}

/** Asks what adding a model would take; the dialog shows it. */
export async function askOffer(source: string): Promise<void> {
  const asked: Asked = { source, offer: null, error: null, cancel: new AbortController() };
  useModels.setState({ asked });
  const answer = await engine()
    .request('models.offer', { source }, { signal: asked.cancel.signal })
    .then(
      (offer) => ({ offer }),
      (error: Error) => ({ error }),
    );
  // Only the question that is still open is answered.
  if (useModels.getState().asked === asked) useModels.setState({ asked: { ...asked, ...answer } });
}

export function closeOffer(): void {
  useModels.getState().asked?.cancel.abort();
  useModels.setState({ asked: null });
}

/** Fetches and converts a model; it goes on when another view is opened, and where it stopped when it is added again. */
export async function addModel(source: string): Promise<void> {
  const cancel = new AbortController();
  useModels.setState({ asked: null, adding: { source, progress: null, error: null, cancel } });
  const change = (part: Partial<Adding>): void =>
    useModels.setState(({ adding }) => ({ adding: adding && { ...adding, ...part } }));
  try {
    const entry = await engine().request(
      'models.add',
      { source },
      { signal: cancel.signal, onProgress: (progress) => change({ progress }) },
    );
    useModels.setState({ adding: null });
    tell(t('models.added', { name: entry.title }));
  } catch (error) {
    change({ error: error as Error });
  }
  await changed().catch(report);
}

export function cancelAdding(): void {
  useModels.getState().adding?.cancel.abort();
}

export function dismissAdding(): void {
  useModels.setState({ adding: null });
}

export async function removeModel(name: string): Promise<void> {
  try {
    await engine().request('models.remove', { name });
    await changed();
  } catch (error) {
    report(error);
  }
}

/** From a corpus that the chosen model can't read to the one that can. */
export function offerInModels(source: string): void {
  set({ view: 'models' });
  void askOffer(source);
}
