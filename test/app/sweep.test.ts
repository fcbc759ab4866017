import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
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

/** What the report of the open project tells about its sizes. */
async function reported(): Promise<string[]> {
  const file = path.join(folder, 'report.html');
  await ask('export', { format: 'html', path: file });
  const data = /<script id="data"[^>]*>(.*?)<\/script>/s.exec(readFileSync(file, 'utf8'))![1];
  return (JSON.parse(data) as { reasons: string[] }).reasons;
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

it('is what clustering the project again gives, its predictions too, and undo takes it back', async () => {
  const before = await run({});
  const old: ProjectSummary['topics'] = await ask('topics.list', {});
  const others: typeof curve = await ask('quality.sweep', { sizes: [2, 3, 15, 20, 30, 40, 60] });
  const { size, topics, outlierShare } = others.find((point) => point.topics !== before.topics)!;
  const operation = { type: 'recluster', minTopicSize: size };
  const found: ProjectSummary = await ask('topics.apply', { operation });
  const real = found.topics.filter((topic) => topic.id >= 0);
  expect({ topics: real.length, outlierShare: found.outliers / found.documents }).toEqual({
    topics,
    outlierShare,
  });
  expect(found.minTopicSize).toBe(size);
  // The window and the report tell why these topics have their sizes, no longer why the run's had theirs.
  const reasons = [
    `Minimum topic size ${size}: as asked for.`,
    'Minimum samples 2: more would turn the documents between topics into outliers.',
    expect.stringMatching(/^Selection broad: /),
    expect.stringMatching(/^Neighbours 15: /),
  ];
  expect(found.reasons).toEqual(reasons);
  expect(await reported()).toEqual(reasons);
  // The corpus itself as new documents: those that are clustered go where they are.
  const map: Results['project.map'] = await ask('project.map', {});
  const predicted: Results['documents.predict'] = await ask('documents.predict', { source });
  const same = predicted.filter(({ topic }, d) => topic === map.topic[d]).length;
  expect(same / predicted.length).toBeGreaterThan(0.9);
  // The strengths are those of the new clustering, not of the run.
  for (const [d, topic] of map.topic.entries()) if (topic < 0) expect(map.probability[d]).toBe(0);
  const again: ProjectSummary = await ask('topics.undo', {});
  expect(again.topics).toEqual(old);
  expect(again.minTopicSize).not.toBe(size);
  expect(again.reasons[0]).toBe('Minimum topic size 5: the least that is chosen, for 120 documents.');
  expect(await reported()).toEqual(again.reasons);
});

it('is the reference’s where the project’s topics are', async () => {
  await run({ selection: 'eom' });
  const [first] = (await ask('quality.sweep', {})).filter((point) => !point.automatic);
  const { size, topics, outlierShare } = first;
  expect(await run({ minTopicSize: size, selection: 'eom' })).toEqual({ topics, outlierShare });
});
