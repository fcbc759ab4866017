import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Results } from '../../core/protocol.ts';
import { readBertopic } from '../../core/topics/index.ts';
import { scratchFolder } from '../cli/cli.ts';
import { writeSubjects } from '../cli/corpora.ts';
import { engineIn } from './engine.ts';

const { at, cache } = scratchFolder('join');
process.env.MOETOPIC_CACHE = cache;
const { ask, engine } = engineIn(at('data'));
afterAll(() => engine.close());
const project = (name: string): string => at(name, 'project.moetopic');
const bertopic = fileURLToPath(new URL('../reference/topics/bertopic-model', import.meta.url));

beforeAll(async () => {
  // Small as they are, the corpora are to fall into their subjects and no further.
  const params = { minTopicSize: 15, minSamples: 3 };
  await ask('run.start', {
    source: writeSubjects(at('b.csv'), ['sky', 'garden'], 40, 1),
    out: at('b'),
    params,
  });
  await ask('run.start', {
    source: writeSubjects(at('a.csv'), ['sea', 'kitchen', 'sky'], 40, 0),
    out: at('a'),
    params,
  });
}, 60_000);

/** The topic with most of a subject's documents in the open project, and how many there are. */
async function homeOf(subject: string, from: number): Promise<{ topic: number; total: number }> {
  const { documents } = await ask('documents.list', { limit: 1000 });
  const own = documents.filter((d) => d.label === subject && d.row >= from);
  const counts = new Map<number, number>();
  for (const d of own) counts.set(d.topic, (counts.get(d.topic) ?? 0) + 1);
  const [topic] = [...counts].sort((x, y) => y[1] - x[1])[0];
  return { topic, total: own.length };
}

describe('merging two projects', () => {
  it('maps topics that are alike, adds the others and says which', async () => {
    await ask('project.open', { path: project('a') });
    const before = await ask('topics.list', {});
    const sky = await homeOf('sky', 0);
    const report = await ask('project.merge', { other: project('b'), out: at('merged') });
    expect(report).toMatchObject({ documents: 200, added: 80, renamed: 40 });
    // The open project is as it was.
    expect(await ask('topics.list', {})).toEqual(before);
    const merged = await ask('project.open', { path: project('merged') });
    expect(merged.documents).toBe(200);
    const there = await homeOf('sky', 120);
    expect(there.topic).toBe(sky.topic);
    const garden = await homeOf('garden', 120);
    expect(report.newTopics).toContain(garden.topic);
    const matches = new Map(report.matches.map((m) => [m.becomes, m]));
    expect(matches.get(garden.topic)!.isNew).toBe(true);
    expect(matches.get(sky.topic)!.similarity).toBeGreaterThan(0.7);
  });

  it('keeps every topic apart, or maps all, when asked', async () => {
    await ask('project.open', { path: project('a') });
    const known = (await ask('topics.list', {})).filter((t) => t.id >= 0).length;
    const kept = await ask('project.merge', { other: project('b'), mode: 'keep', out: at('kept') });
    expect(kept.newTopics).toHaveLength(kept.matches.length);
    expect(kept.topics).toBe(known + kept.matches.length);
    const mapped = await ask('project.merge', { other: project('b'), mode: 'map', out: at('mapped') });
    expect(mapped.newTopics).toEqual([]);
    expect(mapped.topics).toBe(known);
    await expect(ask('project.merge', { other: project('b'), out: at('kept') })).rejects.toThrow(
      '--overwrite',
    );
  });

  it('gives a project that can be worked with and undone to where it began', async () => {
    await ask('project.open', { path: project('merged') });
    const before = await ask('topics.list', {});
    const real = before.filter((t) => t.id >= 0);
    await ask('topics.apply', { operation: { type: 'merge', topics: [real[0].id, real[1].id] } });
    await ask('topics.apply', {
      operation: { type: 'outliers', strategy: 'embedding', threshold: 0.1 },
    });
    await ask('topics.undo', {});
    await ask('topics.undo', {});
    expect(await ask('topics.list', {})).toEqual(before);
    const quality = await ask('quality', {});
    expect(quality.ami).toBeGreaterThan(0.5);
    // The merged topics are looked up in clusterings of all documents.
    const settled = await ask('stability', { seeds: 1 });
    expect(settled?.topics.map((topic) => topic.topic)).toEqual(
      real.map((topic) => topic.id).sort((a, b) => a - b),
    );
  });
});

