import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { ResourceError } from './errors.ts';
import { makeFolder } from './make-folder.ts';

/**
 * Writes a file under a temporary name beside it and moves it there when whole, so that a crash never leaves half a file.
 * @throws ResourceError when the disk is full.
 */
export async function writeAtomically(
  file: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = `${file}.${process.pid}.part`;
  await makeFolder(path.dirname(file));
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
    // What a person asked for, not the name that it has for a while.
    if ((cause as NodeJS.ErrnoException).path === temporary) Object.assign(cause as object, { path: file });
    throw cause;
  }
}

/**
 * Fills a folder with files that come all together or not at all: they are written into one within it first. Other files of
 * the folder stay.
 */
export async function fillFolder(
  folder: string,
  write: (temporary: string) => Promise<unknown>,
): Promise<void> {
  const made = await makeFolder(folder);
  const temporary = path.join(folder, `.${process.pid}.part`);
  try {
    await mkdir(temporary, { recursive: true });
    await write(temporary);
    for (const name of await readdir(temporary))
      await rename(path.join(temporary, name), path.join(folder, name));
  } catch (error) {
    // A folder that was made for them goes with them.
    if (made !== undefined) await rm(folder, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
