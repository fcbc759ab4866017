import { InputError, throwIfCancelled } from '../base/errors.ts';
import type { StageContext } from '../base/progress.ts';
import { extract } from 'tar-stream';
import { Readable } from 'node:stream';
import * as yauzl from 'yauzl';
import { readBytes, readable } from './bytes.ts';
import type { ReadLimits } from './params.ts';
import { isClutter, isTextName, notText, type TextFile } from './text-files.ts';
import { sizeText } from './window.ts';

/**
 * The files of a .tar, .tar.gz or .tgz, in memory: nothing is unpacked onto the disk.
 * @throws InputError when the archive is damaged or an entry's path leads out of it.
 */
export async function* filesOfTar(
  file: string,
  limits: ReadLimits,
  context: StageContext,
): AsyncGenerator<TextFile> {
  const archive = extract();
  const source = Readable.from(readBytes(file, context), { objectMode: false, highWaterMark: 1 << 20 });
  source.on('error', (error) => archive.destroy(error));
  source.pipe(archive);
  try {
    for await (const entry of archive) {
      const { name, type, size } = entry.header;
      const inside = insidePath(name, file);
      const wanted = type !== 'directory' && !isClutter(inside);
      if (wanted && type !== 'file' && type !== 'contiguous-file')
        yield { path: inside, bytes: null, problem: 'is a link or a device, not a file' };
      else if (wanted && !isTextName(inside)) yield { path: inside, bytes: null, problem: notText };
      else if (wanted && (size ?? 0) > limits.recordBytes)
        yield { path: inside, bytes: null, problem: `is longer than ${sizeText(limits.recordBytes)}` };
      else if (wanted) {
        const parts: Buffer[] = [];
        for await (const part of entry) parts.push(part as Buffer);
        yield { path: inside, bytes: Buffer.concat(parts), problem: null };
        continue;
      }
      entry.resume();
    }
  } catch (cause) {
    throwIfCancelled(context.signal);
    if (cause instanceof InputError) throw cause;
    const known = readable(file, cause);
    if (known instanceof InputError) throw known;
    throw new InputError(`${file} is a damaged or shortened tar archive; copy or download it again.`, {
      code: 'broken-archive',
      cause,
    });
  } finally {
    source.destroy();
    archive.destroy();
  }
}

/**
 * The files of a .zip, in memory.
 * @throws InputError when the archive is damaged, encrypted or an entry's path leads out of it.
 */
export async function* filesOfZip(
  file: string,
  limits: ReadLimits,
  context: StageContext,
): AsyncGenerator<TextFile> {
  try {
    const zip = await yauzl.openPromise(file, { lazyEntries: true, strictFileNames: false });
    try {
      let read = 0;
      for await (const entry of zip.eachEntry()) {
        throwIfCancelled(context.signal);
        read++;
        const inside = insidePath(entry.fileName, file);
        if (inside.endsWith('/') || isClutter(inside)) continue;
        yield await zipEntry(zip, entry, inside, limits);
        context.onProgress({
          kind: 'progress',
          stage: 'load',
          fraction: read / zip.entryCount,
          text: 'Reading the archive',
        });
      }
    } finally {
      zip.close();
    }
  } catch (cause) {
    throwIfCancelled(context.signal);
    if (cause instanceof InputError) throw cause;
    const known = readable(file, cause);
    if (known instanceof InputError) throw known;
    const tricks = cause instanceof Error && /relative path|absolute path/.test(cause.message);
    throw new InputError(
      tricks
        ? `${file} is refused: an entry's path leads out of the archive (${cause.message}); make the archive again.`
        : `${file} is a damaged or shortened zip archive; copy or download it again.`,
      { code: tricks ? 'unsafe-archive' : 'broken-archive', cause },
    );
  }
}

async function zipEntry(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  inside: string,
  limits: ReadLimits,
): Promise<TextFile> {
  const refused = (problem: string): TextFile => ({ path: inside, bytes: null, problem });
  if (!isTextName(inside)) return refused(notText);
  if (entry.uncompressedSize > limits.recordBytes)
    return refused(`is longer than ${sizeText(limits.recordBytes)}`);
  if ((entry.generalPurposeBitFlag & 1) !== 0) return refused('is encrypted');
  // The upper half of the external attributes is the Unix mode: links would name files outside.
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000)
    return refused('is a link, not a file');
  const parts: Buffer[] = [];
  for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
  return { path: inside, bytes: Buffer.concat(parts), problem: null };
}

/** An entry's path with forward slashes, without a leading "./". */
function insidePath(name: string, file: string): string {
  const inside = name.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
  if (inside.startsWith('/') || /^[A-Za-z]:/.test(inside) || inside.split('/').includes('..'))
    throw new InputError(
      `${file} is refused: the path of its entry ${JSON.stringify(name)} leads out of the archive; make the archive again.`,
      { code: 'unsafe-archive' },
    );
  return inside;
}
