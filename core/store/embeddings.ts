import type { Matrix } from '../base/matrix.ts';
import { InputError } from '../base/errors.ts';
import { arrayOf, bytesOf } from './arrays.ts';
import type { Cell, Database } from './database.ts';

/** One finished batch of an embedding: row i of each part belongs to document `rows[i]`. */
export interface EmbeddingBatch {
  /** Document indices, or the first of a run of consecutive ones. */
  readonly rows: Int32Array | number;
  /** [b × H]; null when only the final matrix is kept elsewhere. */
  readonly hidden: Matrix | null;
  /** [b × routing width]; null for models without routers. */
  readonly routing: Matrix | null;
  readonly tokens: Int32Array;
  readonly truncated: Uint8Array;
}

/** All finished batches of an embedding, in the corpus' order. */
export interface StoredEmbedding {
  readonly hidden: Matrix | null;
  readonly routing: Matrix | null;
  readonly tokens: Int32Array;
  readonly truncated: Uint8Array;
  /** 1 where the document's row is there. */
  readonly done: Uint8Array;
  readonly rowsDone: number;
}

export interface EmbeddingProgress {
  readonly rowsDone: number;
  readonly batches: number;
}

export async function embeddingProgress(db: Database, key: string): Promise<EmbeddingProgress> {
  const [[rowsDone, batches]] = await db.rows<[number, number]>(
    'SELECT coalesce(sum(row_count), 0)::BIGINT, count(*) FROM batches WHERE stage_key = ?',
    [key],
  );
  return { rowsDone, batches };
}

/** Batches share a table up to this size: DuckDB holds a table's last rows in memory when it writes them into the file. */
const tableBytes = 32 << 20;

const batchColumns = '"rows" BLOB, hidden BLOB, routing BLOB, tokens BLOB, truncated BLOB';

function tableOf(table: number): string {
  return `batches_${table}`;
}

/** Appends a finished batch; once it returns, a crash no longer loses it. Call within a transaction. */
export async function appendBatch(db: Database, key: string, batch: EmbeddingBatch): Promise<void> {
  const count = batch.tokens.length;
  const rows =
    typeof batch.rows === 'number'
      ? Int32Array.from({ length: count }, (_, i) => (batch.rows as number) + i)
      : batch.rows;
  for (const m of [batch.hidden, batch.routing])
    if (m !== null && m.rows !== count)
      throw new InputError(`An embedding batch of ${count} documents has a matrix of ${m.rows} rows.`);
  const arrays = [rows, batch.hidden?.data, batch.routing?.data, batch.tokens, batch.truncated];
  const cells = arrays.map((array): Cell => (array ? Uint8Array.from(bytesOf(array)) : null));
  const bytes = arrays.reduce((sum, array) => sum + (array?.byteLength ?? 0), 0);
  const [[index]] = await db.rows<[number]>(
    'SELECT coalesce(max(batch), -1) + 1 FROM batches WHERE stage_key = ?',
    [key],
  );
  const table = await tableWithRoom(db, key, bytes);
  await db.append(tableOf(table), ['integer', 'blob', 'blob', 'blob', 'blob', 'blob'], [[index, ...cells]]);
  await db.run('INSERT INTO batches VALUES (?, ?, ?, ?, ?)', [key, index, count, table, bytes]);
}

/** The key's last table, or a new one when that is full. */
async function tableWithRoom(db: Database, key: string, bytes: number): Promise<number> {
  const [last] = await db.rows<[number, number]>(
    'SELECT "table", sum(bytes)::BIGINT FROM batches WHERE stage_key = ? GROUP BY "table" ORDER BY "table" DESC LIMIT 1',
    [key],
  );
  if (last !== undefined && last[1] + bytes <= tableBytes) return last[0];
  const [[table]] = await db.rows<[number]>('SELECT coalesce(max("table"), -1) + 1 FROM batches');
  await db.run(`CREATE TABLE ${tableOf(table)} (batch INTEGER, ${batchColumns})`);
  return table;
}

/** Puts the finished batches together for a corpus of `count` documents; null when there are none. */
export async function loadEmbedding(
  db: Database,
  key: string,
  count: number,
): Promise<StoredEmbedding | null> {
  const tokens = new Int32Array(count);
  const truncated = new Uint8Array(count);
  const done = new Uint8Array(count);
  let hidden: Matrix | null = null;
  let routing: Matrix | null = null;
  const tables = await db.rows<[number]>(
    'SELECT DISTINCT "table" FROM batches WHERE stage_key = ? ORDER BY "table"',
    [key],
  );
  if (tables.length === 0) return null;
  for (const [table] of tables) {
    const list = await db.rows<[Uint8Array, Uint8Array | null, Uint8Array | null, Uint8Array, Uint8Array]>(
      `SELECT "rows", hidden, routing, tokens, truncated FROM ${tableOf(table)} ORDER BY batch`,
    );
    for (const [rowBytes, hiddenBytes, routingBytes, tokenBytes, cut] of list) {
      const rows = arrayOf('i32', rowBytes);
      const batchTokens = arrayOf('i32', tokenBytes);
      rows.forEach((row, i) => {
        if (row < 0 || row >= count)
          throw new InputError(`The kept embedding has row ${row} of ${count} documents; embed again.`);
        tokens[row] = batchTokens[i];
        truncated[row] = cut[i];
        done[row] = 1;
      });
      hidden = scatter(hidden, rows, hiddenBytes, count);
      routing = scatter(routing, rows, routingBytes, count);
    }
  }
  return { hidden, routing, tokens, truncated, done, rowsDone: done.reduce((sum, d) => sum + d, 0) };
}

function scatter(
  into: Matrix | null,
  rows: Int32Array,
  bytes: Uint8Array | null,
  count: number,
): Matrix | null {
  if (bytes === null || rows.length === 0) return into;
  const data = arrayOf('f32', bytes);
  const columns = data.length / rows.length;
  const matrix = into ?? { data: new Float32Array(count * columns), rows: count, columns };
  rows.forEach((row, i) => matrix.data.set(data.subarray(i * columns, (i + 1) * columns), row * columns));
  return matrix;
}

/** Forgets every embedding but one; call within a transaction. */
export async function keepBatches(db: Database, keep: string): Promise<void> {
  const tables = await db.rows<[number]>('SELECT DISTINCT "table" FROM batches WHERE stage_key <> ?', [keep]);
  for (const [table] of tables) await db.run(`DROP TABLE ${tableOf(table)}`);
  await db.run('DELETE FROM batches WHERE stage_key <> ?', [keep]);
}
