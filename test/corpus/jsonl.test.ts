import { expect, test } from 'vitest';
import { file, read, refusal } from './files.ts';

test('keys become columns, whenever they first appear; values become text', async () => {
  const lines = [
    { id: 1, text: 'one document', tags: ['a', 'b'] },
    { text: 'another document', id: 2, score: 0.5, ok: true },
    { id: 3, text: null },
  ];
  const corpus = await read(file('a.jsonl', lines.map((l) => JSON.stringify(l)).join('\n')));
  expect(corpus.texts).toEqual(['one document', 'another document', '']);
  expect(corpus.ids).toEqual(['1', '2', '3']);
  expect(Object.fromEntries(corpus.columns.map((c) => [c.name, c.values]))).toEqual({
    id: ['1', '2', '3'],
    text: ['one document', 'another document', null],
    tags: ['["a","b"]', null, null],
    score: [null, '0.5', null],
    ok: [null, 'true', null],
  });
});

test('keys of an object within are columns behind its own', async () => {
  const lines = Array.from({ length: 6 }, (_, i) => ({
    id: i,
    data: { text: `a document on subject ${i}`, meta: { tag: i % 2 ? 'odd' : 'even', none: {}, list: [i] } },
  }));
  const corpus = await read(file('nested.jsonl', lines.map((l) => JSON.stringify(l)).join('\n')));
  expect(corpus.roles).toMatchObject({ text: 'data.text', label: 'data.meta.tag', id: 'id' });
  expect(corpus.texts[3]).toBe('a document on subject 3');
  expect(corpus.columns.map(({ name, values }) => [name, values[1]])).toEqual([
    ['id', '1'],
    ['data.text', 'a document on subject 1'],
    ['data.meta.tag', 'odd'],
    ['data.meta.none', '{}'],
    ['data.meta.list', '[1]'],
  ]);
});

test('a dictionary with a key of its own in each line stays JSON at last', async () => {
  const lines = Array.from({ length: 400 }, (_, i) => ({ text: 'some text', by: { [`user ${i}`]: i } }));
  const corpus = await read(file('keys.jsonl', lines.map((l) => JSON.stringify(l)).join('\n')));
  expect(corpus.columns.length).toBeLessThanOrEqual(201);
  expect(corpus.columns.at(-1)).toMatchObject({ name: 'by' });
  expect(corpus.columns.at(-1)!.values[399]).toBe('{"user 399":399}');
});

test('lines that are no objects are skipped by line number; blank ones are none', async () => {
  const corpus = await read(
    file('b.jsonl', '{"text":"first one"}\r\n\n{"text": broken\n[1]\n7\n"a text alone"\n{"text":"last one"}'),
  );
  expect(corpus.texts).toEqual(['first one', 'a text alone', 'last one']);
  expect(corpus.ids).toEqual(['1', '6', '7']);
  expect(corpus.skipped).toEqual([
    { row: 3, reason: 'is not JSON' },
    { row: 4, reason: 'is JSON but not an object' },
    { row: 5, reason: 'is JSON but not an object' },
  ]);
});

test('large integers keep all their digits', async () => {
  const corpus = await read(
    file(
      'big.jsonl',
      '{"id":12345678901234567890,"text":"see 12345678901234567890"}\n{"id":-98765432109876543210,"text":"a b"}\n',
    ),
  );
  expect(corpus.ids).toEqual(['12345678901234567890', '-98765432109876543210']);
  expect(corpus.texts[0]).toBe('see 12345678901234567890');
});

test('keys named like those of every object are ordinary columns', async () => {
  const corpus = await read(file('proto.jsonl', '{"__proto__":"x","constructor":"y","text":"two words"}\n'));
  expect(corpus.columns.map((c) => c.name)).toEqual(['__proto__', 'constructor', 'text']);
});

test('one JSON list is refused with what to do', async () => {
  expect((await refusal(file('list.jsonl', '[\n{"text":"a"}\n]'))).message).toMatch(/one object a line/);
  expect((await refusal(file('nothing.jsonl', '\n\n'))).message).toMatch(/is empty/);
});
