import { InputError } from '../base/errors.ts';
import type { Database } from './database.ts';

/** The project file's format. A reader opens its own and older ones; a newer one it refuses. */
export const formatVersion = 1;

/**
 * The tables of every project; `documents` follows with its corpus, and large arrays bring tables of their own
 * (blobs.ts). Matrices and vectors are BLOBs of little-endian numbers; `arrays` names those that are whole. `topics` and `keywords` repeat the state in plain columns, for people who open the file with DuckDB.
 */
const tables = [
  'CREATE TABLE meta (name VARCHAR, value VARCHAR)',
  'CREATE TABLE skipped ("row" INTEGER, reason VARCHAR)',
  'CREATE TABLE entries (scope VARCHAR, entry_key VARCHAR, json VARCHAR)',
  'CREATE TABLE arrays (id INTEGER, scope VARCHAR, entry_key VARCHAR, type VARCHAR, length BIGINT)',
  'CREATE TABLE blobs (id INTEGER, part INTEGER, data BLOB)',
  'CREATE TABLE topics (topic INTEGER, name VARCHAR, "count" INTEGER, share DOUBLE)',
  'CREATE TABLE keywords (topic INTEGER, "rank" INTEGER, keyword VARCHAR, weight DOUBLE)',
  'CREATE TABLE log (entry INTEGER, kind VARCHAR, operation VARCHAR, text VARCHAR, happened VARCHAR)',
];

/**
 * Makes the tables in a new file, or checks those of an old one.
 * @throws InputError when the file is a database of something else or of a newer format.
 */
export async function prepareSchema(db: Database): Promise<void> {
  const names = (
    await db.rows<[string]>("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'")
  ).flat();
  if (names.length === 0) {
    if (db.readOnly) throw notOurs(db.path);
    return db.transaction(async () => {
      for (const table of tables) await db.run(table);
      await setMeta(db, 'format', formatVersion);
    });
  }
  const version = names.includes('meta') ? await getMeta<number>(db, 'format').catch(() => null) : null;
  if (typeof version !== 'number') throw notOurs(db.path);
  if (version > formatVersion)
    throw new InputError(
      `${db.path} has project format ${version} and this MoETopic reads up to ${formatVersion}; update it to open the project.`,
      { code: 'newer-format' },
    );
}

function notOurs(path: string): InputError {
  return new InputError(
    `${path} is a DuckDB database but not a MoETopic project; choose a file written by MoETopic.`,
  );
}

export async function getMeta<T>(db: Database, name: string): Promise<T | null> {
  const rows = await db.rows<[string]>('SELECT value FROM meta WHERE name = ?', [name]);
  return rows.length === 0 ? null : (JSON.parse(rows[0][0]) as T);
}

export async function setMeta(db: Database, name: string, value: unknown): Promise<void> {
  await db.run('DELETE FROM meta WHERE name = ?', [name]);
  await db.run('INSERT INTO meta VALUES (?, ?)', [name, JSON.stringify(value)]);
}
