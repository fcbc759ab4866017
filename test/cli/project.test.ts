import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli, scratchFolder, writeSmallCorpus } from './cli.ts';

const { at, cache } = scratchFolder('project');
const project = at('run');
const topicsJson = async (
  ...args: string[]
): Promise<{ topics: { id: number; name: string; count: number }[] }> =>
  JSON.parse((await runCli(cache, 'topics', project, ...args, '--json')).stdout) as never;

beforeAll(async () => {
  const ran = await runCli(cache, 'run', writeSmallCorpus(at('corpus.csv')), '--out', project);
  expect(ran.status).toBe(0);
});

const exported = async (): Promise<string> => {
  await runCli(cache, 'export', project, '--format', 'csv', '--out', at('export'));
  return (
    readFileSync(at('export', 'documents.csv'), 'utf8') + readFileSync(at('export', 'topics.csv'), 'utf8')
  );
};

describe('a project on the command line', () => {
  it('exports what the run wrote', async () => {
    const written = ['documents.csv', 'topics.csv']
      .map((name) => readFileSync(`${project}/${name}`, 'utf8'))
      .join('');
    expect(await exported()).toBe(written);
  });

  it('merges, renames, undoes and redoes; undoing all gives identical exports', async () => {
    const before = await exported();
    const { topics } = await topicsJson('list');
    const [a, b] = topics.filter((t) => t.id >= 0);
    const merged = await topicsJson('merge', `${a.id},${b.id}`);
    const made = merged.topics.find((t) => t.count === a.count + b.count);
    expect(made!.id).toBeGreaterThan(Math.max(...topics.map((t) => t.id)));
    const renamed = await topicsJson('rename', String(made!.id), 'Ships and kitchens');
    expect(renamed.topics.find((t) => t.id === made!.id)!.name).toBe('Ships and kitchens');
    const after = await exported();
    expect(after).not.toBe(before);
    await topicsJson('undo');
    await topicsJson('undo');
    expect(await exported()).toBe(before);
    await topicsJson('redo');
    await topicsJson('redo');
    expect(await exported()).toBe(after);
    await topicsJson('undo');
    await topicsJson('undo');
  });

  it('previews without changing anything', async () => {
    const before = await exported();
    const shown = await runCli(cache, 'topics', project, 'delete', '0', '--preview');
    expect(shown.stdout).toMatch(/documents change/);
    expect(await exported()).toBe(before);
  });

  it('places the training documents of topics where they are', async () => {
    const ran = await runCli(cache, 'transform', project, at('corpus.csv'), '--out', at('new.csv'), '--json');
    expect(ran.status).toBe(0);
    const table = (file: string): string[][] =>
      readFileSync(file, 'utf8')
        .trimEnd()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(','));
    const predicted = table(at('new.csv'));
    const fitted = table(`${project}/documents.csv`);
    const own = fitted
      .map((row, i) => [Number(row[1]), Number(predicted[i][1])])
      .filter(([topic]) => topic >= 0);
    const agree = own.filter(([a, b]) => a === b).length;
    expect(agree / own.length).toBeGreaterThanOrEqual(0.9);
    expect(predicted.every((row) => row[4] === 'transform')).toBe(true);
  });

  it('finds topics by a sentence', async () => {
    const { topics } = JSON.parse(
      (await runCli(cache, 'topics', project, 'find', 'a rocket to the moon', '--json')).stdout,
    ) as { topics: { topic: number }[] };
    const shown = JSON.parse(
      (await runCli(cache, 'topics', project, 'show', String(topics[0].topic), '--json')).stdout,
    ) as {
      documents: string[];
    };
    const sky = shown.documents.filter((id) => id.startsWith('sky')).length;
    expect(sky / shown.documents.length).toBeGreaterThan(0.5);
  });

  it('writes the other formats', async () => {
    for (const format of ['json', 'html', 'zip']) {
      const ran = await runCli(cache, 'export', project, '--format', format, '--out', at(`all.${format}`));
      expect([format, ran.status, ran.stdout]).toEqual([format, 0, `${at(`all.${format}`)}\n`]);
      expect(statSync(at(`all.${format}`)).size).toBeGreaterThan(1000);
    }
    expect(
      (await runCli(cache, 'export', project, '--format', 'parquet', '--out', at('parquet'))).status,
    ).toBe(0);
    for (const format of ['docx', 'selection-csv']) {
      const ran = await runCli(cache, 'export', project, '--format', format, '--out', at('x'));
      expect([ran.status, ran.stderr]).toEqual([
        2,
        `There is no format ${format}; the formats are csv, parquet, json, html, zip, distributions, bertopic, png, svg.\n`,
      ]);
    }
  });

  it('runs stage by stage with the same result', async () => {
    const step = async (...args: string[]): Promise<void> => {
      const ran = await runCli(cache, ...args);
      expect([args[0], ran.status, ran.stderr]).toEqual([args[0], 0, ran.stderr]);
    };
    await step('embed', at('corpus.csv'), '--out', at('E.npy'));
    await step('reduce', at('E.npy'), '--out', at('U.npy'));
    await step('cluster', at('U.npy'), '--out', at('L.csv'));
    await step('keywords', at('corpus.csv'), '--labels', at('L.csv'), '--out', at('K.csv'));
    const labels = readFileSync(at('L.csv'), 'utf8')
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',')[0]);
    const fitted = readFileSync(`${project}/documents.csv`, 'utf8')
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',')[1]);
    expect(labels).toEqual(fitted);
    writeFileSync(at('short.csv'), 'label\n0\n');
    const wrong = await runCli(
      cache,
      'keywords',
      at('corpus.csv'),
      '--labels',
      at('short.csv'),
      '--out',
      at('K2.csv'),
    );
    expect([wrong.status, wrong.stderr]).toEqual([3, expect.stringMatching(/1 labels for 120 documents/)]);
  });
});
