import fc from 'fast-check';
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
  const floats = '{"text":"a b","p":0.12345678901234568,"q":-1234567890123456.5,"r":1.234567890123456e-10}\n';
  const { columns, skipped } = await read(file('floats.jsonl', floats));
  expect(skipped).toEqual([]);
  expect(columns.map((c) => c.values[0])).toEqual([
    'a b',
    '0.12345678901234568',
    '-1234567890123456.5',
    '1.234567890123456e-10',
  ]);
});

test('keys named like those of every object are ordinary columns', async () => {
  const corpus = await read(file('proto.jsonl', '{"__proto__":"x","constructor":"y","text":"two words"}\n'));
  expect(corpus.columns.map((c) => c.name)).toEqual(['__proto__', 'constructor', 'text']);
});

test('a file that is one JSON list is read element by element', async () => {
  const rows = [
    {
      id: 'a',
      text: 'brackets ] } and , "quotes" \\ within a string',
      meta: { list: [1, [2]], deep: { er: 'x' } },
    },
    { id: 'b', text: 'another' },
    'a text alone',
  ];
  for (const [name, space] of [
    ['list.json', 0],
    ['pretty.json', 2],
    ['list.jsonl', 0],
    ['pretty.jsonl', 2],
  ] as const) {
    const corpus = await read(file(name, JSON.stringify(rows, null, space)), { id: 'id', text: 'text' });
    expect(corpus.texts, name).toEqual([rows[0], rows[1]].map((row) => (row as { text: string }).text));
    expect(corpus.columns.find((c) => c.name === 'meta.list')?.values[0]).toBe('[1,[2]]');
    expect(corpus.skipped).toEqual([{ row: 3, reason: 'has no id in the column id' }]);
  }
  expect((await read(file('strings.json', '["first text", "second text"]'))).texts).toEqual([
    'first text',
    'second text',
  ]);
  expect((await read(file('lines.json', '{"text":"as lines"}\n{"text":"as well"}\n'))).texts).toHaveLength(2);
});

test('an object around the list of documents is unwrapped', async () => {
  const data = Array.from({ length: 300 }, (_, i) => ({
    pk: i,
    text: `the ${i}th "text" of {these`,
    tags: [{}],
  }));
  for (const space of [0, 2]) {
    const answer = JSON.stringify(
      { total: 300, links: ['a'], data, id: 12345678901234567890n.toString() },
      null,
      space,
    );
    const corpus = await read(file('answer.json', answer));
    expect(corpus.texts).toEqual(data.map((row) => row.text));
    expect(corpus.columns.map((c) => c.name)).toEqual(['pk', 'text', 'tags']);
  }
  const two = await refusal(file('two.json', JSON.stringify({ posts: data, users: data })));
  expect(two.message).toMatch(/two\.json holds several lists \(posts, users\); give a file with the one/);
  // Lines are lines, whatever lists are in them, and a document alone is one.
  const lines = data.slice(0, 3).map((row) => JSON.stringify({ data: [row], text: row.text }));
  expect((await read(file('these.json', lines.join('\n')))).texts).toHaveLength(3);
  expect((await read(file('cut.json', `{"text": cut\n${lines.join('\n')}`))).texts).toHaveLength(3);
  expect((await read(file('one.json', '{"text": "just one", "by": {"name": "x"}}'))).texts).toEqual([
    'just one',
  ]);
});

test('a table that is no list of rows is refused with what to do', async () => {
  const keys = Array.from({ length: 20 }, (_, i) => String(i));
  const byKey = Object.fromEntries(keys.map((key) => [key, { text: `text ${key}`, label: 'a' }]));
  const column = (name: string) => Object.fromEntries(keys.map((key) => [key, `${name} ${key}`]));
  const lists = { text: keys.map((key) => `text ${key}`), label: keys };
  for (const shape of [byKey, { text: column('text'), label: column('label') }, lists])
    expect((await refusal(file('shape.json', JSON.stringify(shape)))).message).toMatch(
      /shape\.json is one object with a key for each column or document; write it as a list/,
    );
});

test('what is broken in a list costs its element, not the others', async () => {
  const corpus = await read(
    file('broken.json', '[{"text":"first one"}, {"text": broken}, 7, {"text":"last one"}} ]'),
  );
  expect(corpus.texts).toEqual(['first one']);
  expect(corpus.skipped.map(({ row }) => row)).toEqual([2, 3, 4]);
  const cut = await read(
    file('cut.json', '[{"text":"first one"},\n {"text":"second one"},\n {"text":"cut he'),
  );
  expect(cut.texts).toEqual(['first one', 'second one']);
  expect(cut.skipped).toEqual([{ row: 3, reason: 'is not JSON' }]);
});

test('a list is the same rows as its elements a line', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ text: fc.string({ unit: 'binary', minLength: 1 }), more: fc.jsonValue() }), {
        minLength: 1,
        maxLength: 20,
      }),
      fc.constantFrom(0, 1),
      async (rows, space) => {
        const options = { text: 'text', id: '', label: '', date: '' };
        const lines = rows.map((row) => JSON.stringify(row)).join('\n');
        const [a, b] = [
          await read(file('same.jsonl', lines), options),
          await read(file('same.json', JSON.stringify(rows, null, space)), options),
        ];
        expect(b.texts).toEqual(a.texts);
        expect(b.columns).toEqual(a.columns);
      },
    ),
    { numRuns: 30 },
  );
});

test('an empty file or list is refused with what to do', async () => {
  expect((await refusal(file('nothing.jsonl', '\n\n'))).message).toMatch(/is empty/);
  expect((await refusal(file('nothing.json', '[ ]'))).message).toMatch(/one JSON object a line, or a list/);
});
