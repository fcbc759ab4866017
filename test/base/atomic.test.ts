import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fillFolder } from '../../core/base/atomic.ts';
import { temporaryFolder } from '../store/folder.ts';

const failing = async (temporary: string): Promise<void> => {
  await writeFile(path.join(temporary, 'topics.csv'), 'new');
  throw new Error('cancelled');
};

test('a folder gets all files or none; what else is in it stays', async () => {
  const folder = path.join(temporaryFolder(), 'out');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'topics.csv'), 'old');
  writeFileSync(path.join(folder, 'notes.txt'), 'mine');
  await expect(fillFolder(folder, failing)).rejects.toThrow('cancelled');
  expect(readdirSync(folder).sort()).toEqual(['notes.txt', 'topics.csv']);
  expect(readFileSync(path.join(folder, 'topics.csv'), 'utf8')).toBe('old');
  await fillFolder(folder, (temporary) => writeFile(path.join(temporary, 'topics.csv'), 'new'));
  expect(readdirSync(folder).sort()).toEqual(['notes.txt', 'topics.csv']);
  expect(readFileSync(path.join(folder, 'topics.csv'), 'utf8')).toBe('new');
});

test('a folder that was made for files that never came is taken away', async () => {
  const parent = temporaryFolder();
  await expect(fillFolder(path.join(parent, 'out'), failing)).rejects.toThrow('cancelled');
  expect(readdirSync(parent)).toEqual([]);
});
