import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { DuckDBInstance } from '@duckdb/node-api';
import { openProject, stageKey, type Project } from '../../core/store/index.ts';
import { temporaryFolder } from './folder.ts';
import { sampleCorpus, sampleState } from './sample.ts';

const open: Project[] = [];
async function project(file = path.join(temporaryFolder(), 'a.moetopic')): Promise<Project> {
  const made = await openProject(file, { create: true });
  open.push(made);
  return made;
}
afterEach(async () => {
  for (const p of open.splice(0)) await p.close();
});

async function reopen(p: Project): Promise<Project> {
  await p.close();
  return project(p.path);
}

test('a corpus comes back as it was, whatever its texts hold', async () => {
  let p = await project();
  const corpus = sampleCorpus();
  await p.saveCorpus(corpus);
  p = await reopen(p);
  expect(await p.loadCorpus()).toEqual(corpus);
});

test('texts that differ from their column are kept beside it', async () => {
  let p = await project();
  const corpus = { ...sampleCorpus(), texts: sampleCorpus().texts.map((t) => `${t} stripped`) };
  await p.saveCorpus(corpus);
  await p.saveCorpus(corpus);
  p = await reopen(p);
  expect(await p.loadCorpus()).toEqual(corpus);
});

test('a project is one file once it is closed', async () => {
  const p = await project();
  await p.saveCorpus(sampleCorpus());
  expect(existsSync(`${p.path}.owner`)).toBe(true);
  await p.close();
  for (const suffix of ['.owner', '.wal', '.tmp']) expect(existsSync(p.path + suffix)).toBe(false);
});

test('results come back with their numbers, under their own key only', async () => {
  let p = await project();
  const value = {
    map: { data: Float32Array.of(1, NaN, -0, Infinity), rows: 2, columns: 2 },
    tree: { parent: Int32Array.of(3), lambda: Float64Array.of(Infinity), empty: new Uint8Array(0) },
    recipe: { a: 1.5, b: NaN, c: -Infinity, $odd: 'x', none: null, list: [1, 'two', { three: 3 }] },
  };
  const key = stageKey('reduce', 1, ['input'], { neighbors: 15 });
  await p.putResult('reduce', key, value);
  p = await reopen(p);
  expect(await p.getResult('reduce', key)).toEqual(value);
  expect(await p.getResult('reduce', 'other')).toBeUndefined();
  await p.putResult('reduce', 'newer', 7);
  expect(await p.getResult('reduce', key)).toBeUndefined();
  expect(await p.latestResult('reduce')).toEqual({ key: 'newer', value: 7 });
});

test('arrays larger than one part and one transaction come back', async () => {
  let p = await project();
  const data = new Float32Array(new SharedArrayBuffer(10_000_000 * 4)).map((_, i) => i);
  await p.putResult('embed', 'k', { data });
  p = await reopen(p);
  const back = await p.getResult<{ data: Float32Array }>('embed', 'k');
  expect(Buffer.compare(Buffer.from(back!.data.buffer), Buffer.from(data.buffer))).toBe(0);
});

test('any sequence of operations, undone, gives the same hash; reopening changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 8, maxLength: 8 }), { maxLength: 5 }),
      async (edits) => {
        let p = await project();
        await p.saveCorpus(sampleCorpus());
        const states = [[0, 0, 0, 0, 1, 1, 1, -1], ...edits].map(sampleState);
        await p.saveFit(states[0]);
        const hashes = [await p.canonicalHash()];
        for (const [i, state] of states.slice(1).entries()) {
          await p.commitOperation({ kind: 'edit', i }, `edit ${i}`, state);
          hashes.push(await p.canonicalHash());
        }
        p = await reopen(p);
        expect(await p.canonicalHash()).toBe(hashes.at(-1));
        for (let i = edits.length - 1; i >= 0; i--) {
          await p.commitUndo(states[i]);
          expect(await p.canonicalHash()).toBe(hashes[i]);
        }
        expect((await p.operations()).map((o) => [o.text, o.undone])).toEqual(
          edits.map((_, i) => [`edit ${i}`, true]),
        );
        for (let i = 0; i < edits.length; i++) await p.commitRedo(states[i + 1]);
        expect(await p.canonicalHash()).toBe(hashes.at(-1));
        expect(await p.fittedState()).toEqual(states[0]);
        expect(await p.state()).toEqual(states.at(-1));
      },
    ),
    { numRuns: 5 },
  );
});

