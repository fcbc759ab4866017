import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scratchFolder } from '../cli/cli.ts';
import { writeDatedCorpus } from '../cli/corpora.ts';
import { engineIn } from './engine.ts';

const { at, cache } = scratchFolder('analysis');
process.env.MOETOPIC_CACHE = cache;
const { ask, engine } = engineIn(at('data'));
let topics: number[] = [];

beforeAll(async () => {
  const source = writeDatedCorpus(at('corpus.csv'));
  const summary = await ask('run.start', { source, out: at('run') });
  topics = summary.topics.map((topic) => topic.id).filter((id) => id >= 0);
  expect(topics.length).toBeGreaterThanOrEqual(3);
});
afterAll(() => engine.close());

describe('the engine on topics', () => {
  it('gives the hierarchy with keywords of every join, and groups where it is cut', async () => {
    const { nodes, order, groups } = await ask('topics.hierarchy', { cut: { groups: 2 }, words: 4 });
    expect(order.toSorted()).toEqual(topics.toSorted());
    const joins = nodes.filter((node) => node.topic === null);
    expect(joins).toHaveLength(topics.length - 1);
    for (const join of joins) expect(join.keywords).toHaveLength(4);
    expect(joins.at(-1)!.topics).toHaveLength(topics.length);
    expect(groups).toHaveLength(2);
    const other = await ask('topics.hierarchy', { by: 'embedding', linkage: 'average' });
    expect(other.groups).toBeNull();
    expect(other.nodes.at(-1)!.height).not.toBe(nodes.at(-1)!.height);
  });

  it('counts topics over time and per class, every document once', async () => {
    const time = await ask('topics.overTime', { bins: 'month' });
    expect(time.bins.map((bin) => bin.start.slice(0, 7))).toEqual([
      '2024-01',
      '2024-02',
      '2024-03',
      '2024-04',
    ]);
    const total = (slices: { count: number }[]): number => slices.reduce((sum, s) => sum + s.count, 0);
    expect(total(time.slices) + time.undated).toBe(120);
    expect(time.undated).toBe(3);
    const classes = await ask('topics.perClass', {});
    expect(classes.classes.toSorted()).toEqual(['kitchen', 'sea', 'sky']);
    expect(total(classes.slices)).toBe(120);
    await expect(ask('topics.perClass', { column: 'colour' })).rejects.toThrow(/no column colour.*label/);
  });

  it('draws them with the bins, columns and tunings that were asked for', async () => {
    const months = await ask('figure', { name: 'over-time', options: { bins: 'month', limit: 2 } });
    expect(months.data).toHaveLength(2);
    expect(months.data[0].x).toHaveLength(4);
    const spans = await ask('figure', { name: 'over-time', options: { bins: 7, normalised: true } });
    const values = spans.data[0].y as number[];
    expect(values).toHaveLength(7);
    expect(values.reduce((sum, v) => sum + v, 0)).toBeCloseTo(1, 10);
    const classes = await ask('figure', { name: 'per-class', options: { column: 'label' } });
    expect(classes.data[0].x).toHaveLength(3);
    const there = (classes.data[0].x as number[]).findIndex((count) => count > 0);
    expect(String((classes.data[0].text as string[])[there])).toMatch(/<br>\w+, /);
    await expect(ask('figure', { name: 'per-class', options: { column: 'colour' } })).rejects.toThrow(
      'no column colour',
    );
  });

  it('shows documents that stand for a topic and those that it nearly holds', async () => {
    const { closest, farthest, contrasting } = await ask('topics.documents', { topic: 0, limit: 3 });
    expect(closest).toHaveLength(3);
    expect(closest.every((d) => d.topic === 0)).toBe(true);
    expect(contrasting.every((d) => d.topic !== 0)).toBe(true);
    expect(closest[0].similarity).toBeGreaterThan(farthest[0].similarity);
    await expect(ask('topics.documents', { topic: 99 })).rejects.toThrow('no topic 99');
  });

  it('gives several representations at once', async () => {
    const methods = ['ctfidf', 'mmr', 'embedding', 'phrases'] as const;
    const shown = await ask('topics.representations', { methods: [...methods], words: 5 });
    expect(shown.filter((t) => t.topic >= 0).map((t) => t.topic)).toEqual(topics);
    for (const method of ['ctfidf', 'mmr', 'embedding'] as const)
      expect(shown[0].keywords[method]).toHaveLength(5);
    expect(shown[0].keywords.mmr).not.toEqual(shown[0].keywords.embedding);
    expect(shown.some((t) => t.keywords.phrases.some((k) => k.keyword.includes(' ')))).toBe(true);
  });

  it('marks the words of a document by topic', async () => {
    const filter = { topics: [topics[0]] };
    const [{ row }] = (await ask('documents.list', { filter, sort: 'probability', descending: true }))
      .documents;
    const { starts, ends, topics: columns, weights } = await ask('documents.tokens', { row });
    const { text, topic } = await ask('documents.get', { row });
    expect(weights).toHaveLength(starts.length * columns.length);
    expect(columns[0]).toBe(topic);
    const strongest = weights.reduce((best, w, i) => (w > weights[best] ? i : best), 0);
    const token = Math.floor(strongest / columns.length);
    expect(text.slice(starts[token], ends[token])).toMatch(/^[a-z]{3,}$/i);
  });

  it('says how stable the topics are', async () => {
    const found = await ask('stability', { seeds: 2, grid: { neighbors: [10, 15] } });
    expect(found.runs.map((run) => [run.seed, run.params.neighbors])).toEqual([
      [43, 10],
      [44, 10],
      [43, 15],
      [44, 15],
    ]);
    expect(found.topics.map((t) => t.topic)).toEqual(topics);
    const mean = found.topics.reduce((sum, t) => sum + t.jaccard, 0) / topics.length;
    expect(mean).toBeGreaterThan(0.4);
    expect(found.settled).toHaveLength(120);
    expect(found.recommendation).toMatch(/\.$/);
  });

  it('previews what an operation changes in counts, keywords and measures, and does nothing', async () => {
    const [a, b, c] = topics;
    const merge = { type: 'merge', topics: [a, b] };
    const { before, after, changed, topics: shown, gone } = await ask('topics.preview', { operation: merge });
    expect(after.topics).toBe(before.topics - 1);
    expect(gone.map(({ id }) => id)).toEqual([a, b]);
    expect(shown[0].was).toBeNull();
    expect(shown[0].count).toBe(gone[0].count + gone[1].count);
    expect(changed).toBe(shown[0].count);
    expect(before.diversity).toBeGreaterThan(0);
    expect(after.ami).toBeLessThan(before.ami!);
    expect(before.npmi).toBeNull();
    // Without moving a document a word may go from a topic's keywords.
    const list = await ask('topics.list', {});
    const word = list.find(({ id }) => id === c)!.keywords[0].keyword;
    const operation = { type: 'stop-words', add: [word] };
    const words = await ask('topics.preview', { operation, coherence: true });
    expect(words.changed).toBe(0);
    expect(words.after.npmi).not.toBeNull();
    const changedTopic = words.topics.find(({ id }) => id === c)!;
    expect(changedTopic.was!.keywords[0].keyword).toBe(word);
    expect(changedTopic.keywords.map((k) => k.keyword)).not.toContain(word);
    expect(await ask('topics.log', {})).toEqual([]);
    expect(await ask('topics.list', {})).toEqual(list);
  });

  it('tells what is pinned, also after undo, redo and reopening', async () => {
    const [id] = topics;
    const pinnedIn = async () => (await ask('topics.list', {})).find((topic) => topic.id === id)!;
    const word = (await pinnedIn()).keywords[4].keyword;
    await ask('topics.apply', { operation: { type: 'pin', topic: id, keywords: [word] } });
    const { pinned, keywords, name } = await pinnedIn();
    expect([pinned, keywords[0].keyword]).toEqual([[word], word]);
    expect(name.split(' · ')[0]).toBe(word);
    await ask('topics.undo', {});
    const before = await pinnedIn();
    expect(before.pinned).toBeUndefined();
    expect(before.name).not.toContain(word);
    await ask('topics.redo', {});
    expect(await pinnedIn()).toMatchObject({ pinned: [word], name });
    // A name that a person gave stays, and the automatic one comes back without it.
    await ask('topics.apply', { operation: { type: 'rename', topic: id, name: 'Mine' } });
    expect((await pinnedIn()).name).toBe('Mine');
    await ask('topics.apply', { operation: { type: 'rename', topic: id, name: '' } });
    expect((await pinnedIn()).name).toBe(name);
    const folder = at('pinned');
    await ask('export', { format: 'csv', path: folder });
    const text = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
    for (const file of ['topics.csv', 'documents.csv']) expect(text(file)).toContain(name);
    await ask('topics.undo', {});
    await ask('topics.undo', {});
    const { path: file } = await ask('project.open', { path: at('run', 'project.moetopic') });
    expect(file).toContain('project.moetopic');
    expect((await pinnedIn()).pinned).toEqual([word]);
    await ask('topics.apply', { operation: { type: 'pin', topic: id, keywords: [] } });
    expect((await pinnedIn()).pinned).toBeUndefined();
    await ask('topics.undo', {});
    await ask('topics.undo', {});
  });

  it('does a log’s operations again', async () => {
    const log = [
      { operation: { type: 'merge', topics: topics.slice(0, 2) }, undone: false },
      { operation: { type: 'delete', topics: [0] }, undone: true },
      { type: 'rename', topic: Math.max(...topics) + 1, name: 'Both' },
    ];
    const after = await ask('topics.replay', { operations: log });
    expect(after.topics.some((t) => t.name === 'Both')).toBe(true);
    expect(after.undoable).toBe(2);
    await ask('topics.undo', {});
    await ask('topics.undo', {});
  });
});

