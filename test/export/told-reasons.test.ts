import { expect, test } from 'vitest';
import { exportHtml } from '../../core/export/index.ts';
import { sizeReasons } from '../../core/run/reasons.ts';
import { parseRunParams } from '../../core/run/params.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../store/folder.ts';
import { sampleView } from './view.ts';

const runs: [Record<string, unknown>, number][] = [
  [{}, 18_846],
  [{}, 300],
  [{}, 20],
  [{ minTopicSize: 12, minSamples: 3, neighbors: 10, selection: 'leaf' }, 500],
  [{ minTopicSize: 12 }, 500],
  [{ epsilon: 0.1 }, 500],
  [{ clusterer: 'kmeans' }, 500],
  [{ clusterer: 'hdbscan-ts' }, 500],
  [{ clusterer: 'kmeans', topics: 7 }, 500],
];

async function told(reasons: readonly string[], language: 'en' | 'zh-CN'): Promise<string[]> {
  const file = path.join(temporaryFolder(), 'map.html');
  const view = sampleView({ reasons });
  const empty = { data: [], layout: {} };
  await exportHtml(view, file, { map: { light: empty, dark: empty }, language });
  const data = /<script id="data"[^>]*>(.*?)<\/script>/s.exec(readFileSync(file, 'utf8'))![1];
  return (JSON.parse(data) as { reasons: string[] }).reasons;
}

test.each(runs)(
  'a Chinese report tells in Chinese why sizes are so: %j, %i documents',
  async (flags, rows) => {
    const reasons = sizeReasons(parseRunParams(flags), rows);
    expect(reasons.length).toBeGreaterThan(0);
    expect(await told(reasons, 'en')).toEqual(reasons);
    const chinese = await told(reasons, 'zh-CN');
    const numbers = (sentences: string[]): string[] => sentences.join(' ').match(/\d+/g)!.sort();
    expect(numbers(chinese)).toEqual(numbers(reasons));
    for (const sentence of chinese) {
      expect(sentence).toMatch(/\p{Script=Han}/u);
      expect(sentence).not.toMatch(/[a-z]{2,} [a-z]{2,} [a-z]{2,}/i);
    }
  },
);

test('a sentence that nobody knows stays as it is', async () => {
  expect(await told(['Nobody wrote this.'], 'zh-CN')).toEqual(['Nobody wrote this.']);
});
