import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { throwIfCancelled } from '../base/errors.ts';
import type { StageContext } from '../base/progress.ts';
import { readable } from './bytes.ts';
import type { ReadLimits } from './params.ts';
import { isClutter, isTextName, notText, type TextFile } from './text-files.ts';
import { sizeText } from './window.ts';

/** The files below a folder. Links to folders are not followed (they may lead in circles). */
export async function* filesOfFolder(
  root: string,
  limits: ReadLimits,
  context: StageContext,
): AsyncGenerator<TextFile> {
  const files = await listFiles(root, '');
  for (let i = 0; i < files.length; i++) {
    throwIfCancelled(context.signal);
    yield await readTextFile(root, files[i], limits);
    if (i % 100 === 0)
      context.onProgress({
        kind: 'progress',
        stage: 'load',
        fraction: i / files.length,
        text: 'Reading the folder',
      });
  }
}

async function listFiles(root: string, below: string): Promise<string[]> {
  let entries;
  try {
    entries = await readdir(path.join(root, below), { withFileTypes: true });
  } catch (cause) {
    throw readable(path.join(root, below), cause);
  }
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (isClutter(name)) continue;
    if (entry.isDirectory()) files.push(...(await listFiles(root, name)));
    else files.push(name);
  }
  return files;
}

async function readTextFile(root: string, name: string, limits: ReadLimits): Promise<TextFile> {
  const refused = (problem: string): TextFile => ({ path: name, bytes: null, problem });
  if (!isTextName(name)) return refused(notText);
  const file = path.join(root, name);
  try {
    const { size, isFile } = await stat(file).then((s) => ({ size: s.size, isFile: s.isFile() }));
    if (!isFile) return refused('is a link to a folder or no regular file');
    if (size > limits.recordBytes) return refused(`is longer than ${sizeText(limits.recordBytes)}`);
    return { path: name, bytes: await readFile(file), problem: null };
  } catch (cause) {
    const known = readable(file, cause);
    return refused(known instanceof Error ? known.message : 'can’t be read');
  }
}
