import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { file, folder, read, refusal } from './files.ts';

test('sub-folders are labels; .txt and extensionless files are documents, in the order of their paths', async () => {
  file('labels/b/2.txt', 'second of b');
  file('labels/b/10', 'tenth of b');
  file('labels/a/1.txt', 'first of a');
  file('labels/a/.DS_Store', 'clutter');
  file('labels/a/picture.png', 'not a text');
  const corpus = await read(`${folder}/labels`);
  expect(corpus.name).toBe('labels');
  expect(corpus.ids).toEqual(['a/1', 'b/10', 'b/2']);
  expect(corpus.texts).toEqual(['first of a', 'tenth of b', 'second of b']);
  expect(corpus.labels).toEqual(['a', 'b', 'b']);
  expect(corpus.skipped).toEqual([
    { row: 2, reason: 'a/picture.png: is not a text file (.txt, .md or without an extension)' },
  ]);
});

test('notes in Markdown are documents, named without their ending', async () => {
  file('notes/garden.md', '# Roses\n\nThey need *water*.');
  file('notes/kitchen.markdown', 'Soup');
  file('notes/page.html', '<p>no text</p>');
  const corpus = await read(`${folder}/notes`);
  expect(corpus.ids).toEqual(['garden', 'kitchen']);
  expect(corpus.texts[0]).toContain('water');
  expect(corpus.skipped).toHaveLength(1);
});

test('a folder of files alone has no labels; what all share is no label', async () => {
  file('flat/x.txt', 'two words');
  file('flat/y.txt', 'two more');
  const flat = await read(`${folder}/flat`);
  expect(flat.labels).toBeNull();
  expect(flat.roles).toEqual({ text: 'text', id: 'id', label: null, date: null });
  file('deep/all/one/x.txt', 'two words');
  file('deep/all/two/x.txt', 'two more');
  expect((await read(`${folder}/deep`)).labels).toEqual(['one', 'two']);
});

test('train comes before test, and the same name in both keeps whole paths as ids', async () => {
  file('split/set-test/a/1', 'test one');
  file('split/set-train/a/2', 'train two');
  file('split/set-train/b/3', 'train three');
  const corpus = await read(`${folder}/split`);
  expect(corpus.ids).toEqual(['a/2', 'b/3', 'a/1']);
  expect(corpus.columns.find((c) => c.name === 'split')?.values).toEqual(['train', 'train', 'test']);
  file('split/set-test/a/2', 'test two');
  expect((await read(`${folder}/split`)).ids).toContain('set-test/a/2');
});

test('each file’s own encoding is told', async () => {
  file('mixed/u.txt', 'Grüße');
  file('mixed/w.txt', Buffer.from('Gr\xfc\xdfe', 'latin1'));
  file('mixed/x.txt', Buffer.from('\ufeffGrüße', 'utf16le'));
  expect((await read(`${folder}/mixed`)).texts).toEqual(['Grüße', 'Grüße', 'Grüße']);
});

test('links in circles are not followed, files beyond the limit are skipped', async () => {
  file('loop/a.txt', 'some text');
  file('loop/long.txt', 'x'.repeat(3000));
  symlinkSync(path.join(folder, 'loop'), path.join(folder, 'loop', 'again'));
  const corpus = await read(`${folder}/loop`, { limits: { recordBytes: 2000 } });
  expect(corpus.texts).toEqual(['some text']);
  expect(corpus.skipped.map((s) => s.reason)).toEqual([
    'again: is a link to a folder or no regular file',
    'long.txt: is longer than 2000 bytes',
  ]);
});

test('a folder without text files is refused', async () => {
  mkdirSync(`${folder}/void`);
  expect((await refusal(`${folder}/void`)).message).toMatch(/void holds no text files/);
  file('tables/a.csv', 'id,text\n1,a b\n');
  expect((await refusal(`${folder}/tables`)).message).toMatch(/tables holds no text files/);
});
