import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../app/worker/engine.ts';
import { figureNames } from '../../core/index.ts';
import type {
  EngineMessage,
  MapData,
  PlotlyFigure,
  ProjectSummary,
  Results,
  TopicPage,
} from '../../core/protocol.ts';
import { figureNames as shownFigures } from '../../renderer/views/figures/names.ts';
import { writeSmallCorpus } from '../cli/cli.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'moetopic-engine-'));
let engine: Engine;
let next = 1;

/** Asks the engine as a window does; rejects with its error. */
function ask<T>(method: string, params: unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    engine.request({ type: 'request', id: next++, method, params } as never, (message: EngineMessage) => {
      if (message.type === 'result') resolve(message.result as T);
      if (message.type === 'error') reject(new Error(message.error.message));
    });
  });
}

/** The small corpus with a day of 2024 for each document, in the German way of writing it, and one without text. */
function datedCorpus(): string {
  const file = writeSmallCorpus(path.join(folder, 'corpus.csv'));
  const [head, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const dated = rows.map((row, i) => `${row},${String((i % 28) + 1).padStart(2, '0')}.0${(i % 9) + 1}.2024`);
  writeFileSync(file, [`${head},date`, ...dated, 'none,the void,,sea,01.01.2024', ''].join('\n'));
  return file;
}

beforeAll(async () => {
  engine = createEngine({ dataFolder: folder });
  const roles = { text: 'text', id: 'id', label: 'label', date: 'date' };
  const params = { minTopicSize: 8 };
  const summary = await ask<ProjectSummary>('run.start', { source: datedCorpus(), roles, params });
  expect(summary.topics.filter((topic) => topic.id >= 0).length).toBeGreaterThan(1);
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

describe('the engine behind a window', () => {
  it('draws every figure that the window lists', async () => {
    // Those that the window draws itself have answers of their own.
    for (const name of shownFigures.filter((figure) => figure !== 'expert-topics')) {
      expect(figureNames).toContain(name);
      const figure = await ask<PlotlyFigure>('figure', { name, options: { theme: 'dark' } });
      expect(figure.data.length, name).toBeGreaterThan(0);
    }
  });

  it('counts topics over time in calendar spans, whatever way the dates are written', async () => {
    const { data } = await ask<PlotlyFigure>('figure', { name: 'over-time' });
    const [line] = data as { x: string[]; y: number[] }[];
    expect(line.x[0]).toMatch(/^2024-01-01$|^2023-12-/);
    expect(line.y.reduce((a, b) => a + b)).toBeGreaterThan(5);
    const page = await ask<TopicPage>('topics.page', { topic: 0 });
    expect(page.byDate.reduce((sum, span) => sum + span.count, 0)).toBe(page.topic.count);
    const map = await ask<MapData>('project.map', {});
    expect(map.date!.every((time) => Number.isFinite(time))).toBe(true);
  });

  it('gives the beginnings of documents as plain text: the window shows no markup', async () => {
    const { hover } = await ask<MapData>('project.map', {});
    const { snippet } = await ask<Results['documents.get']>('documents.get', { row: 0 });
    // Longer than a line of Plotly's hover labels, which are broken with <br>.
    expect(hover[0].length).toBeGreaterThan(60);
    expect(snippet.startsWith(hover[0].replace(/…$/, ''))).toBe(true);
  });

  it('says which expert of which router a document’s strongest one is', async () => {
    const { expert, expertNames, x } = await ask<MapData>('project.map', {});
    expect(expertNames[expert![0]]).toMatch(/^layer \d+ · expert \d+$/);
    // The document without text has no place.
    expect(Number.isNaN(x[x.length - 1])).toBe(true);
  });

  it('says which experts answer to which topics, and what one of them is chosen for', async () => {
    const { routers, topics, deviations, explained } = await ask<Results['experts.overview']>(
      'experts.overview',
      {},
    );
    const columns = routers.reduce((sum, { experts }) => sum + experts, 0);
    expect(explained).toHaveLength(columns);
    expect(deviations).toHaveLength(columns * topics.length);
    const best = explained.indexOf(Math.max(...explained));
    const { rows, words, router, expert } = await ask<Results['experts.profile']>('experts.profile', {
      column: best,
      limit: 10,
    });
    const first = routers.findIndex(({ name }) => name === router);
    expect(routers.slice(0, first).reduce((sum, { experts }) => sum + experts, expert)).toBe(best);
    // Those that use it most belong to topics that answer to it.
    const map = await ask<MapData>('project.map', {});
    const of = (topic: number): number => deviations[topics.indexOf(topic) * columns + best];
    const own = rows.map((row) => map.topic[row]).filter((topic) => topic >= 0);
    expect(own.reduce((sum, topic) => sum + of(topic), 0) / own.length).toBeGreaterThan(0.2);
    expect(words.length).toBeGreaterThan(0);
    expect(words.every(({ deviation, count }) => deviation > 0 && count > 1)).toBe(true);
    await expect(ask('experts.profile', { column: columns })).rejects.toThrow(/There is no expert/);
  });

  it('exports a selection as CSV, Parquet and JSON with the same documents', async () => {
    const rows = [5, 60, 3];
    const write = (format: string): Promise<unknown> =>
      ask('export', { format, path: path.join(folder, format), rows });
    await write('selection-csv');
    const csv = readFileSync(path.join(folder, 'selection-csv'), 'utf8').trimEnd().split('\r\n');
    expect(csv.slice(1).map((line) => line.split(',')[0])).toEqual(['sea-5', 'kitchen-20', 'sea-3']);
    await write('selection-json');
    const json = JSON.parse(readFileSync(path.join(folder, 'selection-json'), 'utf8')) as {
      documents: { id: string }[];
    };
    expect(json.documents.map(({ id }) => id)).toEqual(['sea-5', 'kitchen-20', 'sea-3']);
    await write('selection-parquet');
    expect(readdirSync(path.join(folder, 'selection-parquet')).sort()).toEqual([
      'documents.parquet',
      'topics.parquet',
    ]);
    await expect(ask('export', { format: 'selection-csv', path: null })).rejects.toThrow(
      /Nothing is selected/,
    );
  });

  it('answers what is no request of the protocol with an error, and goes on', async () => {
    for (const method of ['toString', '__proto__', 'constructor', 'nothing', 7, null])
      await expect(ask(method as string, {}), String(method)).rejects.toThrow(/does not know/);
    await expect(ask('documents.list', { limit: 1e9 })).rejects.toThrow(/documents.list: limit/);
    await expect(ask('topics.page', { topic: '../../etc' })).rejects.toThrow(/topics.page: topic/);
    await expect(ask('export', { format: 'exe' })).rejects.toThrow(/export: format/);
    expect(await ask('topics.list', {})).not.toHaveLength(0);
  });
});
