import { expect, test } from 'vitest';
import { topicLines } from '../../app/cli/topic-lines.ts';

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
