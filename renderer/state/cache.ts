import type { Params } from '../../core/protocol.ts';
import { t } from '../i18n/index.ts';
import { engine } from './engine.ts';
import { bytes } from './format.ts';
import { tell } from './notices.ts';
import { refreshInfo } from './project.ts';

/** Moves what is kept from now on to another folder, or lets it grow to another size. */
export async function changeCache(change: Params<'cache.set'>): Promise<void> {
  await engine().request('cache.set', change);
  // Models and corpora that are there depend on the folder.
  await refreshInfo();
}

/** Takes all embeddings out; the next run of a corpus reads it again. */
export async function emptyCache(): Promise<void> {
  const { freed } = await engine().request('cache.prune', { limit: 0 });
  await refreshInfo();
  tell(t('preferences.cacheFreed', { size: bytes(freed) }));
}