describe('predicting new documents', () => {
  it('finds the fitted topics of its own documents again and leaves the project as it is', async () => {
    await ask('project.open', { path: project('a') });
    const before = await ask('topics.list', {});
    const { documents } = await ask('documents.list', { limit: 1000 });
    const found = await ask('documents.predict', { source: at('a.csv') });
    expect(found.map(({ id }) => id)).toEqual(documents.map(({ id }) => id));
    const inTopics = documents.filter(({ topic }) => topic >= 0);
    const same = inTopics.filter(({ row, topic }) => found[row].topic === topic);
    expect(same.length).toBeGreaterThanOrEqual(0.9 * inTopics.length);
    expect(same.every(({ row }) => found[row].probability > 0 && found[row].snippet !== '')).toBe(true);
    expect(await ask('topics.list', {})).toEqual(before);
  });
});

describe('growing a project', () => {
  it('takes known topics’ documents in, makes new topics, and can be done again', async () => {
    await ask('project.open', { path: project('a') });
    const sky = await homeOf('sky', 0);
    const report = await ask('project.grow', { source: at('b.csv'), out: at('grown') });
    expect(report.newTopics.length).toBeGreaterThan(0);
    await ask('project.open', { path: project('grown') });
    const there = await homeOf('sky', 120);
    expect([there.topic, there.total]).toEqual([sky.topic, 40]);
    const garden = await homeOf('garden', 120);
    expect(report.newTopics).toContain(garden.topic);
    const { documents } = await ask('documents.list', { limit: 1000 });
    for (const d of documents.filter((document) => document.row >= 120))
      expect(d.assignedBy).toBe(d.topic < 0 || report.newTopics.includes(d.topic) ? 'fit' : 'transform');
    // A few documents more: no topic of their own, but they find the new one.
    writeSubjects(at('few.csv'), ['garden'], 5, 1);
    const again = await ask('project.grow', {
      source: at('few.csv'),
      roles: { label: 'label' },
      out: at('again'),
    });
    expect(again.newTopics).toEqual([]);
    await ask('project.open', { path: project('again') });
    expect(report.newTopics).toContain((await homeOf('garden', 200)).topic);
  });
});

describe('growing a project that was clustered again', () => {
  it('looks nothing up in that clustering, which knows nothing of the new documents', async () => {
    await ask('project.open', { path: project('a') });
    await ask('topics.apply', { operation: { type: 'recluster', minTopicSize: 8 } });
    await ask('project.grow', { source: at('b.csv'), out: at('grown-again') });
    await ask('topics.undo', {});
    await ask('project.open', { path: project('grown-again') });
    const { topic }: Results['project.map'] = await ask('project.map', {});
    const predicted = await ask('documents.predict', { source: at('a.csv') });
    const inTopics = predicted.filter((_, d) => topic[d] >= 0);
    const same = predicted.filter((found, d) => topic[d] >= 0 && found.topic === topic[d]);
    expect(same.length / inTopics.length).toBeGreaterThan(0.6);
    await ask('topics.apply', { operation: { type: 'move', rows: [0], topic: -1 } });
    await expect(
      ask('topics.preview', { operation: { type: 'outliers', strategy: 'membership' } }),
    ).rejects.toThrow('no soft membership');
  });
});

