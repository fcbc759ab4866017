import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder, folderBytes } from '../base/paths.ts';
import { openCaches } from './cache.ts';

/**
 * Takes embeddings out of the cache, those that were used longest ago first, until all of the cache holds no more than
 * `limit` bytes. Nothing else is taken: models and corpora were asked for, embeddings only save time. What a run is
 * reading or writing in this process stays.
 * @returns bytes that were freed
 */
export async function pruneCache(limit: number): Promise<number> {
  const parent = path.join(cacheFolder(), 'embeddings');
  if (!existsSync(parent)) return 0;
  const kept = await Promise.all((await readdir(parent)).map((name) => describe(path.join(parent, name))));
  kept.sort((a, b) => a.used - b.used);
  let over = (await folderBytes(cacheFolder())) - limit;
  let freed = 0;
  for (const { folder, bytes } of kept) {
    if (over <= 0) break;
    if (openCaches.has(folder)) continue;
    // Another process may have it open; on Windows that one can't be removed then.
    const gone = await rm(folder, { recursive: true, force: true }).then(
      () => true,
      () => false,
    );
    if (!gone) continue;
    over -= bytes;
    freed += bytes;
  }
  return freed;
}

async function describe(folder: string): Promise<{ folder: string; bytes: number; used: number }> {
  // The folder's time is that of its last use: opening it for reading sets it.
  const [bytes, { mtimeMs: used }] = await Promise.all([folderBytes(folder), stat(folder)]);
  return { folder, bytes, used };
}
