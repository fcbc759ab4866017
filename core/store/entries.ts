import { kindOf, type ArrayKind, type TypedArray } from './arrays.ts';
import { blobIds, readBlobs, removeBlobs, writeBlobs } from './blobs.ts';
import type { Database } from './database.ts';
import { decode, encode } from './encode.ts';

/** Arrays up to this many bytes together are written in one transaction with what names them. */
const smallBytes = 32 << 20;

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
  const write = async (): Promise<void> => {
    for (const [i, array] of arrays.entries()) await writeBlobs(db, firstId + i, array);
  };
  const large = arrays.reduce((sum, array) => sum + array.byteLength, 0) > smallBytes;
  if (large) await write();
  await db.transaction(async () => {
    await removeEntry(db, scope, key);
    if (!large) await write();
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
  for (const [id, kind, length] of list) arrays.push(await readBlobs(db, id, kind, length));
  return decode(found[0][0], arrays);
}

/** Removes the value under (scope, key); call within a transaction. */
export async function removeEntry(db: Database, scope: string, key: string): Promise<void> {
  const where = 'WHERE scope = ? AND entry_key = ?';
  const ids = await db.rows<[number]>(`SELECT id FROM arrays ${where}`, [scope, key]);
  await removeBlobs(db, ids.flat());
  await db.run(`DELETE FROM arrays ${where}`, [scope, key]);
  await db.run(`DELETE FROM entries ${where}`, [scope, key]);
}

/** Removes what writes that a crash cut off had written. */
export async function removeGarbage(db: Database): Promise<void> {
  const named = new Set((await db.rows<[number]>('SELECT id FROM arrays')).flat());
  const orphans = (await blobIds(db)).filter((id) => !named.has(id));
  if (orphans.length > 0) await db.transaction(() => removeBlobs(db, orphans));
}

async function nextId(db: Database): Promise<number> {
  const [[named]] = await db.rows<[number]>('SELECT coalesce(max(id), 0) FROM arrays');
  return 1 + Math.max(named, 0, ...(await blobIds(db)));
}
