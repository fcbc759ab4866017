import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sqlText, withDuckDb } from '../../core/base/duckdb.ts';
import { file, folder, read, refusal } from './files.ts';

async function parquet(name: string, select: string): Promise<string> {
  const target = `${folder}/${name}`;
  await withDuckDb({}, (c) => c.run(`COPY (${select}) TO ${sqlText(target)} (FORMAT parquet)`));
  return target;
}

test('columns of every kind come as text, rows in their order', async () => {
  const source = await parquet(
    'a.parquet',
    `SELECT i AS id, 'document number ' || i AS text, ['a', 'b'] AS tags, i / 4 AS score, DATE '2024-01-01' + i::INT AS date,
       CASE WHEN i = 2 THEN NULL ELSE 'c' || (i % 3) END AS label FROM range(5000) t(i)`,
  );
  const corpus = await read(source);
  expect(corpus.roles).toEqual({ text: 'text', id: 'id', label: 'label', date: 'date' });
  expect(corpus.ids).toEqual(Array.from({ length: 5000 }, (_, i) => String(i)));
  expect(corpus.texts[4999]).toBe('document number 4999');
  expect(corpus.labels!.slice(0, 4)).toEqual(['c0', 'c1', null, 'c0']);
  expect(corpus.dates![1]).toBe('2024-01-02');
  expect(corpus.columns.find((c) => c.name === 'tags')!.values[0]).toBe('[a, b]');
});

test('a missing text is an empty document', async () => {
  const source = await parquet(
    'b.parquet',
    `SELECT * FROM (VALUES (1, 'two words'), (2, NULL), (3, '')) t(id, text)`,
  );
  expect([...(await read(source)).empty]).toEqual([1, 2]);
});

test('signs that are patterns elsewhere are letters in a file’s name', async () => {
  await parquet('x1.parquet', `SELECT 'wrong one' AS text`);
  const source = await parquet('x[1]*.parquet', `SELECT 'right one' AS text`);
  expect((await read(source)).texts).toEqual(['right one']);
});

test('cut short, of another kind, without rows, without text', async () => {
  const whole = readFileSync(
    await parquet('c.parquet', `SELECT 'some words ' || i AS text FROM range(3000) t(i)`),
  );
  for (const length of [2, 7, 100, whole.length >> 1, whole.length - 1])
    expect((await refusal(file(`cut-${length}.parquet`, whole.subarray(0, length)))).message).toMatch(
      /cut-\d+\.parquet is not a whole Parquet file/,
    );
  const damaged = Buffer.from(whole).fill(0x5a, 10, whole.length >> 1);
  expect((await refusal(file('damaged.parquet', damaged))).message).toMatch(/Parquet file/);
  expect((await refusal(file('csv.parquet', 'id,text\n1,some words\n'))).message).toMatch(
    /not a whole Parquet/,
  );
  expect((await refusal(await parquet('none.parquet', `SELECT 'a' AS text WHERE false`))).message).toMatch(
    /no rows/,
  );
  expect(
    (await refusal(await parquet('numbers.parquet', 'SELECT i, i * 2 AS j FROM range(5) t(i)'))).message,
  ).toMatch(/no column that looks like text \(its columns are i, j\)/);
  expect((await refusal(`${folder}/absent.parquet`)).message).toMatch(/There is no file/);
});

test('a cell beyond the limit is refused with its row', async () => {
  const source = await parquet(
    'long.parquet',
    `SELECT repeat('word ', CASE WHEN i = 3 THEN 1000 ELSE 1 END) AS text FROM range(5) t(i)`,
  );
  expect((await refusal(source, { limits: { recordBytes: 2000 } })).message).toMatch(
    /row 4 is longer than 2000 bytes/,
  );
});
