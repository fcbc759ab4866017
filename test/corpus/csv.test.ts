import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { file, read } from './files.ts';

const column = (corpus: Awaited<ReturnType<typeof read>>, name: string) =>
  corpus.columns.find((c) => c.name === name)?.values;

test('quotes, line breaks in cells, mixed line ends and a missing last one', async () => {
  const corpus = await read(file('a.csv', 'id,text\r\n1,"a ""b"", c"\n2,"two\r\nlines"\r3,"last, one"'));
  expect(corpus.texts).toEqual(['a "b", c', 'two\r\nlines', 'last, one']);
  expect(corpus.ids).toEqual(['1', '2', '3']);
  expect(corpus.name).toBe('a');
});

test('an empty cell is empty, not missing, and a row is never lost', async () => {
  const corpus = await read(file('empty.csv', 'id,text,label\n1,,a\n2,"",a\n3,x y,b\n\n4,x y,\n'));
  expect(corpus.texts).toEqual(['', '', 'x y', 'x y']);
  expect([...corpus.empty]).toEqual([0, 1]);
  expect([...corpus.duplicateOf]).toEqual([-1, 0, -1, 2]);
  expect(column(corpus, 'label')).toEqual(['a', 'a', 'b', '']);
  expect(corpus.labels).toEqual(['a', 'a', 'b', null]);
});

test('malformed rows are skipped with their numbers and reasons', async () => {
  const corpus = await read(
    file(
      'bad.csv',
      'id,text,label\n1,first row,a\n2,too few\n3,too,many,cells\n4,"bad "quote" here",a\n5,fine again,b\n6,trailing,b,,\n',
    ),
  );
  expect(corpus.ids).toEqual(['1', '5', '6']);
  expect(corpus.skipped).toEqual([
    { row: 2, reason: 'has 2 cells where the header has 3' },
    { row: 3, reason: 'has 4 cells where the header has 3' },
    { row: 4, reason: 'a quote inside a quoted cell is not doubled' },
  ]);
});

test('a quote that is never closed costs its own row alone', async () => {
  const rows = Array.from({ length: 500 }, (_, i) => `${i},row number ${i}\n`);
  rows[3] = '3,"never closed\n';
  const corpus = await read(file('unclosed.csv', `id,text\n${rows.join('')}`));
  expect(corpus.ids).toHaveLength(499);
  expect(corpus.skipped).toEqual([{ row: 4, reason: 'a quote is opened and never closed' }]);
});

test('a stray quote that swallows rows until another one gives them back', async () => {
  const corpus = await read(
    file(
      'swallow.csv',
      'id,text,label\n1,"stray quote,a\n2,two words,b\n3,more" words,a\n4,"closed, well",b\n',
    ),
  );
  expect(corpus.ids).toEqual(['2', '3', '4']);
  expect(corpus.skipped.map((s) => s.row)).toEqual([1]);
});

test('semicolons, tabs and bars are found; a TSV without quoting keeps its quotes', async () => {
  expect((await read(file('semi.csv', 'id;text\n1;a, b, c\n2;d, e\n'))).texts).toEqual(['a, b, c', 'd, e']);
  expect((await read(file('sep.csv', 'sep=;\r\nid;text\r\n1;a, b, c\r\n'))).texts).toEqual(['a, b, c']);
  expect((await read(file('bar.csv', 'id|text\n1|a, b c\n2|d e\n'))).texts).toEqual(['a, b c', 'd e']);
  expect((await read(file('t.tsv', 'id\ttext\n1\t"quoted\ttab"\n2\tplain words\n'))).texts).toEqual([
    'quoted\ttab',
    'plain words',
  ]);
  expect((await read(file('q.tsv', 'id\ttext\n1\t"Wow" he said\n2\tan inch is 1"\n'))).texts).toEqual([
    '"Wow" he said',
    'an inch is 1"',
  ]);
});

test('a file of lines is one column, commas and all', async () => {
  const corpus = await read(file('lines.csv', 'text\nHello, world\n\n"quoted, too"\n'));
  expect(corpus.texts).toEqual(['Hello, world', '', 'quoted, too']);
  expect(corpus.ids).toEqual(['1', '2', '3']);
  const lines = 'Gates: "spyware", he said\nA second line, of words\n"Third" it was\n';
  expect((await read(file('lines.tsv', lines))).texts).toEqual(lines.trim().split('\n'));
});

