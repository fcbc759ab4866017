import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, utimes } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../base/paths.ts';

const hashBytes = 16;
/** Hash, tokens, truncated; then the row; then a check sum. */
const fixedBytes = hashBytes + 8 + 4;

/** One text's pooled outputs as they are kept: [hidden ‖ routing]. */
export interface CachedRow {
  readonly row: Float32Array;
  readonly tokens: number;
  readonly truncated: boolean;
}

/** Folders of the caches that are open in this process. */
export const openCaches = new Set<string>();

/**
 * Pooled outputs by text, on disk, for one model and one way of reading texts. Every process appends to a file of its own, records have a check
 * sum, and a torn one at a file's end is ignored: after a kill -9 all finished batches are there.
 */
export class EmbeddingCache {
  private file: Promise<FileHandle> | null = null;
  /** Appends wait for each other: batches finish on several lanes. */
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly folder: string,
    private readonly width: number,
  ) {}

  /** @param key everything but the text that a row depends on */
  static async open(key: unknown, width: number): Promise<EmbeddingCache> {
    const name = createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 32);
    const folder = path.join(cacheFolder(), 'embeddings', name);
    await mkdir(folder, { recursive: true });
    openCaches.add(folder);
    const now = new Date();
    await utimes(folder, now, now);
    return new EmbeddingCache(folder, width);
  }

  /** Hands every kept row whose text's hash is wanted to `found` (more than once if two processes made it). The row is a view: copy it. */
  async read(found: (hash: string, row: CachedRow) => void): Promise<void> {
    const size = fixedBytes + 4 * this.width;
    const perRead = Math.max(1, Math.floor((1 << 22) / size));
    const buffer = Buffer.alloc(size * perRead);
    for (const name of (await readdir(this.folder)).sort()) {
      const file = await open(path.join(this.folder, name), 'r');
      try {
        for (let at = 0; ;) {
          const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
          const records = Math.floor(bytesRead / size);
          for (let r = 0; r < records; r++) this.take(buffer.subarray(r * size, (r + 1) * size), found);
          if (records === 0) break;
          at += records * size;
        }
      } finally {
        await file.close();
      }
    }
  }

  private take(record: Buffer, found: (hash: string, row: CachedRow) => void): void {
    const body = record.subarray(0, record.length - 4);
    if (checkSum(body) !== record.readUInt32LE(body.length)) return;
    // A copy, because a Float32Array must begin on a multiple of 4.
    const row = new Float32Array(Uint8Array.prototype.slice.call(body, hashBytes + 8).buffer);
    found(body.toString('latin1', 0, hashBytes), {
      row,
      tokens: body.readUInt32LE(hashBytes),
      truncated: body.readUInt32LE(hashBytes + 4) === 1,
    });
  }

  /** Appends finished rows in one write. */
  async append(rows: readonly { hash: string; row: CachedRow }[]): Promise<void> {
    const size = fixedBytes + 4 * this.width;
    const out = Buffer.alloc(size * rows.length);
    for (const [i, { hash, row }] of rows.entries()) {
      const at = i * size;
      out.write(hash, at, 'latin1');
      out.writeUInt32LE(row.tokens, at + hashBytes);
      out.writeUInt32LE(row.truncated ? 1 : 0, at + hashBytes + 4);
      Buffer.from(row.row.buffer, row.row.byteOffset, row.row.byteLength).copy(out, at + hashBytes + 8);
      out.writeUInt32LE(checkSum(out.subarray(at, at + size - 4)), at + size - 4);
    }
    this.writing = this.writing.then(async () => {
      this.file ??= this.create();
      await (await this.file).appendFile(out);
    });
    await this.writing;
  }

  private async create(): Promise<FileHandle> {
    for (let n = 0; ; n++) {
      const file = path.join(this.folder, `${String(n).padStart(6, '0')}.rows`);
      if (existsSync(file)) continue;
      try {
        return await open(file, 'ax');
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
      }
    }
  }

  async close(): Promise<void> {
    await this.writing.catch(() => undefined);
    const file = this.file;
    this.file = null;
    openCaches.delete(this.folder);
    if (file !== null) await (await file).close();
  }
}

/** A text's name in the cache: the first 128 bits of its sha256, as latin-1. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest().toString('latin1', 0, hashBytes);
}

/** FNV-1a over 32-bit words: enough to tell a torn record from a whole one. */
function checkSum(bytes: Buffer): number {
  let h = 0x811c9dc5;
  for (let i = 0; i + 4 <= bytes.length; i += 4) h = Math.imul(h ^ bytes.readInt32LE(i), 0x01000193);
  return h >>> 0;
}
