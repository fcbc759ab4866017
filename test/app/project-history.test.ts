import { mkdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError, UsageError } from '../../core/base/errors.ts';
import { quietContext } from '../../core/base/progress.ts';
import {
  exportSession,
  operationTypes,
  performOperation,
  redoOperation,
  replayOperations,
  runToFolder,
  Session,
  undoOperation,
} from '../../core/index.ts';
import { scratchFolder } from '../cli/cli.ts';
import { writeSubjects } from '../cli/corpora.ts';

const { at, cache } = scratchFolder('history');
process.env.MOETOPIC_CACHE = cache;
const context = quietContext();
const project = (name: string): string => at(name, 'project.moetopic');
let session: Session;

beforeAll(async () => {
  const source = writeSubjects(at('corpus.csv'), ['sea', 'sky'], 20, 0);
  for (const name of ['a', 'b'])
    await runToFolder({ source, params: {}, out: at(name), overwrite: false }, context);
  session = await Session.open(project('a'));
}, 60_000);
afterAll(() => session.close());

/** Everything that a person takes away, and the hash of the state in the file. */
async function seen(of: Session): Promise<string> {
  const folder = at('export');
  mkdirSync(folder, { recursive: true });
  await exportSession(of, 'csv', folder, {}, context);
  const files = ['topics.csv', 'documents.csv'].map((name) => readFileSync(at('export', name), 'utf8'));
  return [await of.project.canonicalHash(), ...files].join('\n');
}

const topic = fc.nat(6);
const rows = fc.uniqueArray(fc.nat(39), { minLength: 1, maxLength: 5 });
/** Every kind of operation there is; some are refused at the moment when they come. */
const anyOperation: Record<string, fc.Arbitrary<Record<string, unknown>>> = {
  merge: fc.record({ topics: fc.uniqueArray(topic, { minLength: 2, maxLength: 3 }) }),
  'merge-groups': fc.record({
    groups: fc.constantFrom(
      [[0, 1]],
      [[0], [1, 2]],
      [
        [0, 1],
        [2, 3],
      ],
    ),
  }),
  reduce: fc.record({ to: fc.constantFrom(1, 2, 'auto'), by: fc.constantFrom('ctfidf', 'embedding') }),
  'merge-similar': fc.record({
    threshold: fc.constantFrom(-1, 0.2, 0.8),
    by: fc.constantFrom('ctfidf', 'embedding'),
  }),
  split: fc.record({ topic, params: fc.constantFrom({}, { minTopicSize: 3 }) }),
  delete: fc.record({ topics: fc.uniqueArray(topic, { minLength: 1, maxLength: 2 }) }),
  move: fc.record({ rows, topic: fc.integer({ min: -1, max: 6 }) }),
  rename: fc.record({ topic, name: fc.constantFrom('A name', '') }),
  names: fc.record({ names: fc.constantFrom({ 0: 'Zero' }, { 1: 'One', 2: 'Two' }), by: fc.constant('m') }),
  pin: fc.record({ topic, keywords: fc.subarray(['moon', 'ship', 'tide']) }),
  'stop-words': fc.record({ add: fc.subarray(['moon', 'ship']), remove: fc.subarray(['the', 'moon']) }),
  thesaurus: fc.record({ entries: fc.constantFrom({ ship: 'boat' }, { ship: '' }, { moon: 'planet' }) }),
  ngrams: fc.record({ range: fc.constantFrom('1-1', '1-2', '1-3', '2-2') }),
  outliers: fc.record({
    strategy: fc.constantFrom('membership', 'embedding', 'ctfidf', 'distribution'),
    threshold: fc.constantFrom(0, 0.1),
  }),
  'restore-outliers': fc.record({ rows: fc.option(rows) }),
};
const sequence = fc.array(
  fc.oneof(
    ...Object.entries(anyOperation).map(([type, rest]) =>
      rest.map((more): Record<string, unknown> => ({ type, ...more })),
    ),
  ),
  { minLength: 1, maxLength: 5 },
);

/** Does what can be done; what is refused changes nothing. */
async function perform(operation: Record<string, unknown>): Promise<boolean> {
  const before = await session.project.canonicalHash();
  try {
    await performOperation(session, operation, context);
    return true;
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof InputError)) throw error;
    expect(await session.project.canonicalHash()).toBe(before);
    return false;
  }
}

describe('a project’s history', () => {
  it('knows every kind of operation', () => {
    expect(Object.keys(anyOperation).sort()).toEqual(operationTypes);
  });

  it('undone gives identical exports and hash, redone and replayed elsewhere too, reloaded after every step', async () => {
    await fc.assert(
      fc.asyncProperty(sequence, async (operations) => {
        const start = await seen(session);
        const done: Record<string, unknown>[] = [];
        for (const operation of operations) {
          if (!(await perform(operation))) continue;
          done.push(operation);
          const before = await seen(session);
          await session.close();
          session = await Session.open(project('a'));
          expect(await seen(session)).toBe(before);
        }
        const end = await seen(session);
        for (const _ of done) await undoOperation(session, context);
        expect(await seen(session)).toBe(start);
        for (const _ of done) await redoOperation(session, context);
        expect(await seen(session)).toBe(end);
        const other = await Session.open(project('b'));
        try {
          expect(await replayOperations(other, done, context)).toBe(done.length);
          expect(await seen(other)).toBe(end);
          for (const _ of done) await undoOperation(other, context);
          expect(await seen(other)).toBe(start);
        } finally {
          await other.close();
        }
        for (const _ of done) await undoOperation(session, context);
      }),
      { numRuns: 12 },
    );
  }, 240_000);
});
