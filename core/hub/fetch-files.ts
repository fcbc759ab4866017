import { existsSync } from 'node:fs';
import { mkdir, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { download, DownloadError } from '../base/download.ts';
import { ModelError, ResourceError } from '../base/errors.ts';
import type { StageContext } from '../base/progress.ts';
import { refusal } from './hub-fetch.ts';
import { checkedToken, fileUrl, type HubFile, type HubListing } from './listing.ts';

/**
 * Fetches files of a model into a folder; those that are there already stay, and one that was cut off is continued.
 * @throws ModelError when the hub refuses or a checksum is wrong, ResourceError when the disk is too small, CancelledError.
 */
export async function fetchFiles(
  listing: HubListing,
  files: readonly HubFile[],
  folder: string,
  context: Pick<StageContext, 'signal' | 'onProgress'>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  const token = checkedToken();
  const started = performance.now();
  let done = 0;
  let kept = 0;
  for (const [i, file] of files.entries()) {
    const target = path.join(folder, file.name);
    const before = existsSync(target) ? file.bytes : await sizeOf(`${target}.part`);
    kept += before;
    await mkdir(path.dirname(target), { recursive: true });
    if (!existsSync(target))
      await one(listing, file, target, token, context.signal, (at) => {
        const bytes = done + at;
        const rate = Math.max(0, bytes - kept) / Math.max(1e-3, (performance.now() - started) / 1000);
        context.onProgress({
          kind: 'progress',
          stage: 'download',
          fraction: total === 0 ? 0 : Math.min(0.9999, bytes / total),
          text: files.length > 1 ? `${file.name}, ${i + 1} of ${files.length} files` : file.name,
          rate: rate / 1e6,
          unit: 'MB',
          secondsLeft: rate > 0 ? (total - bytes) / rate : undefined,
        });
      });
    done += file.bytes;
  }
  context.onProgress({ kind: 'progress', stage: 'download', fraction: 1, text: `${files.length} files` });
}

async function one(
  listing: HubListing,
  file: HubFile,
  target: string,
  token: string | undefined,
  signal: AbortSignal,
  onBytes: (at: number) => void,
): Promise<void> {
  try {
    await download({
      urls: [fileUrl(listing, file.name)],
      target,
      checksums: [file.checksum],
      size: file.bytes,
      headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
      signal,
      attempts: 5,
      onProgress: ({ fraction }) => onBytes(fraction * file.bytes),
    });
  } catch (cause) {
    if (!(cause instanceof DownloadError)) throw cause;
    if (cause.status !== null && [401, 403, 404].includes(cause.status))
      throw refusal(listing.address, cause.status);
    throw new ModelError(`${listing.address.id}: ${cause.message}; add it again to go on where it stopped.`, {
      code: 'download',
      cause,
    });
  }
}

/**
 * Bytes of the files that are still to be fetched into a folder.
 */
export async function bytesToFetch(files: readonly HubFile[], folder: string): Promise<number> {
  let bytes = 0;
  for (const file of files) {
    const target = path.join(folder, file.name);
    if (!existsSync(target)) bytes += Math.max(0, file.bytes - (await sizeOf(`${target}.part`)));
  }
  return bytes;
}

/** Bytes that are free on the disk of a folder, which need not exist yet. */
export async function freeBytes(folder: string): Promise<number> {
  let there = path.resolve(folder);
  while (!existsSync(there)) there = path.dirname(there);
  const { bavail, bsize } = await statfs(there);
  return bavail * bsize;
}

/** @throws ResourceError naming what is missing. */
export async function checkDisk(what: string, needed: number, folder: string): Promise<void> {
  const free = await freeBytes(folder);
  if (free >= needed) return;
  const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);
  throw new ResourceError(
    `${what} needs ${gigabytes(needed)} GB for its download and the converted model, and the disk of ${folder} has ${gigabytes(free)} GB free; free some space, or choose another disk with MOETOPIC_CACHE.`,
  );
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    (found) => found.size,
    () => 0,
  );
}
