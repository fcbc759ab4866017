import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError, ResourceError, throwIfCancelled } from '../base/errors.ts';
import type { Progress } from '../base/progress.ts';

export interface Download {
  /** Where the file may be had, the best place first. */
  readonly urls: readonly string[];
  readonly target: string;
  /** sha256 (hex) of the contents that are accepted. */
  readonly checksums: readonly string[];
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  /** Milliseconds without a byte after which a connection counts as cut. */
  readonly patience?: number;
}

/**
 * Fetches a file once: what a cut connection left in `target.part` is continued, and only a file with a known checksum gets
 * the target's name. Each place is tried again while it brings new bytes, then the next one.
 * @throws InputError saying why no place could give the file; ResourceError when the disk is full; CancelledError.
 */
export async function download(what: Download): Promise<string> {
  await mkdir(path.dirname(what.target), { recursive: true });
  const failures: string[] = [];
  for (const url of what.urls) {
    let idle = 0;
    while (idle < 2) {
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
        failures.push(`${url}: ${reason(cause)}`);
        if (cause instanceof Refusal) break;
        idle = (await sizeOf(partOf(what))) > before ? 0 : idle + 1;
      }
    }
  }
  throw new InputError(
    `${path.basename(what.target)} could not be fetched (${[...new Set(failures)].join('; ')})`,
    {
      code: 'download',
    },
  );
}

/** The server has answered, and trying it again would not help. */
class Refusal extends Error {}

async function continueFrom(url: string, what: Download): Promise<void> {
  const stalled = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const alive = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => stalled.abort(new Error('the connection was silent')), what.patience ?? 30_000);
  };
  alive();
  try {
    const have = await sizeOf(partOf(what));
    const response = await fetch(url, {
      headers:
        have > 0
          ? { Range: `bytes=${have}-`, 'Accept-Encoding': 'identity' }
          : { 'Accept-Encoding': 'identity' },
      signal: AbortSignal.any([what.signal, stalled.signal]),
    });
    if (response.status === 416) {
      // Nothing follows what is there: it is whole (the checksum will tell) or longer than the file.
      await response.body?.cancel();
      return;
    }
    if (!response.ok || response.body === null)
      throw new Refusal(`the server answers ${response.status} ${response.statusText}`.trim());
    const continues = response.status === 206;
    const start = continues ? have : 0;
    const length = Number(response.headers.get('content-length') ?? NaN);
    await writeBody(response.body, what, start, start + length, alive);
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
): Promise<void> {
  const file = await open(partOf(what), start > 0 ? 'a' : 'w');
  const began = performance.now();
  let at = start;
  try {
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      alive();
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
    await file.close();
  }
  if (at < total) throw new Error('the connection was cut');
}

/** Gives a whole part its name; else removes it and says what is wrong with it. */
async function settle(what: Download): Promise<string | null> {
  const part = partOf(what);
  const checksum = await sha256(part);
  if (what.checksums.includes(checksum)) {
    await rename(part, what.target);
    return null;
  }
  await rm(part, { force: true });
  return `its checksum is ${checksum.slice(0, 12)}…, not the published one`;
}

/** The sha256 of a file, hex. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk);
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
function reason(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause !== undefined) inner = inner.cause;
  const code = (inner as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'no such host can be reached';
  if (code === 'ECONNREFUSED') return 'the connection was refused';
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET') return 'the connection was cut';
  return inner instanceof Error ? inner.message : String(inner);
}
