import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { throwIfCancelled } from './errors.ts';

export interface DuckDBOptions {
  /** Most memory DuckDB may take; its own default is most of the machine. */
  readonly memoryLimitMb?: number;
  readonly threads?: number;
  /** Opens the file without the right to change it (for exports of a project that another process owns). */
  readonly readOnly?: boolean;
  /** Where DuckDB spills what does not fit; by default beside the database, nowhere for ':memory:'. */
  readonly temporaryFolder?: string;
}

/**
 * Opens a DuckDB database with the settings that MoETopic needs everywhere: never a download of an extension (it must work
 * offline, and an extension is code), a bounded memory, rows in the order of the file whatever the number of threads.
 * @param file a path, or ':memory:'.
 * @throws DuckDB's own error; the caller knows what the file is and says it.
 */
export async function openDuckDb(file: string, options: DuckDBOptions = {}): Promise<DuckDBInstance> {
  return DuckDBInstance.create(file, {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    memory_limit: `${options.memoryLimitMb ?? 512}MB`,
    threads: String(options.threads ?? 2),
    preserve_insertion_order: 'true',
    ...temporaryFolder(file, options.temporaryFolder),
    ...(options.readOnly ? { access_mode: 'READ_ONLY' } : {}),
  });
}

/** DuckDB would make a folder `.tmp` wherever the process happens to run. */
function temporaryFolder(file: string, chosen: string | undefined): { temp_directory?: string } {
  if (chosen !== undefined) return { temp_directory: chosen };
  return file === ':memory:' ? { temp_directory: '' } : {};
}

/** A text as an SQL literal, for the places (COPY, SET) where DuckDB takes no parameter. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A column's or table's name as an SQL identifier. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Runs work on one connection of an in-memory database and closes both whatever happens; an abort interrupts the query.
 * @throws CancelledError after an abort, else what the work throws.
 */
export async function withDuckDb<T>(
  options: DuckDBOptions & { signal?: AbortSignal },
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const { signal } = options;
  const instance = await openDuckDb(':memory:', options);
  try {
    const connection = await instance.connect();
    let interrupting: NodeJS.Timeout | undefined;
    // DuckDB forgets an interrupt that comes before the query has begun, hence more than one.
    const interrupt = (): void => {
      interrupting = setInterval(() => connection.interrupt(), 20);
    };
    signal?.addEventListener('abort', interrupt);
    try {
      if (signal) throwIfCancelled(signal);
      return await work(connection);
    } catch (cause) {
      if (signal) throwIfCancelled(signal);
      throw cause;
    } finally {
      signal?.removeEventListener('abort', interrupt);
      clearInterval(interrupting);
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}
