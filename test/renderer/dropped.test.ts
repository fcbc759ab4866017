import { expect, it } from 'vitest';
import { droppedFiles } from '../../renderer/client/dropped.ts';

const file = (fullPath: string): object => ({
  isFile: true,
  fullPath,
  file: (done: (file: File) => void) => done(new File(['text'], fullPath.split('/').at(-1)!)),
});

/** Browsers give what is in a folder a hundred at a time. */
function folder(fullPath: string, inner: object[]): object {
  return {
    isFile: false,
    fullPath,
    createReader: () => {
      let at = 0;
      return { readEntries: (done: (some: object[]) => void) => done(inner.slice(at, (at += 100))) };
    },
  };
}

it('gives every file of dropped folders with its path, and lone files as they are', async () => {
  const many = Array.from({ length: 250 }, (_, k) => file(`/posts/sport/${k}.txt`));
  const entries = [folder('/posts', [folder('/posts/sport', many), file('/posts/one.txt')]), file('/a.csv')];
  const items = [
    ...entries.map((entry) => ({ webkitGetAsEntry: () => entry })),
    { webkitGetAsEntry: () => null, getAsFile: () => null },
  ];
  const files = await droppedFiles({ items } as unknown as DataTransfer);
  expect(files).toHaveLength(252);
  expect(files.slice(0, 2).map((f) => f.webkitRelativePath)).toEqual([
    'posts/sport/0.txt',
    'posts/sport/1.txt',
  ]);
  expect(files[250].webkitRelativePath).toBe('posts/one.txt');
  expect(files[251].name).toBe('a.csv');
  expect(files[251].webkitRelativePath || '').toBe('');
});
