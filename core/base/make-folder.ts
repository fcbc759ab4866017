import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from './errors.ts';

/**
 * Makes a folder with those above it. (Node's own way to do that never ends where the system refuses new folders, as in /proc, and doesn't say
 * which part of the path is a file.)
 * @returns the uppermost that was made; undefined where all were there
 * @throws InputError when a file is in the way
 */
export async function makeFolder(folder: string): Promise<string | undefined> {
  const missing: string[] = [];
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const found = await stat(at).catch(() => null);
    if (found && !found.isDirectory())
      throw new InputError(`${at} is a file where a folder is needed; choose another place.`);
    if (found || at === path.dirname(at)) break;
    missing.unshift(at);
  }
  for (const one of missing)
    await mkdir(one).catch((error: NodeJS.ErrnoException) => {
      // Made by somebody else in between.
      if (error.code !== 'EEXIST') throw error;
    });
  return missing[0];
}