describe('from and to BERTopic', () => {
  it('imports a model without texts: topics, names and keywords as they are', async () => {
    const summary = await ask('project.import', { folder: bertopic, out: at('imported') });
    const model = await readBertopic(bertopic);
    expect(summary.documents).toBe(model.labels.length);
    expect(summary.topics.find((t) => t.id === 0)!.name).toBe('Ice hockey');
    expect(summary.topics.find((t) => t.id === 1)!.name).toBe('launch · orbit · window · org');
    const all = await ask('topics.list', {});
    for (const { topic, keywords } of model.keywords)
      expect(all.find((t) => t.id === topic)!.keywords).toEqual(keywords);
    // Its words can be worked with: the counts behind the weights are found again, and with them the weights.
    await ask('topics.apply', { operation: { type: 'rename', topic: 2, name: 'Baking' } });
    const after = await ask('topics.list', {});
    for (const { topic, keywords } of model.keywords) {
      const again = after.find((t) => t.id === topic)!.keywords;
      for (const k of keywords)
        expect(again.find((other) => other.keyword === k.keyword)?.weight ?? k.weight).toBeCloseTo(
          k.weight,
          6,
        );
    }
    await ask('topics.apply', { operation: { type: 'merge', topics: [0, 1] } });
    const { nodes } = await ask('topics.hierarchy', {});
    expect(nodes).toHaveLength(3);
    await expect(ask('topics.apply', { operation: { type: 'ngrams', range: '1-2' } })).rejects.toThrow(
      '--corpus',
    );
    const map = await ask('project.map', {});
    expect(map.x.filter((v, d) => Number.isNaN(v) !== model.labels[d] < 0)).toHaveLength(0);
  });

  it('writes a model that reads back the same, edits included', async () => {
    await ask('project.open', { path: project('a') });
    const topics = (await ask('topics.list', {})).filter((t) => t.id >= 0);
    await ask('topics.apply', { operation: { type: 'rename', topic: topics[0].id, name: 'First' } });
    await ask('export', { format: 'bertopic', path: at('model') });
    expect(existsSync(at('model', 'ctfidf.safetensors'))).toBe(true);
    const model = await readBertopic(at('model'));
    expect([...model.names.values()]).toContain('First');
    expect(model.labels).toHaveLength(120);
    const back = await ask('project.import', { folder: at('model'), source: at('a.csv'), out: at('back') });
    expect(back.topics.map((t) => t.count).toSorted()).toEqual(topics.map((t) => t.count).toSorted());
    expect(back.topics.some((t) => t.name === 'First')).toBe(true);
    await expect(
      ask('project.import', { folder: at('model'), source: at('few.csv'), out: at('bad') }),
    ).rejects.toThrow(/5 documents.*120/);
    await expect(ask('project.import', { folder: at('a'), out: at('bad') })).rejects.toThrow(
      'topics.json is missing',
    );
  });

  it('exports each document’s mixture of topics', async () => {
    await ask('project.open', { path: project('a') });
    await ask('export', { format: 'distributions', path: at('mixture.csv') });
    const [header, ...rows] = readFileSync(at('mixture.csv'), 'utf8').trimEnd().split('\r\n');
    const topics = (await ask('topics.list', {})).filter((t) => t.id >= 0);
    expect(header).toBe(['id', ...topics.map((t) => `topic_${t.id}`)].join(','));
    expect(rows).toHaveLength(120);
    for (const line of rows) {
      const sum = line
        .split(',')
        .slice(1)
        .reduce((total, share) => total + Number(share), 0);
      expect(Math.min(Math.abs(sum), Math.abs(sum - 1))).toBeLessThan(1e-4);
    }
  });
});

it('compares embeddings of the open project’s corpus', async () => {
  await ask('project.open', { path: project('a') });
  const found = await ask('compare', { embeddings: ['hs', 'rw', 'concat'], out: at('compared') });
  expect(found.variants.map((v) => v.name)).toEqual(['hs', 'rw', 'concat']);
  for (const { quality, labels, x } of found.variants) {
    expect(quality.ami).not.toBeNull();
    expect([labels.length, x.length]).toEqual([120, 120]);
  }
  expect(found.agreement[1][1]).toBe(1);
  expect(found.agreement[0][2]).toBeCloseTo(found.agreement[2][0], 12);
  // The same parameters as the run's: the same topics.
  const run = await ask('project.map', {});
  expect([...found.variants[2].labels]).toEqual([...run.topic]);
  expect(existsSync(path.join(at('compared'), 'compare.html'))).toBe(true);
  await expect(ask('compare', { embeddings: ['hs'] })).rejects.toThrow('two variants');
});
