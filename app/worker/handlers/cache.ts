import { cacheFolder, folderBytes, pruneCache } from '../../../core/index.ts';
import type { CacheInfo } from '../../../core/protocol.ts';
import type { Handlers } from '../call.ts';
import type { Settings } from '../settings.ts';

export const cacheHandlers: Handlers<'cache.set' | 'cache.prune'> = {
  'cache.set': async ({ folder, limit }, { settings }) => {
    await settings.change({
      ...(folder === undefined ? {} : { cacheFolder: folder }),
      ...(limit === undefined ? {} : { cacheLimit: limit }),
    });
    await keepWithinLimit(settings);
    return cacheInfo(settings);
  },

  'cache.prune': async ({ limit }, { settings }) => {
    const freed = await pruneCache(limit);
    return { freed, ...(await cacheInfo(settings)) };
  },
};

export async function cacheInfo(settings: Settings): Promise<CacheInfo> {
  return {
    cacheFolder: cacheFolder(),
    cacheBytes: await folderBytes(cacheFolder()),
    cacheLimit: settings.cacheLimit,
    cacheFixed: settings.cacheIsFixed,
  };
}

/** After a run, and after the limit was lowered. */
export async function keepWithinLimit({ cacheLimit }: Settings): Promise<void> {
  if (cacheLimit !== null) await pruneCache(cacheLimit);
}
