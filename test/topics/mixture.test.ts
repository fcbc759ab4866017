import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { quietContext } from '../../core/base/progress.ts';
import { keywordParams, topicTerms, vectorise } from '../../core/keywords/index.ts';
import { exportDistributions } from '../../core/project/export-distributions.ts';
import type { Session } from '../../core/project/session.ts';
import { file } from '../corpus/files.ts';

test('a long document’s mixture is of the whole of it, not of its beginning', async () => {
  const hockey = 'puck goalie skate league ';
  const space = 'orbit rocket moon lander ';
  const texts = [hockey.repeat(5), space.repeat(5), hockey.repeat(2000) + space.repeat(6000)];
  const params = keywordParams.parse({ language: 'en' });
  const terms = await vectorise(texts.slice(0, 2), params, quietContext());
  const session = {
    corpus: { ids: ['a', 'b', 'long'], texts },
    state: { topics: [{ id: 0 }, { id: 1 }] },
    topicTerms: () => Promise.resolve(topicTerms(terms, Int32Array.of(0, 1), params)),
  } as unknown as Session;
  const target = file('mixture.csv', '');
  await exportDistributions(session, target, quietContext());
  const [, , , long] = readFileSync(target, 'utf8').split('\r\n');
  const [id, first, second] = long.split(',');
  expect(id).toBe('long');
  expect(Number(first)).toBeCloseTo(0.25, 3);
  expect(Number(second)).toBeCloseTo(0.75, 3);
});
