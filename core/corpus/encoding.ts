import { isAscii } from 'node:buffer';
import { ForeignSample } from './old-encoding.ts';

/** Encodings that a person may name; `auto` tells them apart, but for latin-1, which windows-1252 contains. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'latin-1',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-jp',
  'euc-kr',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'iso-8859-2',
  'koi8-r',
] as const;
export type Encoding = (typeof encodings)[number];

/**
 * Tells UTF-8 (with or without a byte order mark), UTF-16 and older encodings apart. All bytes are looked at: one accented
 * letter near the end of a file decides. A file with more whole UTF-8 sequences than broken ones is UTF-8 with damage.
 */
export async function detectEncoding(chunks: AsyncIterable<Buffer>): Promise<Encoding> {
  const counter = new Utf8Counter();
  const foreign = new ForeignSample();
  let first = true;
  for await (const chunk of chunks) {
    if (first) {
      const told = byteOrder(chunk);
      if (told !== null) return told;
      first = false;
    }
    counter.count(chunk);
    foreign.add(chunk);
  }
  return counter.broken > counter.whole ? foreign.encoding() : 'utf-8';
}

/** The same for a text that is whole in memory. */
export function detectEncodingOf(bytes: Buffer): Encoding {
  const told = byteOrder(bytes);
  if (told !== null) return told;
  const counter = new Utf8Counter();
  counter.count(bytes);
  if (counter.broken <= counter.whole) return 'utf-8';
  const foreign = new ForeignSample();
  foreign.add(bytes);
  return foreign.encoding();
}

/** Whether bytes are no text in any encoding: many control characters that no text needs, and of many kinds. */
export function isBinary(bytes: Buffer): boolean {
  if (byteOrder(bytes) !== null) return false;
  const head = bytes.subarray(0, 65_536);
  const kinds = new Set<number>();
  let controls = 0;
  for (const byte of head)
    if (byte < 0x20 && !(byte >= 0x08 && byte <= 0x0d) && byte !== 0x1b) {
      controls++;
      kinds.add(byte);
    }
  return controls * 20 > head.length && kinds.size >= 8;
}

/** A byte order mark, or the zeros that UTF-16 puts beside every Latin letter; null when neither is there. */
function byteOrder(head: Buffer): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const length = Math.min(head.length, 4096) & ~1;
  const zeros = [0, 0];
  for (let i = 0; i < length; i++) if (head[i] === 0) zeros[i & 1]++;
  // Spaces, line ends and separators alone make zeros common on one side; stray NUL bytes fall on both.
  const [even, odd] = zeros;
  if (length >= 4 && odd > length / 16 && even * 20 < odd) return 'utf-16le';
  if (length >= 4 && even > length / 16 && odd * 20 < even) return 'utf-16be';
  return null;
}

/** Counts whole and broken multi-byte sequences of UTF-8, across the borders of chunks. */
class Utf8Counter {
  whole = 0;
  broken = 0;
  private missing = 0;

  count(chunk: Buffer): void {
    if (this.missing === 0 && isAscii(chunk)) return;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i];
      if (this.missing > 0) {
        if ((byte & 0xc0) === 0x80) {
          if (--this.missing === 0) this.whole++;
          continue;
        }
        this.broken++;
        this.missing = 0;
      }
      if (byte < 0x80) continue;
      if (byte >= 0xc2 && byte < 0xe0) this.missing = 1;
      else if (byte >= 0xe0 && byte < 0xf0) this.missing = 2;
      else if (byte >= 0xf0 && byte < 0xf5) this.missing = 3;
      else this.broken++;
    }
  }
}

/** Decodes one text that is whole in memory; a byte order mark is left out. */
export function decodeText(bytes: Buffer, encoding: Encoding): string {
  if (encoding === 'latin-1') return bytes.toString('latin1');
  return new TextDecoder(encoding).decode(bytes);
}

/** Recodes a stream of bytes to UTF-8 without a byte order mark. */
export async function* recodeToUtf8(
  chunks: AsyncIterable<Buffer>,
  encoding: Encoding,
): AsyncGenerator<Buffer> {
  if (encoding === 'utf-8') yield* withoutMark(chunks);
  else if (encoding === 'latin-1')
    for await (const chunk of chunks) yield Buffer.from(chunk.toString('latin1'), 'utf8');
  else {
    const decoder = new TextDecoder(encoding);
    for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8');
    yield Buffer.from(decoder.decode(), 'utf8');
  }
}

async function* withoutMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of chunks) {
    const marked = first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    yield marked ? chunk.subarray(3) : chunk;
    first = false;
  }
}
