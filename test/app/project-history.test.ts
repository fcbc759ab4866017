import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { InputError, UsageError } from '../../core/base/errors.ts';
import { quietContext } from '../../core/base/progress.ts';
import {
  exportSession,
  growProject,
  importBertopic,
  mergeProjects,
  operationTypes,
  performOperation,
  previewOperationOn,
  readCorpus,
  redoOperation,
  replayOperations,
  runToFolder,
  Session,
  undoOperation,
} from '../../core/index.ts';
import { scratchFolder } from '../cli/cli.ts';
import { writeSubjects } from '../cli/corpora.ts';
import { anyOperation, everyKind, oneOfEach, type Operation } from './any-operation.ts';

const { at, cache } = scratchFolder('history');
process.env.MOETOPIC_CACHE = cache;
const context = quietContext();
const project = (name: string): string => at(name, 'project.moetopic');
const bertopic = fileURLToPath(new URL('../reference/topics/bertopic-model', import.meta.url));

/** The kinds of projects that there are: as a run left it, with predicted documents, of two projects, without texts. */
beforeAll(async () => {
  const source = writeSubjects(at('corpus.csv'), ['sea', 'sky'], 20, 7);
  await runToFolder({ source, params: {}, out: at('run'), overwrite: false }, context);
  const other = writeSubjects(at('other.csv'), ['sky', 'kitchen'], 20, 1);
  await runToFolder({ source: other, params: {}, out: at('other'), overwrite: false }, context);
  const [run, second] = [await Session.open(project('run')), await Session.open(project('other'))];
  await growProject(run, await readCorpus(other, {}, context), at('grown'), {}, context);
  await mergeProjects(run, second, at('merged'), {}, context);
  await importBertopic(bertopic, at('imported'), {}, context);
  for (const opened of [run, second]) await opened.close();
}, 120_000);

/** Everything that a person takes away, and the hash of the state in the file. */
async function seen(of: Session): Promise<string> {
  const folder = at('export');
  mkdirSync(folder, { recursive: true });
  await exportSession(of, 'csv', folder, {}, context);
  const files = ['topics.csv', 'documents.csv'].map((name) => readFileSync(at('export', name), 'utf8'));
  return [await of.project.canonicalHash(), ...files].join('\n');
}

const isRefusal = (error: unknown): boolean => error instanceof UsageError || error instanceof InputError;

/** Does what can be done, as its preview said; what is refused is refused in the preview too, and neither changes anything. */
async function perform(session: Session, operation: Operation): Promise<boolean> {
  const before = await session.project.canonicalHash();
  const told = await previewOperationOn(session, operation, context).catch((error: unknown) => error);
  expect(await session.project.canonicalHash()).toBe(before);
  try {
    await performOperation(session, operation, context);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    expect(told).toEqual(error);
    expect(await session.project.canonicalHash()).toBe(before);
    return false;
  }
  const { topics } = session.state;
  expect(told).toMatchObject({ after: { topics: topics.filter(({ id }) => id >= 0).length } });
  return true;
}

/** Goes through a whole history and back again; gives the kinds of operations that were not refused. */
async function goThrough(name: string, operations: readonly Operation[]): Promise<string[]> {
  let session = await Session.open(project(name));
  const start = await seen(session);
  const done: Operation[] = [];
  try {
    for (const operation of operations) {
      if (!(await perform(session, operation))) continue;
      done.push(operation);
      const before = await seen(session);
      await session.close();
      session = await Session.open(project(name));
      expect(await seen(session)).toBe(before);
    }
    const end = await seen(session);
    for (const _ of done) await undoOperation(session, context);
    expect(await seen(session)).toBe(start);
    for (const _ of done) await redoOperation(session, context);
    expect(await seen(session)).toBe(end);
    for (const _ of done) await undoOperation(session, context);
    // Elsewhere: a copy that never saw any of it.
    const copy = await Session.open(project(`copy-${name}`));
    try {
      expect(await replayOperations(copy, done, context)).toBe(done.length);
      expect(await seen(copy)).toBe(end);
      for (const _ of done) await undoOperation(copy, context);
      expect(await seen(copy)).toBe(start);
    } finally {
      await copy.close();
    }
  } finally {
    await session.close();
  }
  return done.map(({ type }) => type);
}

describe('a project’s history', () => {
  it('knows every kind of operation', () => {
    expect(Object.keys(everyKind).sort()).toEqual(operationTypes);
    expect(oneOfEach.map(({ type }) => type).sort()).toEqual(operationTypes);
  });

  it.each(['run', 'grown', 'merged', 'imported'])(
    'of a project that is %s: undone gives identical exports and hash, redone and replayed elsewhere too, reloaded after every step',
    async (name) => {
      cpSync(at(name), at(`copy-${name}`), { recursive: true });
      const every = await goThrough(name, oneOfEach);
      // A model without its texts can't count words anew, and the one here has few topics.
      if (name !== 'imported') expect(every.sort()).toEqual(operationTypes);
      await fc.assert(
        fc.asyncProperty(fc.array(anyOperation, { minLength: 1, maxLength: 5 }), async (operations) => {
          await goThrough(name, operations);
        }),
        { numRuns: name === 'run' ? 6 : 2 },
      );
    },
    240_000,
  );

  it('is replayed as a whole or not at all, and says what does not fit', async () => {
    const session = await Session.open(project('run'));
    try {
      const before = await seen(session);
      const operations = [
        { type: 'rename', topic: 0, name: 'Kept?' },
        { type: 'merge', topics: [0, 99] },
        { type: 'delete', topics: [1] },
      ];
      await expect(replayOperations(session, operations, context)).rejects.toThrow(
        'Operation 2 of 3 (Merge topics 0, 99) does not fit this project, so none was done: There is no topic 99',
      );
      await expect(replayOperations(session, [operations[0], { type: 'no' }], context)).rejects.toMatchObject(
        {
          message: expect.stringMatching(/^Operation 2 of 2 \(unknown\) does not fit/) as string,
          exitStatus: 2,
        },
      );
      expect(await seen(session)).toBe(before);
      expect((await session.project.operations()).filter((entry) => !entry.undone)).toEqual([]);
      expect(await replayOperations(session, [operations[0], operations[2]], context)).toBe(2);
      const inForce = (await session.project.operations()).filter((entry) => !entry.undone);
      expect(inForce.map(({ text }) => text)).toEqual(['Rename topic 0 to “Kept?”', 'Delete topic 1']);
      await undoOperation(session, context);
      await undoOperation(session, context);
      expect(await seen(session)).toBe(before);
    } finally {
      await session.close();
    }
  });
});
