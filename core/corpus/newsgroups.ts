import { existsSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../base/errors.ts';
import { cacheFolder } from '../base/paths.ts';
import type { Progress } from '../base/progress.ts';
import { download } from '../base/download.ts';

export interface FetchOptions {
  /** A folder on a server that holds 20news-bydate.tar.gz, instead of the collectors' site and its mirror. */
  readonly baseUrl?: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

const archive = '20news-bydate.tar.gz';

/** The set's own site, and the copy of the same file that scikit-learn fetches. */
const homes = [
  `http://qwone.com/~jason/20Newsgroups/${archive}`,
  'https://ndownloader.figshare.com/files/5975967',
];

const checksums = [
  // The collectors' archive, as scikit-learn states it.
  '8f1b2514ca22a5ade8fbb9cfa5727df95fa587f4c87b786e15c759fa66d95610',
  // The same 18,846 posts packed again.
  '4a7efe20de47e2a8adcda540bb16a3e66d22f04a8b51fec121ebc28d1d8fc0d4',
];

/**
 * Fetches the archive of 20 Newsgroups (14 MB) into the cache, unless it is there.
 * @returns the archive's path.
 * @throws InputError saying why and what to do by hand.
 */
export async function fetch20Newsgroups(options: FetchOptions): Promise<string> {
  const target = path.join(cacheFolder(), 'corpora', archive);
  if (existsSync(target)) return target;
  const urls = options.baseUrl === undefined ? homes : [`${options.baseUrl.replace(/\/$/, '')}/${archive}`];
  try {
    return await download({
      urls,
      target,
      checksums,
      signal: options.signal,
      onProgress: options.onProgress,
    });
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    throw new InputError(
      `${cause.message}: download it by hand from ${homes[0]} and give that file, or put it at ${target}.`,
      { code: 'download', cause },
    );
  }
}
