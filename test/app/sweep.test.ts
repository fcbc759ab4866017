import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ProjectSummary, Results } from '../../core/protocol.ts';
import { writeSmallCorpus } from '../cli/cli.ts';
import { engineIn } from './engine.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'moetopic-sweep-'));
const { ask, engine } = engineIn(path.join(folder, 'data'));
const source = writeSmallCorpus(path.join(folder, 'corpus.csv'));
let curve: Results['quality.sweep'];

async function run(params: Record<string, unknown>): Promise<{ topics: number; outlierShare: number }> {
  const found: ProjectSummary = await ask('run.start', { source, params });
  return {
    topics: found.topics.filter((topic) => topic.id >= 0).length,
    outlierShare: found.outliers / found.documents,
  };
}

beforeAll(async () => {
  const automatic = await run({});
  curve = await ask('quality.sweep', {});
  const marked = curve.filter((point) => point.automatic);
  expect(marked).toEqual([{ size: marked[0]?.size, automatic: true, ...automatic }]);
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

it('shows, size by size, what one gets by choosing it', async () => {
  expect(curve.length).toBeGreaterThan(3);
  for (const { size, topics, outlierShare } of [curve[0], curve[2], curve.at(-1)!])
    expect(await run({ minTopicSize: size, selection: 'broad' }), `size ${size}`).toEqual({
      topics,
      outlierShare,
    });
});

it('is the reference’s where the project’s topics are', async () => {
  await run({ selection: 'eom' });
  const [first] = (await ask('quality.sweep', {})).filter((point) => !point.automatic);
  const { size, topics, outlierShare } = first;
  expect(await run({ minTopicSize: size, selection: 'eom' })).toEqual({ topics, outlierShare });
});
