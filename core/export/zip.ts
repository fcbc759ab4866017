import { createDeflateRaw, crc32 } from 'node:zlib';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { writeAtomically } from '../base/atomic.ts';
import { throwIfCancelled } from '../base/errors.ts';

/** A file of an archive: its name there, and its content in pieces of text, or the path of a file on disk. */
export interface ZipEntry {
  readonly name: string;
  readonly content: Iterable<string> | { readonly file: string };
}

/** What the central directory says of an entry. */
interface Written {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** 1980-01-01, the format's first day: the same files make the same archive. */
const dosDate = 0x21;
/** Names are UTF-8 (bit 11), sizes follow the data (bit 3). */
const flags = 0x0808;
const deflated = 8;
/** Version 4.5, the first with 64-bit sizes. */
const version = 45;

/**
 * Writes a ZIP archive, whole or not at all, one entry after the other without holding any in memory (PKWARE's
 * APPNOTE.TXT 6.3.9: local headers, data descriptors and directory with 64-bit sizes throughout).
 */
export async function writeZip(
  file: string,
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
  signal?: AbortSignal,
): Promise<void> {
  await writeAtomically(file, async (temporary) => {
    const handle = await open(temporary, 'w');
    try {
      const out = new Output(handle);
      const written: Written[] = [];
      for await (const entry of entries) written.push(await writeEntry(out, entry, signal));
      await writeDirectory(out, written);
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

/** A file written from its start, which knows how far it is. */
class Output {
  position = 0;
  constructor(private readonly handle: FileHandle) {}

  async write(bytes: Uint8Array): Promise<void> {
    await this.handle.writeFile(bytes);
    this.position += bytes.length;
  }
}

async function writeEntry(out: Output, entry: ZipEntry, signal?: AbortSignal): Promise<Written> {
  const name = Buffer.from(entry.name);
  const offset = out.position;
  // The extra field announces 64-bit sizes, so that the descriptor after the data has them.
  const extra = record([2, 1], [2, 16], [8, 0], [8, 0]);
  await out.write(
    record(
      [4, 0x04034b50],
      [2, version],
      [2, flags],
      [2, deflated],
      [2, 0],
      [2, dosDate],
      [4, 0],
      [4, 0xffffffff],
      [4, 0xffffffff],
      [2, name.length],
      [2, extra.length],
    ),
  );
  await out.write(name);
  await out.write(extra);
  const start = out.position;
  const deflate = createDeflateRaw({ level: 6 });
  const packing = (async () => {
    for await (const chunk of deflate) await out.write(chunk as Buffer);
  })();
  let crc = 0;
  let size = 0;
  try {
    for await (const bytes of bytesOf(entry.content)) {
      if (signal) throwIfCancelled(signal);
      crc = crc32(bytes, crc);
      size += bytes.length;
      if (!deflate.write(bytes)) await once(deflate, 'drain');
    }
    deflate.end();
    await packing;
  } catch (error) {
    deflate.destroy();
    await packing.catch(() => undefined);
    throw error;
  }
  const packed = out.position - start;
  await out.write(record([4, 0x08074b50], [4, crc], [8, packed], [8, size]));
  return { name, crc, packed, size, offset };
}

async function* bytesOf(content: ZipEntry['content']): AsyncGenerator<Buffer> {
  if ('file' in content) {
    yield* createReadStream(content.file, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>;
    return;
  }
  let waiting: string[] = [];
  let length = 0;
  for (const piece of content) {
    waiting.push(piece);
    length += piece.length;
    if (length < 1 << 18) continue;
    yield Buffer.from(waiting.join(''));
    waiting = [];
    length = 0;
  }
  yield Buffer.from(waiting.join(''));
}

async function writeDirectory(out: Output, entries: readonly Written[]): Promise<void> {
  const start = out.position;
  for (const { name, crc, packed, size, offset } of entries) {
    const extra = record([2, 1], [2, 24], [8, size], [8, packed], [8, offset]);
    await out.write(
      record(
        [4, 0x02014b50],
        [2, version],
        [2, version],
        [2, flags],
        [2, deflated],
        [2, 0],
        [2, dosDate],
        [4, crc],
        [4, 0xffffffff],
        [4, 0xffffffff],
        [2, name.length],
        [2, extra.length],
        [2, 0],
        [2, 0],
        [2, 0],
        [4, 0],
        [4, 0xffffffff],
      ),
    );
    await out.write(name);
    await out.write(extra);
  }
  const end = out.position;
  const n = entries.length;
  const size = end - start;
  await out.write(
    Buffer.concat([
      record(
        [4, 0x06064b50],
        [8, 44],
        [2, version],
        [2, version],
        [4, 0],
        [4, 0],
        [8, n],
        [8, n],
        [8, size],
        [8, start],
      ),
      record([4, 0x07064b50], [4, 0], [8, end], [4, 1]),
      record(
        [4, 0x06054b50],
        [2, 0],
        [2, 0],
        [2, 0xffff],
        [2, 0xffff],
        [4, 0xffffffff],
        [4, 0xffffffff],
        [2, 0],
      ),
    ]),
  );
}

/** Little-endian numbers, each as [bytes, value]. */
function record(...fields: [2 | 4 | 8, number][]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [width]) => sum + width, 0));
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 2) buffer.writeUInt16LE(value, at);
    else if (width === 4) buffer.writeUInt32LE(value, at);
    else buffer.writeBigUInt64LE(BigInt(value), at);
    at += width;
  }
  return buffer;
}
