import { InputError } from '../base/errors.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import { readBytes, readingPass } from './bytes.ts';
import { columnNames, findDialect, findHeader } from './csv-dialect.ts';
import { cellTexts, csvRecord, type CsvRecord, type Dialect } from './csv-record.ts';
import { recodeToUtf8 } from './encoding.ts';
import { fileEncoding } from './file-encoding.ts';
import type { CorpusParams, ReadLimits } from './params.ts';
import { TableBuilder, type Table } from './table.ts';
import { ByteWindow } from './window.ts';

/**
 * Reads CSV and TSV (also gzipped) as columns of text. A reader of our own, because every row must be accounted for:
 * DuckDB's loses all rows after a quote that is never closed and refuses files with mixed line ends in its strict mode, and
 * drops surplus cells or glues rows together in the other.
 * @throws InputError for a file without rows, and for a row longer than the limit.
 */
export async function readCsv(
  file: string,
  extension: string,
  params: CorpusParams,
  limits: ReadLimits,
  context: StageContext,
): Promise<Table> {
  const encoding = await fileEncoding(file, params, context);
  const window = new ByteWindow(
    recodeToUtf8(readBytes(file, context, readingPass), encoding),
    file,
    limits.recordBytes,
  );
  try {
    // A small file is looked at to its end: its last line may be the one that tells.
    do await window.more(0);
    while (!window.last && window.buffer.length < 1 << 16);
    const told = toldSeparator(window);
    const dialect = told ?? findDialect(window.buffer, window.last, extension);
    const header = findHeader(window.buffer, window.last, dialect);
    const table = await readRows(window, dialect, header, file, params, limits, context);
    return table.finish({ encoding, separator: String.fromCharCode(Math.max(0, dialect.separator)) });
  } finally {
    await window.close();
  }
}

/** Excel's first line "sep=;" is no row: it tells the separator. */
function toldSeparator(window: ByteWindow): Dialect | null {
  const line = /^sep=(.)\r?\n/.exec(window.buffer.toString('latin1', 0, 8));
  if (line === null) return null;
  window.buffer = window.buffer.subarray(line[0].length);
  return { separator: line[1].charCodeAt(0), quotes: true };
}

async function readRows(
  window: ByteWindow,
  dialect: Dialect,
  header: string[] | null,
  file: string,
  params: CorpusParams,
  limits: ReadLimits,
  context: StageContext,
): Promise<TableBuilder> {
  let table: TableBuilder | null = null;
  // The header is row 0.
  let row = header === null ? 1 : 0;
  while (!window.done) {
    const record = csvRecord(window.buffer, window.at, window.last, dialect);
    if (record === null) {
      await window.more(row);
      await breathe();
      continue;
    }
    const start = window.at;
    window.at = record.next;
    const cells = record.problem === null ? cellTexts(window.buffer, record) : [];
    if (isBlank(record, cells) && (table === null || table.names.length > 1)) continue;
    if (table === null) {
      if (record.problem !== null)
        throw new InputError(`${file}: the header can't be read: ${record.problem}; repair the first line.`);
      table = new TableBuilder(
        file,
        columnNames(header, cells.length),
        params.sample,
        context.seed,
        limits.totalCharacters,
      );
      if (header === null) table.add(row, cells);
    } else addRow(table, row, record, cells, window, start, dialect);
    row++;
  }
  if (table === null) throw new InputError(`${file} is empty; give a file with a header and rows.`);
  return table;
}

function isBlank(record: CsvRecord, cells: readonly string[]): boolean {
  return record.problem === null && cells.length === 1 && cells[0] === '';
}

/** Adds a record or says why not. Surplus cells that are empty lose nothing. */
function addRow(
  table: TableBuilder,
  row: number,
  record: CsvRecord,
  cells: string[],
  window: ByteWindow,
  start: number,
  dialect: Dialect,
): void {
  const columns = table.names.length;
  while (cells.length > columns && cells[cells.length - 1] === '') cells.pop();
  if (record.problem !== null) table.skip(row, record.problem);
  else if (cells.length === columns) table.add(row, cells);
  else {
    // A stray quote can swallow rows; if the first line alone is regular, only that line is at fault.
    const line = csvRecord(window.buffer, start, true, { separator: dialect.separator, quotes: false });
    if (line !== null && line.next < record.next && line.doubled.length === columns) {
      window.at = line.next;
      table.skip(row, 'a quote is opened and not closed in its row');
    } else table.skip(row, `has ${count(cells.length)} where the header has ${columns}`);
  }
}

function count(cells: number): string {
  return cells === 1 ? '1 cell' : `${cells} cells`;
}
