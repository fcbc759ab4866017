import type { Topic } from '../stages.ts';
import type { Database } from './database.ts';
import { getEntry, putEntry } from './entries.ts';

/**
 * What people see and edit: everything that the exports are made of. It is kept twice, as the run fitted it (`fit`, where
 * undo starts) and as it is now (`current`). More fields may ride along; all are kept and hashed.
 */
export interface StoredState {
  readonly topics: readonly Topic[];
  /** Topic of each document, −1 for outliers. */
  readonly labels: Int32Array;
  [more: string]: unknown;
}

const scope = 'state';

export function getState(db: Database, which: 'fit' | 'current'): Promise<unknown> {
  return getEntry(db, scope, which);
}

/** Replaces the current state, with the log's line in the same transaction. */
export function putCurrent(db: Database, state: StoredState, log: () => Promise<void>): Promise<void> {
  return putEntry(db, scope, 'current', state, async () => {
    await mirror(db, state.topics);
    await log();
  });
}

/** Starts a new history. The fit is written first: until the current state follows, the old one and its log stand. */
export async function putFit(db: Database, state: StoredState, log: () => Promise<void>): Promise<void> {
  await db.transaction(async () => {
    await putEntry(db, scope, 'fit', state);
    await putCurrent(db, state, log);
  });
}

/** The topics and keywords as plain tables, for people who open the file with DuckDB. */
async function mirror(db: Database, topics: readonly Topic[]): Promise<void> {
  await db.run('DELETE FROM topics');
  await db.run('DELETE FROM keywords');
  await db.append(
    'topics',
    ['integer', 'text', 'integer', 'double'],
    topics.map((t) => [t.id, t.name, t.count, t.share]),
  );
  await db.append(
    'keywords',
    ['integer', 'integer', 'text', 'double'],
    topics.flatMap((t) => t.keywords.map((k, i) => [t.id, i + 1, k.keyword, k.weight])),
  );
}
