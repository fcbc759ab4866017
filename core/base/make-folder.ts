import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from './errors.ts';

/** What a person is told who wants a folder where a file is. */
export function fileInTheWay(file: string, cause?: unknown): InputError {
  return new InputError(`${file} is a file where a folder is needed; choose another place.`, { cause });
}

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
    if (found && !found.isDirectory()) throw fileInTheWay(at);
    if (found || at === path.dirname(at)) break;
    missing.unshift(at);
  }
  let first: string | undefined;
  for (const one of missing)
    try {
      await mkdir(one);
      first ??= one;
    } catch (error) {
      // Made by somebody else in between: it isn't ours to remove.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  return first;
}
