import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { InputError, throwIfCancelled } from '../base/errors.ts';
import type { StageContext } from '../base/progress.ts';

const chunkBytes = 1 << 20;

/** Which part of a stage's progress a pass over the file is, and what it does. */
export interface Pass {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const onlyPass: Pass = { from: 0, to: 1, text: 'Reading the file' };

/** A file of rows is read twice: once to tell its encoding. */
export const lookingPass: Pass = { from: 0, to: 0.2, text: 'Looking at the encoding' };
export const readingPass: Pass = { from: 0.2, to: 1, text: 'Reading the rows' };

/**
 * A file's bytes, decompressed when they are gzip (told by the first bytes; a name that says gzip must be one), a megabyte at a time.
 * Progress is the share of the file's own bytes that has been read.
 * @throws InputError when the file can't be read or its gzip is damaged or cut short.
 */
export async function* readBytes(
  file: string,
  context: StageContext,
  pass: Pass = onlyPass,
): AsyncGenerator<Buffer> {
  const { size, gzipped } = await look(file);
  const raw = createReadStream(file, { highWaterMark: chunkBytes });
  const started = performance.now();
  const report = (): void => {
    const seconds = (performance.now() - started) / 1000;
    const read = raw.bytesRead;
    context.onProgress({
      kind: 'progress',
      stage: 'load',
      fraction: pass.from + (pass.to - pass.from) * (size > 0 ? Math.min(1, read / size) : 1),
      text: pass.text,
      rate: seconds > 0 ? read / 1e6 / seconds : undefined,
      unit: 'MB',
      secondsLeft: read > 0 ? (seconds * (size - read)) / read : undefined,
    });
  };
  const stream = gzipped ? createGunzip({ chunkSize: chunkBytes }) : raw;
  if (stream !== raw) {
    raw.on('error', (error) => stream.destroy(error));
    raw.pipe(stream as ReturnType<typeof createGunzip>);
  }
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      throwIfCancelled(context.signal);
      report();
      yield chunk;
    }
  } catch (cause) {
    throw readable(file, cause);
  } finally {
    stream.destroy();
    raw.destroy();
  }
}

/** A file's size and whether it starts like gzip. */
async function look(file: string): Promise<{ size: number; gzipped: boolean }> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      const head = Buffer.alloc(2);
      await handle.read(head, 0, 2, 0);
      const gzipped = head[0] === 0x1f && head[1] === 0x8b;
      if (!gzipped && size > 0 && /\.t?gz$/i.test(file))
        throw new InputError(
          `${file} is not a gzip file although its name says so; copy or download it again.`,
          {
            code: 'broken-gzip',
          },
        );
      return { size, gzipped };
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw readable(file, cause);
  }
}

/** The sentence for what went wrong while bytes were read; other errors stay what they are. */
export function readable(file: string, cause: unknown): unknown {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  switch (code) {
    case 'ENOENT':
      return new InputError(`There is no file ${file}; check the path.`, { code: 'no-file', cause });
    case 'EACCES':
    case 'EPERM':
      return new InputError(`${file} may not be read by this user; change its permissions.`, { cause });
    case 'EISDIR':
      return new InputError(`${file} is a folder, not a file; give the file.`, { cause });
    case 'Z_BUF_ERROR':
      return new InputError(`${file} is a gzip file that is cut short; copy or download it again.`, {
        code: 'broken-gzip',
        cause,
      });
    case 'Z_DATA_ERROR':
    case 'Z_NEED_DICT':
      return new InputError(`${file} is a damaged gzip file; copy or download it again.`, {
        code: 'broken-gzip',
        cause,
      });
    case 'EIO':
      return new InputError(`${file} could not be read: the disk reports an error; try a copy of it.`, {
        cause,
      });
    default:
      return cause;
  }
}
