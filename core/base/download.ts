import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { InputError, ResourceError, throwIfCancelled } from './errors.ts';
import type { Progress } from './progress.ts';

export interface Download {
  /** Where the file may be had, the best place first. */
  readonly urls: readonly string[];
  readonly target: string;
  /** Of the contents that are accepted, hex: sha256 (64 digits) or git's name of a blob (sha1, 40 digits). */
  readonly checksums: readonly string[];
  /** Bytes that the file has, where its home says so: a longer answer is refused before it fills the disk. */
  readonly size?: number;
  /** Sent to the url's own host alone; fetch drops Authorization where it is led elsewhere. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  /** Milliseconds without a byte after which a connection counts as cut. */
  readonly patience?: number;
  /** Attempts without a new byte before a place is given up. */
  readonly attempts?: number;
}

/** No place could give the file; `status` is the last answer of a server that refused, null where none answered. */
export class DownloadError extends InputError {
  constructor(
    message: string,
    readonly status: number | null,
  ) {
    super(message, { code: 'download' });
  }
}

/**
 * Fetches a file once: what a cut connection left in `target.part` is continued, and only a file with a known checksum gets
 * the target's name. Each place is tried again while it brings new bytes, then the next one.
 * @throws DownloadError saying why no place could give the file; ResourceError when the disk is full; CancelledError.
 */
export async function download(what: Download): Promise<string> {
  await mkdir(path.dirname(what.target), { recursive: true });
  const failures: string[] = [];
  let status: number | null = null;
  for (const url of what.urls) {
    let idle = 0;
    while (idle < (what.attempts ?? 2)) {
      if (idle > 0) await pause(125 * 2 ** idle, undefined, { signal: what.signal }).catch(() => undefined);
      throwIfCancelled(what.signal);
      const before = await sizeOf(partOf(what));
      try {
        await continueFrom(url, what);
        const damage = await settle(what);
        if (damage === null) return what.target;
        // A part left by another version of the file spoils the whole: once more from the start.
        failures.push(`${url}: ${damage}`);
        if (before === 0) break;
      } catch (cause) {
        throwIfCancelled(what.signal);
        if ((cause as NodeJS.ErrnoException).code === 'ENOSPC')
          throw new ResourceError(
            `The disk is full: ${what.target} was not fetched; free some space and try again.`,
            { cause },
          );
        failures.push(`${url}: ${unreachable(cause)}`);
        if (cause instanceof Refusal) status = cause.status;
        if (cause instanceof Refusal && !cause.passing) break;
        idle = (await sizeOf(partOf(what))) > before ? 0 : idle + 1;
      }
    }
  }
  throw new DownloadError(
    `${path.basename(what.target)} could not be fetched (${[...new Set(failures)].join('; ')})`,
    status,
  );
}

/** The server has answered, but not with the file. */
class Refusal extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }

  /** Too busy or out of order: it may answer better in a moment. */
  get passing(): boolean {
    return this.status === 429 || this.status >= 500;
  }
}

async function continueFrom(url: string, what: Download): Promise<void> {
  const stalled = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const alive = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => stalled.abort(new Error('the connection was silent')), what.patience ?? 30_000);
  };
  alive();
  const signal = AbortSignal.any([what.signal, stalled.signal]);
  try {
    const have = await sizeOf(partOf(what));
    const response = await fetch(url, {
      headers: {
        ...what.headers,
        'Accept-Encoding': 'identity',
        ...(have > 0 ? { Range: `bytes=${have}-` } : {}),
      },
      signal,
    });
    if (response.status === 416) {
      // Nothing follows what is there: it is whole (the checksum will tell) or longer than the file.
      await response.body?.cancel();
      return;
    }
    if (!response.ok || response.body === null)
      throw new Refusal(
        `the server answers ${response.status} ${response.statusText}`.trim(),
        response.status,
      );
    const start = response.status === 206 ? have : 0;
    const length = response.headers.get('content-length');
    await writeBody(
      response.body,
      what,
      start,
      length === null ? (what.size ?? NaN) : start + Number(length),
      alive,
      signal,
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Writes a response behind the first `start` bytes of the part. */
async function writeBody(
  body: ReadableStream<Uint8Array>,
  what: Download,
  start: number,
  total: number,
  alive: () => void,
  signal: AbortSignal,
): Promise<void> {
  const reader = body.getReader();
  // fetch may never tell a body's reader that its signal was aborted between two chunks.
  const stop = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  const file = await open(partOf(what), start > 0 ? 'a' : 'w');
  const began = performance.now();
  let at = start;
  try {
    for (;;) {
      const { done, value: chunk } = await reader.read();
      signal.throwIfAborted();
      if (done) break;
      alive();
      if (at + chunk.length > (what.size ?? Infinity))
        throw new Refusal(`the server sends more than the ${what.size} bytes of the file`, 200);
      await file.write(chunk);
      at += chunk.length;
      const rate = (at - start) / Math.max(1e-3, (performance.now() - began) / 1000);
      what.onProgress({
        kind: 'progress',
        stage: 'download',
        fraction: Number.isFinite(total) ? Math.min(1, at / total) : 0,
        text: `Fetching ${path.basename(what.target)}`,
        rate: rate / 1e6,
        unit: 'MB',
        secondsLeft: Number.isFinite(total) ? (total - at) / rate : undefined,
      });
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
    await file.close();
  }
  if (at < total) throw new Error('the connection was cut');
}

/** Gives a whole part its name; else removes it and says what is wrong with it. */
async function settle(what: Download): Promise<string | null> {
  const part = partOf(what);
  let checksum = '';
  for (const kind of new Set(what.checksums.map((sum) => sum.length))) {
    checksum = await (kind === 40 ? gitBlob : sha256)(part, what.signal);
    if (!what.checksums.includes(checksum)) continue;
    await rename(part, what.target);
    return null;
  }
  await rm(part, { force: true });
  return `its checksum is ${checksum.slice(0, 12)}…, not the published one`;
}

/** The sha256 of a file, hex. */
export function sha256(file: string, signal?: AbortSignal): Promise<string> {
  return digest(createHash('sha256'), file, signal);
}

/** git's name of a file's contents: sha1 of "blob SIZE\0" and the contents, hex. */
export async function gitBlob(file: string, signal?: AbortSignal): Promise<string> {
  return digest(createHash('sha1').update(`blob ${await sizeOf(file)}\0`), file, signal);
}

async function digest(hash: Hash, file: string, signal?: AbortSignal): Promise<string> {
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    if (signal) throwIfCancelled(signal);
    hash.update(chunk);
  }
  return hash.digest('hex');
}

function partOf(what: Download): string {
  return `${what.target}.part`;
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
}

/** fetch says only "fetch failed"; the reason is its cause. */
export function unreachable(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause !== undefined) inner = inner.cause;
  const code = (inner as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'no such host can be reached';
  if (code === 'ECONNREFUSED') return 'the connection was refused';
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET') return 'the connection was cut';
  return inner instanceof Error ? inner.message : String(inner);
}
