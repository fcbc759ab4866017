import { openSync, ftruncateSync, closeSync, writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { InputError, UsageError, type MoeTopicError } from '../../core/base/errors.ts';
import { quietContext } from '../../core/base/progress.ts';
import { readable } from '../../core/corpus/bytes.ts';
import { readCorpus } from '../../core/corpus/index.ts';
import { file, folder, read, refusal } from './files.ts';

/** One sentence that names the source and says what to do: no stack, no line breaks, exit status 3. */
function isClear(error: Error, source: string): void {
  expect(error).toBeInstanceOf(InputError);
  expect((error as MoeTopicError).exitStatus).toBe(3);
  expect(error.message).toContain(source);
  expect(error.message).toMatch(/^\S.*; .*\S\.$/);
  expect(error.message).not.toContain('\n');
}

const words = 'id,text\n1,some words here\n2,other words there\n';

test.each([
  ['no such file', 'absent.csv', null, /There is no file/],
  ['an unknown kind', 'paper.pdf', '%PDF', /not a kind of file that MoETopic reads/],
  ['one text file', 'notes.txt', 'a line', /notes\.txt is one text file; give a folder .* ends in \.tsv/],
  ['a spreadsheet', 'table.xlsx', 'PK', /table\.xlsx is a spreadsheet; save its sheet as CSV/],
  ['an empty file', 'empty.csv', '', /is empty/],
  ['a header alone', 'header.csv', 'id,text\n', /has a header but no rows/],
  [
    'no text column',
    'numbers.csv',
    'a,b\n1,2\n3,4\n',
    /no column that looks like text \(its columns are a, b\)/,
  ],
  ['broken gzip', 'broken.csv.gz', gzipSync(words).fill(0x55, 12, 20), /is a damaged gzip file/],
  ['gzip cut short', 'cut.csv.gz', gzipSync(words.repeat(50)).subarray(0, 40), /gzip file that is cut short/],
  ['no readable row', 'ragged.csv', 'a,b,c\n1,2\n3,4\n', /No row of .* can be read \(row 1: has 2 cells/],
  ['a header with an open quote', 'open.csv', '"id,text\n1,a b\n', /header can't be read/],
] as const)('%s', async (_, name, content, message) => {
  const source = content === null ? `${folder}/${name}` : file(name, content);
  const error = await refusal(source);
  isClear(error, source);
  expect(error.message).toMatch(message);
});

test('a row beyond the limit is refused with its number, in every format of rows', async () => {
  const limits = { recordBytes: 50_000 };
  const long = 'x'.repeat(3 << 20);
  for (const [name, content] of [
    ['long.csv', `id,text\n1,short one\n2,${long}\n`],
    ['open.csv', `id,text\n1,short one\n2,"${long}`],
    ['long.tsv', `id\ttext\n1\tshort one\n2\t${long}\n`],
  ] as const)
    expect((await refusal(file(name, content), { limits })).message).toMatch(
      /row 2 is longer than 50000 bytes/,
    );
  expect(
    (await refusal(file('long.jsonl', `{"text":"short one"}\n{"text":"${long}"}\n`), { limits })).message,
  ).toMatch(/row 2 is longer than/);
});

test('a line of two gigabytes is refused without being held in memory', async () => {
  // A sparse file: two gigabytes of NUL bytes that take no room on the disk.
  const source = `${folder}/huge.csv`;
  const handle = openSync(source, 'w');
  writeSync(handle, 'id,text\n1,some words\n2,');
  ftruncateSync(handle, 2 ** 31);
  closeSync(handle);
  const before = process.memoryUsage().rss;
  const error = await refusal(source, { encoding: 'utf-8' });
  isClear(error, source);
  expect(error.message).toMatch(/row 2 is longer than 64 MB/);
  expect(process.memoryUsage().rss - before).toBeLessThan(600e6);
});

test('more text than fits is refused, and a sample of it is not', async () => {
  const source = file('much.csv', `id,text\n${'1,twenty letters of it.\n'.repeat(50_000)}`);
  const limits = { totalCharacters: 500_000 };
  const error = await refusal(source, { limits, id: '' });
  expect((error as MoeTopicError).exitStatus).toBe(5);
  expect(error.message).toMatch(/--sample/);
  expect((await read(source, { limits, sample: 100, id: '' })).ids).toHaveLength(100);
});

test('one document, and documents that are all equal, are read', async () => {
  const one = await read(file('one.csv', 'id,text\n1,the only document\n'));
  expect(one.texts).toEqual(['the only document']);
  const equal = await read(
    file('equal.csv', `id,text\n${[1, 2, 3].map((i) => `${i},always the same\n`).join('')}`),
  );
  expect([...equal.duplicateOf]).toEqual([-1, 0, 0]);
});

test('a column that is not there, and a parameter that is wrong, are usage errors', async () => {
  const source = file('ok.csv', words);
  const error = await refusal(source, { text: 'Text' });
  expect(error).toBeInstanceOf(UsageError);
  expect(error.message).toMatch(/has no column Text for --text; its columns are id, text/);
  expect(await refusal(source, { sample: -1 })).toBeInstanceOf(UsageError);
  expect(await refusal(source, { strip: ['subject' as 'quotes'] })).toBeInstanceOf(UsageError);
});

test('rows without an id of their own are skipped when the column was asked for, numbered when it was not', async () => {
  const source = file('ids.csv', 'key,text\na,one two\n,three four\na,five six\nb,seven eight\n');
  const asked = await read(source, { id: 'key' });
  expect(asked.ids).toEqual(['a', 'b']);
  expect(asked.skipped).toEqual([
    { row: 2, reason: 'has no id in the column key' },
    { row: 3, reason: 'has the id a, which row 1 has, too' },
  ]);
  expect((await read(source)).ids).toEqual(['1', '2', '3', '4']);
});

test('cancelling ends a read', async () => {
  const controller = new AbortController();
  const source = file('cancel.csv', `id,text\n${'1,some words\n'.repeat(400_000)}`);
  const context = quietContext({ signal: controller.signal, onProgress: () => controller.abort() });
  await expect(readCorpus(source, {}, context)).rejects.toMatchObject({ code: 'cancelled', exitStatus: 130 });
});

test('a file that may not be read, a disk that fails', () => {
  for (const code of ['EACCES', 'EPERM', 'EIO', 'EISDIR'])
    isClear(readable('some.csv', Object.assign(new Error(code), { code })) as Error, 'some.csv');
});