test('a first row of data is no header; the index that pandas writes is one', async () => {
  const bare = await read(
    file('bare.csv', '3,"Wall St. bears",Short sellers are seeing green\n4,Second title,Second text here\n'),
  );
  expect(bare.columns.map((c) => c.name)).toEqual(['column 1', 'column 2', 'column 3']);
  expect(bare.texts).toEqual(['Short sellers are seeing green', 'Second text here']);
  const label = Array.from({ length: 9 }, (_, i) => `${i % 2 ? 'Sport' : 'News'},The ${i}th of some texts`);
  expect((await read(file('labels.csv', label.join('\n')))).texts).toHaveLength(9);
  const dated = 'Jan 5 2021;one text of them\nMay 6 2021;another text\n';
  expect((await read(file('dated.csv', dated))).texts).toEqual(['one text of them', 'another text']);
  const pandas = await read(file('pandas.csv', ',text,text\n0,a b,c d\n1,e f,g h\n'));
  expect(pandas.columns.map((c) => c.name)).toEqual(['index', 'text', 'text (2)']);
  expect(pandas.roles.id).toBe('index');
});

test('a header is one where its names come again: ticked boxes, files put together', async () => {
  const boxes = Array.from({ length: 9 }, (_, i) => `${i % 2 ? 'Red' : ''},The ${i}th of some texts`);
  const ticked = await read(file('boxes.csv', ['Red,Comment', ...boxes].join('\n')));
  expect(ticked.columns.map((c) => c.name)).toEqual(['Red', 'Comment']);
  const part = ['kind,text', 'a,one text', 'b,another text', 'a,a third'];
  const together = await read(file('together.csv', [...part, ...part, ...part].join('\n')));
  expect(together.columns.map((c) => c.name)).toEqual(['kind', 'text']);
});

test('NUL bytes are kept as they are', async () => {
  const corpus = await read(file('nul.csv', 'id,text\n1,one\0two words\n2,three four\n'));
  expect(corpus.texts).toEqual(['one\0two words', 'three four']);
});

test('gzip is told by its bytes, whatever the name', async () => {
  const packed = gzipSync('id,text\n1,from a gzip\n');
  expect((await read(file('x.csv.gz', packed))).texts).toEqual(['from a gzip']);
  expect((await read(file('y.csv', packed))).texts).toEqual(['from a gzip']);
});

test('a sample is drawn with the seed, keeps the order, and grows with its size', async () => {
  const rows = Array.from({ length: 9000 }, (_, i) => `${i},document number ${i}`);
  const source = file('many.csv', `id,text\n${rows.join('\n')}\n`);
  const small = await read(source, { sample: 100 });
  const again = await read(source, { sample: 100 });
  const large = await read(source, { sample: 2000 });
  expect(small.ids).toHaveLength(100);
  expect(again.ids).toEqual(small.ids);
  expect(small.ids.map(Number)).toEqual([...small.ids].map(Number).sort((a, b) => a - b));
  expect(large.ids).toHaveLength(2000);
  expect(large.ids).toEqual(expect.arrayContaining([...small.ids]));
  expect((await read(source, { sample: 100_000 })).ids).toHaveLength(9000);
});

test('property: what is written as RFC 4180 is read back, wherever the chunks end', async () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', 'é', '漢', '"', ',', '\n', '\r', ' ', ';', '😀'),
    maxLength: 12,
  });
  let n = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 30 }), async (rows) => {
      const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const body = rows.map(([a, b]) => `${quote(a)},${quote(b)}\n`).join('');
      const corpus = await read(file(`property-${n++}.csv`, `note,text\n${body}`), { text: 'text', id: '' });
      expect(corpus.texts).toEqual(rows.map((r) => r[1]));
      expect(column(corpus, 'note')).toEqual(rows.map((r) => r[0]));
      expect(corpus.skipped).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('property: any bytes are read or refused with a sentence; rows and skipped rows add up to the file’s', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', ' '), maxLength: 10 });
  let n = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 20 }), async (lines) => {
      const body = lines.map((l) => `${l}\n`).join('');
      const corpus = await read(file(`any-${n++}.csv`, `id,text\n0,some words here\n${body}`), {
        id: '',
        text: 'text',
      });
      const rows = [...corpus.ids.map(Number), ...corpus.skipped.map((s) => s.row)].sort((a, b) => a - b);
      expect(rows).toEqual(rows.map((_, i) => i + 1));
    }),
    { numRuns: 200 },
  );
});
