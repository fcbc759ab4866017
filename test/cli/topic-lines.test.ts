import { expect, test } from 'vitest';
import { guessedColumns, topicLines } from '../../app/cli/topic-lines.ts';

const topic = (id: number, name: string, words: string[], count: number) => ({
  ...{ id, name, count, share: count / 100, representatives: [] },
  keywords: words.map((keyword) => ({ keyword, weight: 1 })),
});
const topics = [
  topic(0, 'ship · sea', ['ship', 'ships', 'sea'], 60),
  topic(1, 'A name', ['bread', 'oven'], 20),
  topic(2, 'Topic 2', [], 5),
  topic(-1, 'Outliers', ['and'], 15),
];

test('a line of the list has the name where its keywords don’t say it', () => {
  expect(topicLines(topics, {}).split('\n').slice(2, 6)).toEqual([
    '   0       60  60.0 %  ship, ships, sea',
    '   1       20  20.0 %  A name: bread, oven',
    '   2        5   5.0 %  Topic 2',
    '   –       15  15.0 %  outliers: and',
  ]);
});

test('a run says how many of the outliers have no text, where there are such', () => {
  expect(topicLines(topics, { corpus: { empty: 12 } })).toMatch(
    /\n12 of the outliers have no text to go by\.\n$/,
  );
  expect(topicLines(topics, { corpus: { empty: 0 } })).not.toMatch(/no text/);
});

test('a run says which documents were read in part only, and how to read them whole', () => {
  const manifest = { corpus: { truncated: 1 }, chosen: { embed: { maxTokens: 256 } } };
  expect(topicLines(topics, manifest)).toMatch(
    /\nOnly the beginning of 1 document was embedded \(256 tokens\): --long chunk reads all of it\.\n$/,
  );
  expect(topicLines(topics, { corpus: { truncated: 0 } })).not.toMatch(/beginning/);
});

test('a run says which columns it guessed', () => {
  const roles = { text: 'data.text', id: null, date: 'meta.created_at', label: 'theme' };
  expect(guessedColumns(roles, { label: 'theme', id: '' })).toBe(
    'Columns guessed: text data.text, date meta.created_at (--text, --date to choose).',
  );
  expect(guessedColumns({ ...roles, date: null }, { text: 'data.text', label: 'theme', id: '' })).toBe(
    'Columns guessed: date none (--date to choose).',
  );
  expect(guessedColumns(roles, { text: 'a', id: '', date: '', label: '' })).toBeNull();
});
