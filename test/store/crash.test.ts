import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { Random } from '../../core/base/random.ts';
import { corpusKey, openProject } from '../../core/store/index.ts';
import { operationState } from './scenario.ts';
import { temporaryFolder } from './folder.ts';
import { sampleCorpus } from './sample.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
// Within the checkout, where the bundle finds its packages.
const writer = path.join(root, 'node_modules/.cache/moetopic-test/store-writer.mjs');

beforeAll(async () => {
  await build({
    entryPoints: [path.join(root, 'test/store/writer.ts')],
    outfile: writer,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['@duckdb/node-api'],
    logLevel: 'error',
  });
});

/** Starts the writer; `said` follows what it has finished. */
function start(file: string) {
  const child = spawn(process.execPath, [writer, file], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Record<string, number> = {};
  const lines = createInterface({ input: child.stdout });
  const waiting: (() => void)[] = [];
  lines.on('line', (line) => {
    const [what, n] = line.split(' ');
    said[what] = Number(n);
    for (const wake of waiting.splice(0)) wake();
  });
  let errors = '';
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const until = async (what: string): Promise<void> => {
    while (!(what in said)) {
      if (child.exitCode !== null) throw new Error(errors);
      await Promise.race([new Promise<void>((resolve) => waiting.push(resolve)), once(child, 'exit')]);
    }
  };
  const kill = async (): Promise<void> => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  return { child, said, until, kill };
}

test('after kill -9 at any point a project is whole, and the run goes on from there', async () => {
  const file = path.join(temporaryFolder(), 'killed.moetopic');
  const random = new Random(7);
  let least = { operation: 0, result: 0 };
  for (let round = 0; round < 6; round++) {
    const { said, until, kill } = start(file);
    // The last time it gets once around first.
    await until(round < 5 ? 'fitted' : 'result');
    await new Promise((resolve) => setTimeout(resolve, 50 + random.integer(900)));
    await kill();
    least = {
      operation: said.operation ?? least.operation,
      result: said.result ?? least.result,
    };
    expect(existsSync(`${file}.owner`)).toBe(true);

    const project = await openProject(file);
    try {
      const operations = await project.operations();
      expect([least.operation, least.operation + 1]).toContain(operations.length);
      // A kill between an undo and its redo leaves the operation undone, and the state that goes with it.
      const inForce = operations.filter((entry) => !entry.undone).length;
      expect([operations.length, operations.length - 1]).toContain(inForce);
      expect(await project.state()).toEqual(operationState(inForce));
      expect(await project.fittedState()).toEqual(operationState(0));
      const result = await project.getResult<{ version: number; data: Float32Array }>('reduce', 'key');
      const version = result?.version ?? 0;
      expect([least.result, least.result + 1]).toContain(version);
      expect(result?.data.every((v) => v === version) ?? true).toBe(true);
      least = { operation: operations.length, result: version };
    } finally {
      await project.close();
    }
  }
  expect(least.operation).toBeGreaterThan(0);
}, 240_000);

test('a second opener is told the owner’s process id; a reader, too', async () => {
  const file = path.join(temporaryFolder(), 'owned.moetopic');
  const { child, until, kill } = start(file);
  await until('fitted');
  for (const options of [{}, { readOnly: true }, { create: true }])
    await expect(openProject(file, options)).rejects.toMatchObject({
      exitStatus: 3,
      code: 'owned',
      message: expect.stringContaining(`(process id ${child.pid})`) as string,
    });
  await kill();
  const project = await openProject(file);
  await expect(openProject(file)).rejects.toThrow(`process id ${process.pid}`);
  await project.close();
});

test('an owner’s record that is cut short, or of a process id used again, is no owner', async () => {
  const file = path.join(temporaryFolder(), 'stale.moetopic');
  await (await openProject(file, { create: true })).close();
  for (const record of ['{"pid":', JSON.stringify({ pid: 1, host: 'elsewhere', started: null })]) {
    writeFileSync(`${file}.owner`, record);
    await (await openProject(file)).close();
    expect(existsSync(`${file}.owner`)).toBe(false);
  }
});

test('DuckDB’s own lock stops whoever gets past the record, with the same sentence', async () => {
  const file = path.join(temporaryFolder(), 'locked.moetopic');
  const { child, until, kill } = start(file);
  await until('fitted');
  writeFileSync(`${file}.owner`, 'not a record');
  await expect(openProject(file)).rejects.toThrow(`process id ${child.pid}`);
  await kill();
});

test('a corpus’ key is that of its content, not of its path', () => {
  const corpus = sampleCorpus();
  expect(corpusKey({ ...corpus, source: 'elsewhere.csv', name: 'other' })).toBe(corpusKey(corpus));
  const moved = { ...corpus, texts: ['a', ...corpus.texts.slice(1)] };
  expect(corpusKey(moved)).not.toBe(corpusKey(corpus));
});
