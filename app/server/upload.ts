import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { UsageError } from '../../core/base/errors.ts';

/** Corpora that a browser sends: streamed into a folder of this server, gone when it closes. */
export class Uploads {
  private root: Promise<string> | null = null;

  /**
   * Writes one file of an upload; `name` may have folders in it (a folder's files come one by one).
   * @returns what `corpus.preview` takes: the file, or the folder above all files of the session.
   * @throws UsageError for a name that leads elsewhere.
   */
  async write(session: string, name: string, count: number, body: ReadableStream | null): Promise<string> {
    if (!/^[\w-]{8,64}$/.test(session)) throw new UsageError('The upload has no proper session name.');
    // eslint-disable-next-line no-control-regex
    const parts = name.split(/[\\/]/).map((part) => part.replace(/[\u0000-\u001f<>:"|?*]/g, '_'));
    if (parts.length > 32 || parts.some((part) => part === '' || part === '.' || part === '..'))
      throw new UsageError(`The upload's name ${JSON.stringify(name)} is not a file's name.`);
    this.root ??= mkdtemp(path.join(tmpdir(), 'moetopic-upload-'));
    const folder = path.join(await this.root, session);
    const file = path.join(folder, ...parts);
    await mkdir(path.dirname(file), { recursive: true });
    const stream = body ? Readable.fromWeb(body) : Readable.from([]);
    await pipeline(stream, createWriteStream(file));
    if (count === 1) return file;
    return parts.length > 1 ? path.join(folder, parts[0]) : folder;
  }

  async close(): Promise<void> {
    if (this.root) await rm(await this.root, { recursive: true, force: true });
  }
}
