import { kindOf, makeArray, partsOf, type ArrayKind, type TypedArray } from './arrays.ts';
import type { Database } from './database.ts';
import { decode, encode } from './encode.ts';

/** 4 MB: large enough to be fast, small enough that a million documents' matrix never lies in memory twice. */
const partBytes = 4 << 20;
/** What one transaction holds at most before the last. */
const transactionBytes = 32 << 20;
/** Parts read by one query. */
const readParts = 8;

/**
 * Puts a value under (scope, key), in place of an older one. Large arrays are written in several transactions, which
 * nothing refers to until the last one does: a crash in between leaves what was there before, and garbage that the next
 * opening removes.
 */
export async function putEntry(
  db: Database,
  scope: string,
  key: string,
  value: unknown,
  alongside: () => Promise<void> = async () => undefined,
): Promise<void> {
  const { json, arrays } = encode(value);
  const firstId = await nextId(db);
  let waiting: [number, number, Uint8Array][] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    await db.append('blobs', ['integer', 'integer', 'blob'], waiting);
    waiting = [];
    bytes = 0;
  };
  for (const [i, array] of arrays.entries()) {
    let part = 0;
    for (const data of partsOf(array, partBytes)) {
      waiting.push([firstId + i, part++, data]);
      bytes += data.length;
      if (bytes >= transactionBytes) await db.transaction(flush);
    }
  }
  await db.transaction(async () => {
    await removeEntry(db, scope, key);
    await flush();
    await db.append(
      'arrays',
      ['integer', 'text', 'text', 'text', 'bigint'],
      arrays.map((array, i) => [firstId + i, scope, key, kindOf(array), array.length]),
    );
    await db.run('INSERT INTO entries VALUES (?, ?, ?)', [scope, key, json]);
    await alongside();
  });
}

/** The value under (scope, key), or undefined. */
export async function getEntry(db: Database, scope: string, key: string): Promise<unknown> {
  const where = 'WHERE scope = ? AND entry_key = ?';
  const found = await db.rows<[string]>(`SELECT json FROM entries ${where}`, [scope, key]);
  if (found.length === 0) return undefined;
  const list = await db.rows<[number, ArrayKind, number]>(
    `SELECT id, type, length FROM arrays ${where} ORDER BY id`,
    [scope, key],
  );
  const arrays: TypedArray[] = [];
  for (const [id, kind, length] of list) arrays.push(await readArray(db, id, kind, length));
  return decode(found[0][0], arrays);
}

export async function hasEntry(db: Database, scope: string, key: string): Promise<boolean> {
  const rows = await db.rows('SELECT 1 FROM entries WHERE scope = ? AND entry_key = ?', [scope, key]);
  return rows.length > 0;
}

/** Removes the value under (scope, key), or all of the scope. */
export async function removeEntry(db: Database, scope: string, key: string | null): Promise<void> {
  const where = `WHERE scope = ?${key === null ? '' : ' AND entry_key = ?'}`;
  const values = key === null ? [scope] : [scope, key];
  await db.run(`DELETE FROM blobs WHERE id IN (SELECT id FROM arrays ${where})`, values);
  await db.run(`DELETE FROM arrays ${where}`, values);
  await db.run(`DELETE FROM entries ${where}`, values);
}

/** Removes blobs of writes that a crash cut off. */
export async function removeGarbage(db: Database): Promise<void> {
  const orphans = 'FROM blobs WHERE id NOT IN (SELECT id FROM arrays)';
  const [[count]] = await db.rows<[number]>(`SELECT count(*) ${orphans}`);
  if (count > 0) await db.transaction(() => db.run(`DELETE ${orphans}`));
}

async function readArray(db: Database, id: number, kind: ArrayKind, length: number): Promise<TypedArray> {
  const { array, bytes } = makeArray(kind, length);
  const parts = Math.ceil(bytes.length / partBytes);
  for (let part = 0; part < parts; part += readParts) {
    const rows = await db.rows<[number, Uint8Array]>(
      'SELECT part, data FROM blobs WHERE id = ? AND part >= ? AND part < ?',
      [id, part, part + readParts],
    );
    for (const [p, data] of rows) bytes.set(data, p * partBytes);
  }
  return array;
}

async function nextId(db: Database): Promise<number> {
  const [[id]] = await db.rows<[number]>(
    'SELECT 1 + greatest((SELECT coalesce(max(id), 0) FROM blobs), (SELECT coalesce(max(id), 0) FROM arrays))',
  );
  return id;
}
