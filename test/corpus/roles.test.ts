import { expect, test } from 'vitest';
import { findRoles } from '../../core/corpus/roles.ts';

const wanted = { text: null, id: null, label: null, date: null };
const table = (columns: Record<string, (string | null)[]>) =>
  Object.entries(columns).map(([name, values]) => ({ name, values }));
const texts = ['a first text', 'a second text', 'a third one', 'and a last one'];

test.each([
  ['plain names', { id: ['1', '2', '3', '4'], text: texts, label: ['x', 'y', 'x', 'y'] }, 'text id label -'],
  [
    'other names',
    { doc_id: ['a', 'b', 'c', 'd'], Body: texts, Category: ['x', 'y', 'x', 'y'] },
    'Body doc_id Category -',
  ],
  [
    'abstract before title',
    { title: texts, abstract: texts, year: ['2001', '2002', '2003', '2004'] },
    'abstract - - year',
  ],
  [
    'the wordiest, unnamed',
    { a: ['x y', 'y z', 'z x', 'x z'], b: texts.map((t) => `${t} and more of it`) },
    'b - - -',
  ],
  ['years with gaps', { text: texts, year: ['2001.0', null, '2003.0', '2003.0'] }, 'text - - year'],
  ['no years', { text: texts, time: ['0.5', '12.25', '2003.0', '1.0'] }, 'text - - -'],
  [
    'dates that a person filled in',
    { text: texts, date: ['2001', '5 Mar 2002', 'n/a', '2003-01-01'] },
    'text - - date',
  ],
  [
    'seconds with gaps, as pandas writes them',
    { text: texts, created_utc: ['1614556800.0', null, '1614557800.0', '1614556900.0'] },
    'text - - created_utc',
  ],
  ['days that are only numbers', { text: texts, day: ['1', '2', '3', '4'] }, 'text - - -'],
  [
    'a date with German months',
    { text: texts, am: ['1. März 2021', '2. Oktober 2021', '3. Dezember 2021', '4. Januar 2022'] },
    'text - - am',
  ],
  [
    'a date in Chinese',
    { text: texts, when: ['2020年', '2020年', '2021年3月', '2022年5月5日'] },
    'text - - when',
  ],
  [
    'a date by its cells',
    { text: texts, when: ['2020-01-01', '2020-02-01', '2021-01-01', '2022-05-05'] },
    'text - - when',
  ],
  ['ids that repeat are none', { id: ['1', '1', '2', '3'], text: texts }, 'text - - -'],
  ['labels that never repeat are none', { text: texts, label: ['p', 'q', 'r', 's'] }, 'text - - -'],
  ['numbers under a text’s name', { text: ['1', '2', '3', '4'], note: texts }, 'note - - -'],
  [
    'Chinese',
    { 编号: ['1', '2', '3', '4'], 内容: ['体验巅峰', '化石树开花', '港股缩量', '动漫抓拍'] },
    '内容 - - -',
  ],
  [
    'German, by names',
    { Überschrift: texts, Inhalt: texts, Rubrik: ['x', 'y', 'x', 'y'] },
    'Inhalt - Rubrik -',
  ],
  [
    'names with accents',
    { Texte: texts, Catégorie: ['x', 'y', 'x', 'y'], epoch: ['1614556800', '1614556801', '1614556800', '1'] },
    'Texte - Catégorie epoch',
  ],
  [
    'a title and an unnamed text that is far longer',
    { title: texts, story: texts.map((t) => `${t} ${'and so on '.repeat(10)}`) },
    'story - - -',
  ],
  [
    'a title and an unnamed note that is hardly longer',
    { title: texts, note: texts.map((t) => `${t} and so on`) },
    'title - - -',
  ],
  [
    'the parts of a post',
    { 'post.title': texts, 'post.selftext': texts, 'post.url': ['a', 'b', 'c', 'd'] },
    'post.selftext post.url - -',
  ],
  ['nothing but numbers', { a: ['1', '2', '3', '4'], b: ['5', '6', '7', '8'] }, '- - - -'],
] as const)('%s', (_, columns, expected) => {
  const roles = findRoles(table(columns as unknown as Record<string, string[]>), wanted, 'x.csv');
  expect([roles.text || '-', roles.id ?? '-', roles.label ?? '-', roles.date ?? '-'].join(' ')).toBe(
    expected,
  );
});

test('what is asked for wins, and an empty name means none', () => {
  const columns = table({ id: ['1', '2', '3', '4'], text: texts, label: ['x', 'y', 'x', 'y'], other: texts });
  expect(findRoles(columns, { text: 'other', id: '', label: '', date: 'text' }, 'x.csv')).toEqual({
    text: 'other',
    id: null,
    label: null,
    date: 'text',
  });
});
