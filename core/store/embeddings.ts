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

/** Appends a finished batch; once it returns, a crash no longer loses it. */
export async function appendBatch(db: Database, key: string, batch: EmbeddingBatch): Promise<void> {
  const count = batch.tokens.length;
  const rows =
    typeof batch.rows === 'number'
      ? Int32Array.from({ length: count }, (_, i) => (batch.rows as number) + i)
      : batch.rows;
  for (const m of [batch.hidden, batch.routing])
    if (m !== null && m.rows !== count)
      throw new InputError(`An embedding batch of ${count} documents has a matrix of ${m.rows} rows.`);
  const [[index]] = await db.rows<[number]>(
    'SELECT coalesce(max(batch), -1) + 1 FROM batches WHERE stage_key = ?',
    [key],
  );
  const bytes = (array: ArrayBufferView | null): Cell =>
    array === null ? null : Uint8Array.from(bytesOf(array));
  await db.append(
    'batches',
    ['text', 'integer', 'integer', 'integer', 'blob', 'blob', 'blob', 'blob', 'blob'],
    [
      [
        key,
        index,
        rows[0] ?? 0,
        count,
        bytes(rows),
        bytes(batch.hidden && batch.hidden.data),
        bytes(batch.routing && batch.routing.data),
        bytes(batch.tokens),
        bytes(batch.truncated),
      ],
    ],
  );
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
  const { batches } = await embeddingProgress(db, key);
  if (batches === 0) return null;
  for (let from = 0; from < batches; from += batchesAtOnce) {
    const list = await db.rows<[Uint8Array, Uint8Array | null, Uint8Array | null, Uint8Array, Uint8Array]>(
      'SELECT "rows", hidden, routing, tokens, truncated FROM batches WHERE stage_key = ? AND batch >= ? AND batch < ?',
      [key, from, from + batchesAtOnce],
    );
    for (const [rowBytes, hiddenBytes, routingBytes, tokenBytes, cut] of list) {
      const rows = arrayOf('i32', rowBytes);
      const batchTokens = arrayOf('i32', tokenBytes);
      rows.forEach((row, i) => {
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

/** Batches are some hundred documents each: 16 of them are tens of megabytes. */
const batchesAtOnce = 16;

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

/** Forgets an embedding's batches, or every one but those of the key to keep. */
export async function removeBatches(db: Database, key: string | null, keep: string | null): Promise<void> {
  if (key !== null) await db.run('DELETE FROM batches WHERE stage_key = ?', [key]);
  else if (keep !== null) await db.run('DELETE FROM batches WHERE stage_key <> ?', [keep]);
}