test('a new operation ends what could be redone; undo of nothing is refused', async () => {
  const p = await project();
  const state = sampleState([0, 1]);
  await p.saveFit(state);
  await expect(p.commitUndo(state)).rejects.toThrow('There is no operation to undo.');
  await p.commitOperation({ kind: 'a' }, 'a', state);
  await p.commitUndo(state);
  await p.commitOperation({ kind: 'b' }, 'b', state);
  await expect(p.commitRedo(state)).rejects.toThrow('There is no undone operation to redo.');
  expect((await p.operations()).map((o) => o.text)).toEqual(['b']);
  expect((await p.log()).map((l) => l.kind)).toEqual(['fit', 'operation', 'undo', 'operation']);
});

test('the same fit again keeps the edits, another one begins anew', async () => {
  const p = await project();
  await p.saveFit(sampleState([0, 1]));
  await p.commitOperation({ kind: 'a' }, 'a', sampleState([1, 1]));
  await p.saveFit(sampleState([0, 1]));
  expect((await p.operations()).map((o) => o.text)).toEqual(['a']);
  expect(await p.state()).toEqual(sampleState([1, 1]));
  await p.saveFit(sampleState([0, 0]));
  expect(await p.operations()).toEqual([]);
  expect(await p.state()).toEqual(sampleState([0, 0]));
});

test('what is asked for at the same time happens one after the other', async () => {
  const p = await project();
  await Promise.all([
    p.saveCorpus(sampleCorpus()),
    p.saveFit(sampleState([0, 1])),
    ...Array.from({ length: 5 }, (_, i) => p.commitOperation({ i }, `${i}`, sampleState([i, i]))),
  ]);
  expect((await p.operations()).map((o) => o.text)).toEqual(['0', '1', '2', '3', '4']);
  expect([...(await p.state())!.labels]).toEqual([4, 4]);
});

test('a reader can look but not change', async () => {
  const p = await project();
  await p.saveManifest({ seed: 42 });
  await p.close();
  const reader = await openProject(p.path, { readOnly: true });
  open.push(reader);
  expect(await reader.manifest()).toEqual({ seed: 42 });
  await expect(reader.saveManifest({})).rejects.toThrow('opened for reading only');
});

test.each([
  ['missing.moetopic', null, 'There is no project at'],
  ['text.moetopic', 'not a database', 'is not a MoETopic project'],
  ['empty.moetopic', '', 'is not a MoETopic project'],
])('%s is refused in one sentence', async (name, content, message) => {
  const file = path.join(temporaryFolder(), name);
  if (content !== null) writeFileSync(file, content);
  await expect(openProject(file)).rejects.toMatchObject({
    exitStatus: 3,
    message: expect.stringContaining(message) as string,
  });
});

test('another database and a newer format are refused', async () => {
  const file = path.join(temporaryFolder(), 'other.moetopic');
  const run = async (sql: string) => {
    const instance = await DuckDBInstance.create(file);
    const connection = await instance.connect();
    await connection.run(sql);
    connection.closeSync();
    instance.closeSync();
  };
  await run('CREATE TABLE things (x INTEGER)');
  await expect(openProject(file)).rejects.toThrow('is a DuckDB database but not a MoETopic project');
  await run("CREATE TABLE meta AS SELECT 'format' AS name, '99' AS value");
  await expect(openProject(file)).rejects.toThrow('has project format 99');
  await expect(openProject(path.dirname(file))).rejects.toThrow('is a folder, not a project');
});
