import { stat } from 'node:fs/promises';
import path from 'node:path';
import { sqlName, withDuckDb } from '../base/duckdb.ts';
import { InputError, MoeTopicError, ResourceError, throwIfCancelled } from '../base/errors.ts';
import type { StageContext } from '../base/progress.ts';
import { readable } from './bytes.ts';
import type { CorpusParams, ReadLimits } from './params.ts';
import { TableBuilder, type Table } from './table.ts';
import { sizeText } from './window.ts';

/**
 * Reads Parquet through DuckDB, every column as text (lists and structures in DuckDB's notation).
 * @throws InputError when the file is no Parquet, damaged or cut short, or a cell is longer than the limit.
 */
export async function readParquet(
  file: string,
  params: CorpusParams,
  limits: ReadLimits,
  context: StageContext,
): Promise<Table> {
  try {
    await stat(file);
  } catch (cause) {
    throw readable(file, cause);
  }
  const location = literalGlob(path.resolve(file));
  try {
    return await withDuckDb(
      { memoryLimitMb: 1024, threads: context.threads, signal: context.signal },
      async (connection) => {
        const count = await connection.runAndReadAll('SELECT count(*) FROM read_parquet($1)', [location]);
        const rows = Number(count.getRows()[0][0]);
        // Some writers don't say that their binary columns are text.
        const source = 'read_parquet($1, binary_as_string = true)';
        const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`, [location]);
        const names = described.getColumnsJS()[0] as string[];
        const table = new TableBuilder(file, names, params.sample, context.seed, limits.totalCharacters);
        const columns = names.map((name) => `CAST(${sqlName(name)} AS VARCHAR)`).join(', ');
        const stream = await connection.stream(`SELECT ${columns} FROM ${source}`, [location]);
        for (;;) {
          const chunk = await stream.fetchChunk();
          if (chunk === null || chunk.rowCount === 0) break;
          throwIfCancelled(context.signal);
          addRows(table, chunk.getRows() as (string | null)[][], file, limits);
          context.onProgress({
            kind: 'progress',
            stage: 'load',
            fraction: table.count / rows,
            text: 'Reading the file',
          });
        }
        if (table.count === 0) throw new InputError(`${file} has no rows; give a file with documents.`);
        return table.finish({});
      },
    );
  } catch (cause) {
    throw explain(file, cause);
  }
}

function addRows(table: TableBuilder, rows: (string | null)[][], file: string, limits: ReadLimits): void {
  for (const cells of rows) {
    const row = table.count + 1;
    if (cells.some((cell) => cell !== null && cell.length > limits.recordBytes))
      throw new InputError(
        `${file}: row ${row} is longer than ${sizeText(limits.recordBytes)}; split or remove it.`,
        { code: 'row-too-long' },
      );
    table.add(row, cells);
  }
}

/** A path in which nothing is a pattern for DuckDB. */
function literalGlob(file: string): string {
  return file.replace(/[*?[]/g, (letter) => `[${letter}]`);
}

function explain(file: string, cause: unknown): unknown {
  const text = cause instanceof Error ? cause.message : '';
  if (cause instanceof MoeTopicError || !/error|exception|parquet/i.test(text)) return cause;
  if (/no magic bytes|too small to be a parquet|footer|out of buffer|don't have enough|TProtocol/i.test(text))
    return new InputError(
      `${file} is not a whole Parquet file (cut short or of another kind); copy or export it again.`,
      {
        code: 'broken-parquet',
        cause,
      },
    );
  if (/out of memory/i.test(text))
    return new ResourceError(
      `${file}: a row group of this Parquet file does not fit into 1 GB of memory; write it with smaller row groups.`,
      {
        cause,
      },
    );
  return new InputError(`${file} is a damaged Parquet file; copy or export it again.`, {
    code: 'broken-parquet',
    cause,
  });
}
