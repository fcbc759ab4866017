import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../core/base/make-folder.ts';
import { temporaryFolder } from '../store/folder.ts';

test('makes a folder with those above it, and says which was the first', async () => {
  const home = temporaryFolder();
  expect(await makeFolder(path.join(home, 'a', 'b', 'c'))).toBe(path.join(home, 'a'));
  expect(existsSync(path.join(home, 'a', 'b', 'c'))).toBe(true);
  expect(await makeFolder(path.join(home, 'a', 'b'))).toBeUndefined();
  const made = await Promise.all(['x', 'y'].map((name) => makeFolder(path.join(home, 'shared', name))));
  // One of the two made what they share, and only that one says so.
  expect(made.filter((first) => first === path.join(home, 'shared'))).toHaveLength(1);
  expect(existsSync(path.join(home, 'shared', 'y'))).toBe(true);
});

test('names the file that is in the way', async () => {
  const file = path.join(temporaryFolder(), 'corpus.csv');
  writeFileSync(file, '');
  for (const folder of [file, path.join(file, 'out', 'deeper')])
    await expect(makeFolder(folder)).rejects.toThrow(`${file} is a file where a folder is needed`);
});

test.runIf(process.platform === 'linux')('ends where the system takes no folders', async () => {
  await expect(makeFolder('/proc/moetopic/out')).rejects.toThrow('/proc/moetopic');
});
