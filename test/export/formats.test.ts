import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import yauzl from 'yauzl';
import { expect, test } from 'vitest';
import { DuckDBInstance, type DuckDBListValue } from '@duckdb/node-api';
import { exportJson, exportParquet, exportZip, writeZip } from '../../core/export/index.ts';
import { jsonPieces } from '../../core/export/json.ts';
import { temporaryFolder } from '../store/folder.ts';
import { sampleView } from './view.ts';

async function query(sql: string): Promise<unknown[][]> {
  const connection = await (await DuckDBInstance.create()).connect();
  return (await connection.runAndReadAll(sql)).getRows();
}

test('Parquet reads back what was written', async () => {
  const folder = temporaryFolder();
  const view = sampleView();
  await exportParquet(view, folder);
  expect(readdirSync(folder).sort()).toEqual(['documents.parquet', 'topics.parquet']);
  const topics = await query(`SELECT * FROM '${path.join(folder, 'topics.parquet')}'`);
  expect(
    topics.map(([id, count, share, name, ...lists]) => [
      id,
      count,
      share,
      name,
      ...lists.map((l) => (l as DuckDBListValue).items),
    ]),
  ).toEqual(
    view.topics.map((t) => [
      t.id,
      t.count,
      t.share,
      t.name,
      t.keywords.map((k) => k.keyword),
      t.keywords.map((k) => k.weight),
      t.representatives,
    ]),
  );
  const documents = await query(`SELECT id, topic, x, text FROM '${path.join(folder, 'documents.parquet')}'`);
  expect(documents).toEqual(
    view.ids.map((id, i) => [
      id,
      view.labels[i],
      Number.isNaN(view.x![i]) ? null : view.x![i] + 0,
      view.texts[i] || null,
    ]),
  );
});

test('columns that differ in case alone are told apart in Parquet', async () => {
  const folder = temporaryFolder();
  const values = sampleView().ids.map(() => 'v');
  const columns = ['name', 'text', 'Text', 'X'].map((name) => ({ name, values }));
  await exportParquet(sampleView({ columns }), folder);
  const rows = await query(`DESCRIBE SELECT * FROM '${path.join(folder, 'documents.parquet')}'`);
  expect(rows.map((row) => row[0]).slice(7)).toEqual(['text', 'corpus_Text', 'corpus_X']);
});

test('a view without topics, a topic without keywords', async () => {
  const folder = temporaryFolder();
  await exportParquet(sampleView({ topics: [] }), folder);
  const [topic] = sampleView().topics;
  await exportParquet(sampleView({ topics: [{ ...topic, keywords: [], representatives: [] }] }), folder);
  const rows = await query(`SELECT len(keywords) FROM '${path.join(folder, 'topics.parquet')}'`);
  expect(rows).toEqual([[0n]]);
});

test('JSON holds everything', async () => {
  const file = path.join(temporaryFolder(), 'project.json');
  const view = sampleView({ manifest: { model: 'minilm-moe', seconds: { total: 3.2 }, peak_bytes: 5e8 } });
  await exportJson(view, file);
  const read = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown[]>;
  expect(read.manifest).toEqual({ model: 'minilm-moe' });
  expect(read.topics).toEqual(view.topics);
  expect(read.skipped).toEqual(view.skipped);
  expect(read.documents).toHaveLength(8);
  expect(read.documents[3]).toEqual({
    id: 'doc-3',
    topic: 1,
    probability: 0.123457,
    assigned_by: 'fit',
    x: -3.25,
    y: 4,
    text: view.texts[3],
    class: null,
  });
});

function unzip(file: string): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    const found = new Map<string, Buffer>();
    yauzl.open(file, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on('entry', (entry: yauzl.Entry) => {
        zip.openReadStream(entry, (problem, stream) => {
          if (problem) return reject(problem);
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream.on('end', () => {
            found.set(entry.fileName, Buffer.concat(chunks));
            zip.readEntry();
          });
          stream.on('error', reject);
        });
      });
      zip.on('end', () => resolve(found));
      zip.on('error', reject);
      zip.readEntry();
    });
  });
}

test('what is given away names the model, not where somebody keeps it', () => {
  const embed = (model: string) => ({ embed: { model, pooling: 'mean' } });
  const manifest = {
    parameters: embed('C:\\Users\\ada\\models\\own-moe\\'),
    chosen: embed('/srv/models/own-moe'),
  };
  const read = JSON.parse([...jsonPieces(sampleView({ manifest }))].join('')) as { manifest: unknown };
  expect(read.manifest).toEqual({ parameters: embed('own-moe'), chosen: embed('own-moe') });
});

test('a ZIP opens elsewhere and is the same each time', async () => {
  const folder = temporaryFolder();
  const content = () => [
    { name: 'empty.txt', content: [] },
    { name: 'größe/语.txt', content: ['a', 'é', '👩'] },
    { name: 'large.txt', content: Array.from({ length: 200_000 }, (_, i) => `line ${i}\n`) },
  ];
  const [a, b] = ['a.zip', 'b.zip'].map((name) => path.join(folder, name));
  await writeZip(a, content());
  await writeZip(b, content());
  expect(readFileSync(a).equals(readFileSync(b))).toBe(true);
  const found = await unzip(a);
  for (const { name, content: pieces } of content())
    expect(found.get(name)!.toString()).toBe(pieces.join(''));
});

test('the archive of everything holds every format', async () => {
  const file = path.join(temporaryFolder(), 'all.zip');
  const empty = { data: [], layout: {} };
  const manifest = {
    parameters: { embed: { model: '/srv/own-moe' } },
    out: '/srv/ada',
    seconds: { embed: 3 },
  };
  await exportZip(sampleView({ manifest }), file, { map: { light: empty, dark: empty } });
  const found = await unzip(file);
  expect([...found.keys()].sort()).toEqual([
    'documents.csv',
    'documents.parquet',
    'project.json',
    'report.html',
    'run.json',
    'skipped.csv',
    'topics.csv',
    'topics.parquet',
  ]);
  expect(found.get('documents.parquet')!.subarray(0, 4).toString()).toBe('PAR1');
  expect(JSON.parse(found.get('run.json')!.toString())).toEqual({
    parameters: { embed: { model: 'own-moe' } },
    seconds: { embed: 3 },
  });
});

test('cancelling an archive leaves nothing', async () => {
  const folder = temporaryFolder();
  await expect(
    writeZip(path.join(folder, 'a.zip'), [{ name: 'a', content: ['x'] }], AbortSignal.abort()),
  ).rejects.toThrow('Cancelled');
  expect(readdirSync(folder)).toEqual([]);
});
