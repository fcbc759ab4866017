import { expect, test } from 'vitest';
import { quietContext } from '../../core/base/progress.ts';
import { previewCorpus, readCorpus } from '../../core/corpus/index.ts';
import { guessLanguage, guessLanguages } from '../../core/corpus/languages.ts';
import { countWords } from '../../core/corpus/column-types.ts';
import { file } from './files.ts';

test('the preview shows what a run would see', async () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) =>
      `${i},the ${i}th document is about this and that,${i % 2 ? 'odd' : 'even'},2024-01-0${1 + (i % 9)}`,
  );
  rows.push('60,,odd,2024-01-01', '61,the 1th document is about this and that,odd,', '62,too few');
  const source = file('preview.csv', `nr,body,kind,day\n${rows.join('\n')}\n`);
  const preview = await previewCorpus(source, { id: 'nr', label: 'kind' }, quietContext());
  expect(preview).toMatchObject({
    source,
    name: 'preview',
    rows: 62,
    columns: [
      { name: 'nr', type: 'integer' },
      { name: 'body', type: 'text' },
      { name: 'kind', type: 'category' },
      { name: 'day', type: 'date' },
    ],
    roles: { text: 'body', id: 'nr', label: 'kind', date: 'day' },
    words: { min: 8, median: 8, max: 8 },
    languages: [{ code: 'en', share: 1 }],
    empty: 1,
    duplicates: 1,
    skipped: [{ row: 63, reason: 'has 2 cells where the header has 4' }],
  });
  expect(preview.first).toHaveLength(50);
  expect(preview.first[1]).toEqual({
    nr: '1',
    body: 'the 1th document is about this and that',
    kind: 'odd',
    day: '2024-01-02',
  });
  expect(preview.warnings).toEqual([
    "1 of the rows can't be read; the first is row 63: has 2 cells where the header has 4.",
  ]);
});

test('a missing text column is a warning here, so that one can be chosen', async () => {
  const preview = await previewCorpus(file('numbers.csv', 'a,b\n1,2\n3,4\n'), {}, quietContext());
  expect(preview.roles.text).toBe('');
  expect(preview.warnings).toEqual(['No column looks like text: choose the one to read.']);
});

test('few, equal and empty documents are pointed out', async () => {
  const equal = await previewCorpus(file('equal.csv', 'text\nsame words\nsame words\n'), {}, quietContext());
  expect(equal.warnings.join(' ')).toMatch(/Only 2 documents .* All documents are equal/);
  const empty = await previewCorpus(file('void.csv', 'id,text\n1,\n2,\n'), { text: 'text' }, quietContext());
  expect(empty.warnings[0]).toMatch(/No document has text in the column text/);
});

test('an old encoding that was guessed is pointed out', async () => {
  const source = file('old.csv', Buffer.from('id,text\n1,caf\xe9 au lait\n', 'latin1'));
  const preview = await previewCorpus(source, {}, quietContext());
  expect(preview.notes).toEqual({ encoding: 'windows-1252', separator: ',' });
  expect(preview.warnings[0]).toMatch(/was read as windows-1252/);
  const named = await previewCorpus(source, { encoding: 'latin-1' }, quietContext());
  expect(named.warnings.join()).not.toMatch(/windows-1252/);
});

test('the bundled corpus', async () => {
  const corpus = await readCorpus('debian-packages', {}, quietContext());
  expect(corpus.name).toBe('debian-packages');
  expect(corpus.ids.length).toBeGreaterThan(18_000);
  expect(new Set(corpus.labels).size).toBe(45);
  expect(corpus.roles).toEqual({ text: 'text', id: 'id', label: 'label', date: null });
  expect(corpus.empty).toHaveLength(0);
  expect(corpus.duplicateOf.every((first) => first === -1)).toBe(true);
  expect(corpus.texts.some((text) => /[\w.]+@[\w-]+\.\w+/.test(text))).toBe(false);
});

test.each([
  ['en', 'The weather will be fine on most of the coasts'],
  ['de', 'Das Wetter wird an den meisten Küsten schön und nicht kalt'],
  ['fr', 'Le temps sera beau sur la plupart des côtes, mais pas dans les montagnes'],
  ['es', 'El tiempo será bueno en la mayoría de las costas y por el sur'],
  ['pt', 'O tempo não será bom para uma viagem ao sul, mas está melhor em casa'],
  ['it', 'Il tempo non sarà bello nella parte del sud che è più calda'],
  ['nl', 'Het weer is niet mooi in het zuiden van het land maar wel hier'],
  ['ru', 'Погода будет хорошей на большей части побережья, но не в горах'],
  ['zh', '大部分沿海地区天气晴朗'],
  ['ja', '沿岸の大部分で天気が良いでしょう'],
  ['ko', '해안 대부분의 날씨가 좋겠습니다'],
  ['ar', 'سيكون الطقس جيدا على معظم السواحل'],
  [null, '12345 --- !!'],
  ['fr', 'La banque du pays a un problème'],
  ['es', 'La casa es un jardín'],
  ['it', 'La casa ha un giardino'],
  [null, 'xyzzy'],
  [null, 'https://www.example.com/com/1 com@example.com'],
] as const)('a text in %s', (code, text) => {
  expect(guessLanguage(text)).toBe(code);
});

test('shares of languages, and words in scripts with and without spaces', () => {
  expect(guessLanguages(['the cat is here', 'the dog was there', 'der Hund ist nicht da', '...'])).toEqual([
    { code: 'en', share: 2 / 3 },
    { code: 'de', share: 1 / 3 },
  ]);
  // Of codes and names nothing is known, whatever the one text among them is.
  const codes = Array.from({ length: 30 }, (_, i) => `xyzzy${i} plugh`);
  expect(guessLanguages([...codes, 'der Hund ist nicht da'])).toEqual([]);
  expect(countWords('  two  words\n')).toBe(2);
  expect(countWords('体验巅峰')).toBe(2);
  expect(countWords('')).toBe(0);
});

test('e-mails with their headers are recognised, and the headers left out on request', async () => {
  const mail = (i: number): string =>
    `Received: from mx${i} by mail.example.org\r\nMIME-Version: 1.0\r\nFrom: p${i}@example.com\r\nSubject: Re: x\r\n\r\nThe body of mail ${i}`;
  const lines = [0, 1, 2].map((i) => JSON.stringify({ text: mail(i) })).join('\n');
  const preview = await previewCorpus(file('mails.jsonl', lines), {}, quietContext());
  expect(preview.warnings.join(' ')).toMatch(/look like e-mails .*--strip headers,footers,quotes/);
  const bodies = await readCorpus(file('mails.jsonl', lines), { strip: ['headers'] }, quietContext());
  expect(bodies.texts).toEqual(['The body of mail 0', 'The body of mail 1', 'The body of mail 2']);
});
