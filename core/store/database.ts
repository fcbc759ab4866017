import type { DuckDBAppender, DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import { openDuckDb } from '../base/duckdb.ts';
import { InputError, MoeTopicError, ResourceError } from '../base/errors.ts';
import { ownedBy } from './owner.ts';
import { folderForProject, noProject } from './refusals.ts';

/** What an appender takes: null, text, whole numbers, doubles and bytes, by the column's type. */
export type Cell = string | number | bigint | Uint8Array | null;
export type ColumnType = 'text' | 'integer' | 'bigint' | 'double' | 'blob';

/**
 * One connection to the project file. Requests wait for each other, so that nobody reads in the middle of another's
 * transaction.
 */
export class Database {
  private last: Promise<unknown> = Promise.resolve();
  private inTransaction = false;
  private closed = false;

  private constructor(
    readonly path: string,
    readonly readOnly: boolean,
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  /** @throws InputError when the file is no database, of a newer format, or locked by another process (named). */
  static async open(path: string, options: { readOnly: boolean; memoryLimitMb: number }): Promise<Database> {
    try {
      const instance = await openDuckDb(path, options);
      return new Database(path, options.readOnly, instance, await instance.connect());
    } catch (error) {
      throw explain(path, error);
    }
  }

  close(): void {
    this.closed = true;
    this.connection.closeSync();
    // Closing the last connection writes the log into the file (a checkpoint).
    this.instance.closeSync();
  }

  /** Runs work when all that was asked for before is done. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const open = (): Promise<T> => {
      if (this.closed) throw new InputError(`${this.path} was closed; open it again.`);
      return work();
    };
    const result = this.last.then(open).catch((error: unknown) => {
      throw explain(this.path, error);
    });
    this.last = result.catch(() => undefined);
    return result;
  }

  /** All of the work's changes or none of them; call within `exclusive`. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.inTransaction) return work();
    if (this.readOnly)
      throw new InputError(`${this.path} was opened for reading only; open it for writing to change it.`);
    await this.connection.run('BEGIN');
    this.inTransaction = true;
    try {
      const result = await work();
      await this.connection.run('COMMIT');
      return result;
    } catch (error) {
      await this.connection.run('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      this.inTransaction = false;
    }
  }

  async run(sql: string, values: DuckDBValue[] = []): Promise<void> {
    await this.connection.run(sql, values);
  }

  /** A query's rows at once: for small answers. Integers of 64 bits come as numbers. */
  async rows<T extends unknown[]>(sql: string, values: DuckDBValue[] = []): Promise<T[]> {
    const reader = await this.connection.runAndReadAll(sql, values);
    return reader.getRows().map((row) => row.map(plain)) as T[];
  }

  /** A query's rows, 2,048 at a time: for large answers. */
  async each(sql: string, values: DuckDBValue[], take: (row: unknown[]) => void): Promise<void> {
    const result = await this.connection.stream(sql, values);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return;
      for (const row of chunk.getRows()) take(row.map(plain));
    }
  }

  /** Appends rows to a table, in its columns' order. */
  async append(table: string, types: readonly ColumnType[], rows: Iterable<readonly Cell[]>): Promise<void> {
    const appender = await this.connection.createAppender(table);
    let waiting = 0;
    for (const row of rows) {
      for (let c = 0; c < types.length; c++) waiting += put(appender, types[c], row[c]);
      appender.endRow();
      if (waiting > flushBytes) {
        appender.flushSync();
        waiting = 0;
      }
    }
    appender.closeSync();
  }
}

const flushBytes = 16 << 20;

/** Appends one cell; gives roughly the bytes that now wait in memory. */
function put(appender: DuckDBAppender, type: ColumnType, value: Cell): number {
  if (value === null) appender.appendNull();
  else if (type === 'text') appender.appendVarchar(value as string);
  else if (type === 'blob') appender.appendBlob(value as Uint8Array);
  else if (type === 'integer') appender.appendInteger(value as number);
  else if (type === 'bigint') appender.appendBigInt(BigInt(value as number));
  else appender.appendDouble(value as number);
  return typeof value === 'string' || value instanceof Uint8Array ? value.length : 8;
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value !== null && typeof value === 'object' && 'bytes' in value) return value.bytes;
  return value;
}

/** DuckDB's words as one sentence of ours, its own kept as the cause. */
export function explain(path: string, error: unknown): unknown {
  if (error instanceof MoeTopicError || !(error instanceof Error)) return error;
  const text = error.message;
  const options = { cause: error };
  const holder = /Conflicting lock is held in .*?\(PID (\d+)\)/.exec(text)?.[1];
  if (holder) return ownedBy(path, holder);
  if (/Could not set lock/.test(text)) return ownedBy(path, 'unknown');
  if (/not a valid DuckDB database/.test(text))
    return new InputError(`${path} is not a MoETopic project; choose a file written by MoETopic.`, options);
  if (/version number|storage version|newer/.test(text))
    return new InputError(
      `${path} was written by a newer MoETopic; update this one to open it.`,
      Object.assign(options, { code: 'newer-format' }),
    );
  if (/database does not exist|No such file/.test(text)) return noProject(path, options);
  if (/Is a directory/.test(text)) return folderForProject(path, options);
  if (/Permission denied|read-only file system/i.test(text))
    return new InputError(`${path} may not be opened here (permission denied); check its rights.`, options);
  if (/No space left|Disk full/i.test(text))
    return new ResourceError(
      `The disk is full: ${path} was left as it was; free some space and go on.`,
      options,
    );
  if (/Out of Memory|failed to (pin|allocate)/i.test(text))
    return new ResourceError(
      `Not enough memory to work on ${path}; close other programs and try again.`,
      options,
    );
  if (/Corrupt|checksum|deseriali|WAL/i.test(text))
    return new InputError(
      `${path} is damaged and can't be read; restore it from a copy or run again.`,
      options,
    );
  return error;
}
