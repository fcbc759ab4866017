import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CancelledError, ModelError } from '../../core/base/errors.ts';
import { assetPath, packageRoot } from '../../core/base/paths.ts';
import { readCard } from '../../core/embed/model-folder.ts';
import { PooledModel } from '../../core/embed/pooled-model.ts';
import { runBatches } from '../../core/embed/run-batches.ts';

const folder = assetPath('models', 'minilm-moe');
const text = (tokens: number): Int32Array => new Int32Array(tokens).fill(2000).fill(101, 0, 1).fill(102, -1);
/** Takes a core tens of times as long as one short text. */
const large = Array.from({ length: 16 }, () => text(256));
const tiny = [text(4)];

let model: PooledModel;
beforeAll(async () => {
  model = await PooledModel.open(folder, await readCard(folder), 'cpu', 2);
  // Opens the second lane.
  await Promise.all([run(tiny), run(tiny)]);
});
afterAll(() => model.close());

function run(texts: readonly Int32Array[]): ReturnType<PooledModel['run']> {
  return model.run(texts, 'mean', 'probabilities');
}

test('two batches run at the same time: the later, short one is done first', async () => {
  expect(model.lanes).toBe(2);
  const done: string[] = [];
  await Promise.all([run(large).then(() => done.push('large')), run(tiny).then(() => done.push('tiny'))]);
  expect(done).toEqual(['tiny', 'large']);
});

test('the thread that asks stays free while a batch runs', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await run(large);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(5);
});

test('more batches than lanes wait for their turn', async () => {
  const rows = await Promise.all(Array.from({ length: 7 }, (_, i) => run([text(4 + i)])));
  const alone = await run([text(10)]);
  expect(rows[6].hidden).toEqual(alone.hidden);
});

test('a cancel does not wait for the batches that are running', async () => {
  const stop = new AbortController();
  const options = { pooling: 'mean', rw: 'probabilities', budget: 16 * 256, signal: stop.signal } as const;
  const running = [false, false];
  const watched = {
    lanes: 1,
    run: async (texts: readonly Int32Array[]) => {
      running[0] = true;
      const out = await run(texts);
      running[1] = true;
      return out;
    },
  };
  const batches = runBatches(watched, large, options, () => Promise.resolve());
  setTimeout(() => stop.abort(new CancelledError()), 5);
  await expect(batches).rejects.toThrow(CancelledError);
  expect(running).toEqual([true, false]);
});

test('a model that cannot be opened is told at once', async () => {
  const broken = await mkdtemp(path.join(tmpdir(), 'moetopic-broken-'));
  try {
    await cp(folder, broken, { recursive: true });
    await truncate(path.join(broken, 'pooled.onnx'), 1000);
    await expect(PooledModel.open(broken, await readCard(folder), 'cpu', 2)).rejects.toThrow(ModelError);
  } finally {
    await rm(broken, { recursive: true, force: true });
  }
});

/** Ends the process while a batch is under way, as a second Ctrl-C does. */
const ending = `
  const { embed, parseRunParams, quietContext } = await import(process.argv[1]);
  const texts = Array.from({ length: 64 }, (_, i) => i + ' a long text'.repeat(90));
  setTimeout(() => process.exit(7), Number(process.argv[2]));
  await embed(texts, parseRunParams({ device: 'cpu' }).embed, quietContext({ threads: 2 }));
`;

test('the process may end while batches run', { timeout: 120_000 }, async () => {
  const cache = await mkdtemp(path.join(tmpdir(), 'moetopic-ending-'));
  try {
    const core = pathToFileURL(path.join(packageRoot, 'dist', 'core.js')).href;
    for (const after of [100, 300, 600, 900]) {
      const node = ['--input-type=module', '-e', ending, core, String(after)];
      const env = { ...process.env, MOETOPIC_CACHE: path.join(cache, String(after)) };
      const { status, stderr } = spawnSync(process.execPath, node, { env, encoding: 'utf8' });
      // 0 when it was done before.
      expect([0, 7], stderr).toContain(status);
    }
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
});

test('a model can be opened and closed many times, in the middle of a batch too', async () => {
  const card = await readCard(folder);
  for (let turn = 0; turn < 5; turn++) {
    const one = await PooledModel.open(folder, card, 'cpu', 2);
    const rows = one.run(large.slice(0, 1 + turn), 'mean', 'probabilities');
    const closed = one.close();
    await expect(rows).resolves.toBeDefined();
    await closed;
  }
});
