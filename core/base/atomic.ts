import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { ResourceError } from './errors.ts';

/**
 * Writes a file under a temporary name beside it and moves it there when whole, so that a crash never leaves half a file.
 * @throws ResourceError when the disk is full.
 */
export async function writeAtomically(
  file: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = `${file}.${process.pid}.part`;
  await mkdir(path.dirname(file), { recursive: true });
  try {
    await write(temporary);
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    if ((cause as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new ResourceError(
        `The disk is full: ${file} was not written; free some space and run it again.`,
        {
          cause,
        },
      );
    throw cause;
  }
}