describe('names by a language model', () => {
  let server: Server;
  const seen: { authorization?: string; body: string }[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        seen.push({ authorization: request.headers.authorization, body });
        if (request.url !== '/v1/chat/completions' || body.includes('planet')) response.statusCode = 500;
        response.end(JSON.stringify({ choices: [{ message: { content: 'Name: "Given".' } }] }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());
  const endpoint = () => ({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    model: 'small',
    key: 'secret',
  });

  it('are previewed without anything sent, then given in one step that undo takes back', async () => {
    const before = await ask('topics.list', {});
    const preview = await ask('topics.naming.preview', { endpoint: endpoint() });
    expect(seen).toHaveLength(0);
    expect(preview.requests).toHaveLength(topics.length);
    expect(JSON.stringify(preview)).not.toContain('secret');
    const { names, failed, project } = await ask('topics.naming.run', { endpoint: endpoint() });
    expect(seen.map(({ body }) => JSON.parse(body) as unknown)).toEqual(preview.requests.map((r) => r.body));
    expect(seen[0].authorization).toBe('Bearer secret');
    expect(names.length).toBeGreaterThan(0);
    expect(failed.length).toBeGreaterThan(0);
    expect(failed[0].reason).toContain('status 500');
    expect(project.topics.filter((t) => t.name === 'Given')).toHaveLength(names.length);
    for (const { topic } of failed)
      expect(project.topics.find((t) => t.id === topic)!.name).toBe(before.find((t) => t.id === topic)!.name);
    const log = await ask('topics.log', {});
    expect(log.at(-1)!.text).toBe(`Name ${names.length} topic${names.length > 1 ? 's' : ''} by small`);
    expect(JSON.stringify(log)).not.toContain('secret');
    await ask('topics.undo', {});
    expect(await ask('topics.list', {})).toEqual(before);
  });

  it('leave the project alone when the endpoint can’t be reached, and say so', async () => {
    const nowhere = { url: 'http://127.0.0.1:9/v1', model: 'small', key: null };
    const { names, failed, project } = await ask('topics.naming.run', { endpoint: nowhere });
    expect([names.length, failed.length, project.undoable]).toEqual([0, topics.length, 0]);
    await expect(
      ask('topics.naming.preview', { endpoint: { ...nowhere, url: 'localhost' } }),
    ).rejects.toThrow('no address of an endpoint');
  });
});

it('reads no dates from a corpus without them', async () => {
  writeFileSync(at('plain.csv'), 'id,text\n1,ships at sea\n2,bread in the oven\n3,stars and comets\n');
  await ask('run.start', { source: at('plain.csv'), out: at('plain') });
  await expect(ask('topics.overTime', {})).rejects.toThrow(/no date column/);
});
