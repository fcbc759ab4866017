import { makeArray, partsOf, type ArrayKind, type TypedArray } from './arrays.ts';
import type { Database } from './database.ts';

/**
 * Arrays as BLOBs. DuckDB holds a table's last 122,880 rows in memory when it writes them into the file, however large
 * they are; so small arrays share the table `blobs`, and a large one gets a table for each 32 MB, `blobs_ID_0`, `blobs_ID_1` …
 */
const partBytes = 4 << 20;
const tableBytes = 32 << 20;
/** Parts read by one query. */
const readParts = 8;

function tableOf(id: number, index: number): string {
  return `blobs_${id}_${index}`;
}

function isLarge(bytes: number): boolean {
  return bytes > tableBytes;
}

/**
 * Writes an array under a new id. A large one takes a transaction for each table; until `arrays` names the id they are
 * garbage.
 */
export async function writeBlobs(db: Database, id: number, array: ArrayBufferView): Promise<void> {
  const large = isLarge(array.byteLength);
  let waiting: [number, number, Uint8Array][] = [];
  let bytes = 0;
  let index = 0;
  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const table = large ? tableOf(id, index++) : 'blobs';
    if (large) await db.run(`CREATE TABLE ${table} (id INTEGER, part INTEGER, data BLOB)`);
    await db.append(table, ['integer', 'integer', 'blob'], waiting);
    waiting = [];
    bytes = 0;
  };
  let part = 0;
  for (const data of partsOf(array, partBytes)) {
    waiting.push([id, part++, data]);
    bytes += data.length;
    if (bytes >= tableBytes) await db.transaction(flush);
  }
  await db.transaction(flush);
}

export async function readBlobs(
  db: Database,
  id: number,
  kind: ArrayKind,
  length: number,
): Promise<TypedArray> {
  const { array, bytes } = makeArray(kind, length);
  const perTable = isLarge(bytes.length) ? tableBytes / partBytes : Infinity;
  const parts = Math.ceil(bytes.length / partBytes);
  for (let part = 0; part < parts; part += readParts) {
    const table = perTable === Infinity ? 'blobs' : tableOf(id, Math.floor(part / perTable));
    const rows = await db.rows<[number, Uint8Array]>(
      `SELECT part, data FROM ${table} WHERE id = ? AND part >= ? AND part < ?`,
      [id, part, part + readParts],
    );
    for (const [p, data] of rows) bytes.set(data, p * partBytes);
  }
  return array;
}

/** Removes arrays by their ids; call within a transaction. */
export async function removeBlobs(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await db.run(`DELETE FROM blobs WHERE id IN (${ids.join(', ')})`);
  for (const [id, table] of await largeTables(db)) if (ids.includes(id)) await db.run(`DROP TABLE ${table}`);
}

/** Ids under which anything was written, finished or not. */
export async function blobIds(db: Database): Promise<number[]> {
  const small = await db.rows<[number]>('SELECT DISTINCT id FROM blobs');
  const large = await largeTables(db);
  return [...new Set([...small.flat(), ...large.map(([id]) => id)])];
}

async function largeTables(db: Database): Promise<[number, string][]> {
  const names = await db.rows<[string]>(
    "SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, 'blobs_')",
  );
  return names.map(([name]) => [Number(name.split('_')[1]), name]);
}
