import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../core/base/errors.ts';
import { quietContext } from '../../core/base/progress.ts';
import {
  performOperation,
  redoOperation,
  replayOperations,
  runToFolder,
  Session,
  undoOperation,
} from '../../core/index.ts';
import { scratchFolder } from '../cli/cli.ts';
import { writeSubjects } from '../cli/corpora.ts';
import { anyOperation, oneOfEach, type Operation } from './any-operation.ts';

/**
 * Whole operations killed (SIGKILL) before each of their writes: the project is then as it was before the operation or as it is after
 * it, never between, and can be worked on.
 */
const { at, cache } = scratchFolder('operation-crash');
process.env.MOETOPIC_CACHE = cache;
const context = quietContext();
const script = fileURLToPath(new URL('operating.mjs', import.meta.url));
const library = pathToFileURL(fileURLToPath(new URL('../../dist/core.js', import.meta.url))).href;
const file = at('run', 'project.moetopic');
const copy = at('copy.moetopic');

type Step =
  | { type: 'operation'; operation: Operation }
  | { type: 'replay'; operations: readonly Operation[] }
  | { type: 'undo' | 'redo' }
  | { type: 'grow'; corpus: string; out: string };

beforeAll(async () => {
  const source = writeSubjects(at('corpus.csv'), ['sea', 'sky'], 20, 7);
  await runToFolder({ source, params: {}, out: at('run'), overwrite: false }, context);
});

/** Does a step in a process of its own, in a fresh copy of the project; gives its number of writes, null where it was killed. */
function inChild(step: Step, killedAt: number): number | null {
  for (const name of [copy, `${copy}.wal`, `${copy}.owner`]) rmSync(name, { force: true });
  cpSync(file, copy);
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    [script, library, copy, JSON.stringify(step), String(killedAt)],
    { encoding: 'utf8' },
  );
  if (signal === 'SIGKILL') return null;
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

async function opened<T>(project: string, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await Session.open(project);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

/** The state in the file, and which operations are in force or can be redone. */
async function standing({ project }: Session): Promise<string> {
  const history = (await project.operations()).map(({ text, undone }) => [text, undone]);
  return JSON.stringify([await project.canonicalHash(), history]);
}

function again(session: Session, step: Step): Promise<unknown> {
  if (step.type === 'operation') return performOperation(session, step.operation, context);
  if (step.type === 'replay') return replayOperations(session, step.operations, context);
  return (step.type === 'undo' ? undoOperation : redoOperation)(session, context);
}

/** Kills a step at some of its writes; the project then does it, where it has not happened, as if nothing had been. */
async function survives(step: Step, pointsOf: (writes: number) => readonly number[]): Promise<void> {
  const before = await opened(file, standing);
  const writes = inChild(step, 0)!;
  const after = await opened(copy, standing);
  expect(after).not.toBe(before);
  for (const point of pointsOf(writes)) {
    expect(inChild(step, point)).toBeNull();
    await opened(copy, async (session) => {
      const now = await standing(session);
      // The last write is that of closing: by then the operation is in the file.
      expect(now).toBe(point === writes ? after : before);
      if (now === before) await again(session, step);
      expect(await standing(session)).toBe(after);
    });
  }
}

const everyPoint = (writes: number): number[] => Array.from({ length: writes }, (_, i) => i + 1);
const someOf = (points: readonly number[]): number[] => fc.sample(fc.constantFrom(...points), 2);
/** Two by chance, and the two between which it happens. */
const fewPoints = (writes: number): number[] => [...someOf(everyPoint(writes - 2)), writes - 1, writes];

describe('an operation that is killed', () => {
  it('at any of its writes has happened or not', async () => {
    await survives({ type: 'operation', operation: { type: 'merge', topics: [0, 1] } }, everyPoint);
  }, 240_000);

  it('so have a list of operations, an undo and a redo', async () => {
    await survives({ type: 'replay', operations: oneOfEach.slice(0, 8) }, fewPoints);
    await opened(file, (session) => replayOperations(session, oneOfEach, context));
    await survives({ type: 'undo' }, fewPoints);
    await opened(file, (session) => undoOperation(session, context));
    await survives({ type: 'redo' }, fewPoints);
  }, 240_000);

  it('in a random sequence, each going on from where the one before was killed', async () => {
    for (const operation of fc.sample(anyOperation, 12)) {
      const next = await opened(file, async (session) => {
        const before = await standing(session);
        const done = await performOperation(session, operation, context).then(
          () => true,
          () => false,
        );
        if (done) await undoOperation(session, context);
        return done && (await standing(session)) !== before;
      });
      if (!next) continue;
      await survives({ type: 'operation', operation }, (writes) => someOf(everyPoint(writes)).slice(1));
      cpSync(copy, file);
    }
  }, 240_000);

  it('while a project grows: the project is as it was, and the new one is whole, or made anew', async () => {
    const corpus = writeSubjects(at('batch.csv'), ['sky', 'kitchen'], 20, 1);
    const out = at('grown');
    const made = path.join(out, 'project.moetopic');
    const before = await opened(file, standing);
    const step: Step = { type: 'grow', corpus, out };
    const writes = inChild(step, 0)!;
    const grown = await opened(made, standing);
    for (const point of [1, ...someOf(everyPoint(writes)), writes]) {
      rmSync(out, { recursive: true });
      expect(inChild(step, point)).toBeNull();
      expect(await opened(copy, standing)).toBe(before);
      try {
        expect(await opened(made, standing)).toBe(grown);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        expect((error as Error).message).toMatch(/holds no finished run yet|There is no project at/);
      }
      inChild(step, 0);
      expect(await opened(made, standing)).toBe(grown);
    }
  }, 240_000);
});
