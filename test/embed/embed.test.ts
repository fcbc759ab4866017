import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { row } from '../../core/base/matrix.ts';
import { quietContext } from '../../core/base/progress.ts';
import {
  embed,
  embedOne,
  embedParams,
  embedWords,
  expertLift,
  expertLoad,
  probeDevices,
  releaseModels,
  findModelFolder,
  traceTexts,
  writeTraces,
} from '../../core/embed/index.ts';
import { readSafetensorsHeader } from '../../core/moe/checkpoint/safetensors.ts';

let folder: string;
const before = process.env.MOETOPIC_CACHE;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'moetopic-embed-'));
  process.env.MOETOPIC_CACHE = folder;
});
afterAll(async () => {
  await releaseModels();
  if (before === undefined) delete process.env.MOETOPIC_CACHE;
  else process.env.MOETOPIC_CACHE = before;
  await rm(folder, { recursive: true, force: true });
});

const texts = [
  'The striker scored twice and the home team won the match.',
  'A goalkeeper saved the penalty in the last minute of the game.',
  '',
  'The telescope took pictures of a distant galaxy.',
  'Astronomers found a planet around a nearby star.',
  'The striker scored twice and the home team won the match.',
  'word '.repeat(400),
];
const fresh = (over: object = {}) => embedParams.parse({ ...over });

describe('embed', () => {
  it('puts texts about the same thing near each other; rows line up, empty ones are zeros', async () => {
    const e = await embed(texts, fresh(), quietContext());
    expect(e.matrix.rows).toBe(texts.length);
    expect(e.hidden!.columns + e.routing!.columns).toBe(e.matrix.columns);
    const similar = (a: number, b: number): number =>
      row(e.matrix, a).reduce((sum, v, c) => sum + v * row(e.matrix, b)[c], 0);
    expect(similar(0, 1)).toBeGreaterThan(similar(0, 3));
    expect(similar(3, 4)).toBeGreaterThan(similar(1, 4));
    expect(row(e.matrix, 2).every((v) => v === 0)).toBe(true);
    expect(row(e.matrix, 5)).toEqual(row(e.matrix, 0));
    expect([...e.truncated]).toEqual([0, 0, 0, 0, 0, 0, 1]);
    expect(e.tokens[6]).toBe(256);
    expect(e.device.name).toBe('cpu');
  });

  it('gives the same rows whatever the order, the number of threads and what is kept', async () => {
    const params = fresh({ maxTokens: 64 });
    const one = await embed(texts, params, quietContext({ threads: 1 }));
    await rm(path.join(folder, 'embeddings'), { recursive: true });
    const turned = await embed([...texts].reverse(), params, quietContext({ threads: 3 }));
    for (let i = 0; i < texts.length; i++)
      expect(row(turned.hidden!, texts.length - 1 - i)).toEqual(row(one.hidden!, i));
    const again = await embed(texts, params, quietContext());
    expect(again.matrix.data).toEqual(one.matrix.data);
  });

  it('goes on where it was stopped', async () => {
    const many = Array.from({ length: 40 }, (_, i) => `number ${i} ${'of the documents '.repeat(30)}`);
    const controller = new AbortController();
    const params = fresh({ maxTokens: 64 });
    const context = quietContext({
      threads: 1,
      signal: controller.signal,
      onProgress: (p) => {
        if (p.fraction > 0.2) controller.abort();
      },
    });
    await expect(embed(many, params, context)).rejects.toMatchObject({ code: 'cancelled' });
    const fractions: number[] = [];
    const e = await embed(many, params, quietContext({ onProgress: (p) => fractions.push(p.fraction) }));
    expect(fractions[0]).toBeGreaterThan(0.1);
    expect(fractions.at(-1)).toBe(1);
    expect(e.tokens.every((n) => n === 64)).toBe(true);
  });

  it('embeds words and new documents in the space of the corpus', async () => {
    const e = await embed(texts, fresh(), quietContext());
    const again = await embedOne(texts[3], fresh(), quietContext(), e.recipe);
    expect(again).toEqual(row(e.matrix, 3));
    expect((await embedWords(['football', 'star'], fresh(), quietContext())).columns).toBe(384);
  });

  it('averages the chunks of a long text', async () => {
    const e = await embed([texts[6]], fresh({ long: 'chunk', maxTokens: 128 }), quietContext());
    expect(e.truncated[0]).toBe(0);
    expect(e.tokens[0]).toBeGreaterThan(400);
  });

  it('names what is wrong with a model', async () => {
    await expect(embed(texts, fresh({ model: 'no-such-model' }), quietContext())).rejects.toMatchObject({
      exitStatus: 4,
    });
  });
});

describe('looking inside', () => {
  it('traces tokens and writes them as safetensors', async () => {
    const { card, traces } = await traceTexts('minilm-moe', ['a star', 'a'], quietContext());
    expect(traces[0].pieces).toEqual(['[CLS]', 'a', 'star', '[SEP]']);
    expect(traces[0].logits).toHaveLength(card.routers.length);
    const file = path.join(folder, 'T.safetensors');
    await writeTraces(file, traces);
    const shapes = new Map((await readSafetensorsHeader(file)).map((t) => [t.name, t.shape]));
    expect(shapes.get('ids.0')).toEqual([4]);
    expect(shapes.get('hidden.1')).toEqual([3, card.hiddenSize]);
    expect(shapes.get('router_logits.0')).toEqual([card.routers.length, 4, card.routers[0].experts]);
    expect((await readFile(file)).length % 4).toBe(0);
  });

  it('counts what experts do', async () => {
    const load = await expertLoad(texts, fresh(), quietContext());
    for (const r of load.routers) {
      expect(r.share.reduce((a, b) => a + b)).toBeCloseTo(1, 4);
      expect(r.probability.reduce((a, b) => a + b)).toBeCloseTo(1, 4);
      expect(r.dropped).toBeCloseTo(0, 4);
      expect(r.entropy).toBeGreaterThan(0);
      expect(r.entropy).toBeLessThan(Math.log(r.experts));
    }
    const e = await embed(texts, fresh(), quietContext());
    const lift = expertLift(e.routing!, e.tokens, Int32Array.of(0, 0, -1, 1, 1, 0, 2), load.routers, 3);
    expect(lift.filter((l) => l.topic === 0)).toHaveLength(3);
    expect(lift[0].lift).toBeGreaterThan(1);
    expect(lift[0].documents).toBe(3);
  });

  it('says of every device why it works or not', async () => {
    const reports = await probeDevices(findModelFolder('minilm-moe'));
    expect(reports.map((r) => r.device)).toEqual(['cuda', 'webgpu', 'dml', 'coreml', 'cpu']);
    expect(reports.at(-1)).toMatchObject({ works: true });
    for (const r of reports) expect(r.why).not.toBe('');
  });
});
