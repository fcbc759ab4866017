import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DuckDBInstance } from '@duckdb/node-api';
import { csvCell, csvLines, documentsCsv, skippedCsv, topicsCsv, writeCsv } from '../../core/export/index.ts';
import { temporaryFolder } from '../store/folder.ts';
import { sampleView } from './view.ts';

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['+SUM(A1)', "'+SUM(A1)"],
  ['-2+3', "'-2+3"],
  ['@x', "'@x"],
  ['\tx', "'\tx"],
  ['\rx', '"\'\rx"'],
  ['-5', '-5'],
  ['+1.5e-3', '+1.5e-3'],
  ['nul\0', '"nul\ufffd"'],
  [null, ''],
  [-1, '-1'],
  [0.5, '0.5'],
])('the cell %j is written %j', (value, expected) => {
  expect(csvCell(value)).toBe(expected);
});

test('raw cells are quoted but not changed', () => {
  expect(csvCell('=1+1', true)).toBe('=1+1');
  expect(csvCell('nul\0', true)).toBe('"nul\0"');
});

/** A strict reader of RFC 4180, for the tests alone. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      let cell = '';
      if (text[at] === '"') {
        for (at++; ; at++) {
          if (text[at] === '"' && text[at + 1] !== '"') break;
          if (text[at] === '"') at++;
          cell += text[at];
        }
        at++;
      } else while (at < text.length && !',\r\n'.includes(text[at])) cell += text[at++];
      row.push(cell);
      if (text[at] !== ',') break;
      at++;
    }
    expect(text.slice(at, at + 2)).toBe('\r\n');
    at += 2;
    rows.push(row);
  }
  return rows;
}

test('any table reads back as it was, by RFC 4180', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\r', '\n', '=', '語', '👩') });
  const table = fc
    .integer({ min: 1, max: 4 })
    .chain((n) => fc.array(fc.array(cell, { minLength: n, maxLength: n })));
  fc.assert(
    fc.property(table, (rows) => {
      const header = (rows[0] ?? ['a']).map((_, i) => `c${i}`);
      expect(parse([...csvLines(header, rows, true)].join(''))).toEqual([header, ...rows]);
    }),
  );
});

async function written(write: (file: string) => Promise<void>): Promise<string> {
  const file = path.join(temporaryFolder(), 'out.csv');
  await write(file);
  return readFileSync(file, 'utf8');
}

test('topics.csv has its columns to the letter', async () => {
  const text = await written((file) => topicsCsv(sampleView(), file));
  expect(text).toBe(
    [
      'topic,count,share,name,keywords,weights,representative_ids',
      `-1,4,0.5,outliers,"a, ""b""; =cmd",0.123457; 1e-9,doc-1; doc-2`,
      `0,4,0.5,'@home <b>,"a, ""b""; =cmd",0.123457; 1e-9,doc-1; doc-2`,
      `1,4,0.5,space,"a, ""b""; =cmd",0.123457; 1e-9,doc-1; doc-2`,
      '',
    ].join('\r\n'),
  );
});

test('documents.csv has every row, its columns and then the corpus’ own', async () => {
  const rows = parse(await written((file) => documentsCsv(sampleView(), file)));
  expect(rows[0]).toEqual(['id', 'topic', 'name', 'probability', 'assigned_by', 'x', 'y', 'text', 'class']);
  expect(rows).toHaveLength(9);
  expect(rows[1]).toEqual([
    'doc-0',
    '0',
    "'@home <b>",
    '1',
    'fit',
    '0',
    '7',
    '<img src=x onerror=alert(1)>',
    '',
  ]);
  expect(rows[4].slice(3, 7)).toEqual(['0.123457', 'fit', '-3.25', '4']);
  expect(rows[5]).toEqual(['doc-4', '-1', 'outliers', '0', 'fit', '', '', '', 'label 0']);
  expect(rows[6][3]).toBe('0');
  expect(rows[8][5]).toBe('0');
});

test('a colliding column gets a prefix, the id column is not repeated', async () => {
  const values = sampleView().ids.map(() => 'v');
  const names = ['name', 'text', 'x', 'corpus_x', 'Topic'];
  const view = sampleView({ columns: names.map((name) => ({ name, values })) });
  const [header] = parse(await written((file) => documentsCsv(view, file)));
  expect(header.slice(7)).toEqual(['text', 'corpus_x', 'corpus_corpus_x', 'Topic']);
  const unnamed = { ...view, roles: { ...view.roles, id: null } };
  const [all] = parse(await written((file) => documentsCsv(unnamed, file)));
  expect(all.slice(7)).toEqual(['corpus_name', 'text', 'corpus_x', 'corpus_corpus_x', 'Topic']);
});

test('a selection writes its rows alone', async () => {
  const rows = parse(await written((file) => documentsCsv(sampleView(), file, { rows: [3, 1] })));
  expect(rows.map((r) => r[0])).toEqual(['id', 'doc-3', 'doc-1']);
});

test('skipped.csv says why', async () => {
  expect(await written((file) => skippedCsv(sampleView(), file))).toBe('row,reason\r\n9,too many fields\r\n');
});

test('what stops half-way leaves no file behind', async () => {
  const file = path.join(temporaryFolder(), 'out.csv');
  const rows = function* (): Generator<string[]> {
    for (let i = 0; i < 100_000; i++) yield ['some text'];
    throw new Error('stopped');
  };
  await expect(writeCsv(file, ['a'], rows())).rejects.toThrow('stopped');
  const cancelled = AbortSignal.abort();
  await expect(writeCsv(file, ['a'], [['b']], { signal: cancelled })).rejects.toThrow('Cancelled');
  expect(existsSync(file)).toBe(false);
});

test('DuckDB reads documents.csv as it was written', async () => {
  const file = path.join(temporaryFolder(), 'documents.csv');
  await documentsCsv(sampleView(), file);
  const connection = await (await DuckDBInstance.create()).connect();
  const reader = await connection.runAndReadAll(
    `SELECT id, text FROM read_csv('${file}', all_varchar = true) WHERE topic = '1'`,
  );
  expect(reader.getRows()).toEqual([
    ['doc-2', 'nul \ufffd inside'],
    ['doc-3', 'שלום עולם 👩‍🚀 \u2028 separator'],
    ['doc-6', "it's; a|list"],
  ]);
});
