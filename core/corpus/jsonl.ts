import { InputError } from '../base/errors.ts';
import type { StageContext } from '../base/progress.ts';
import { readBytes, readingPass } from './bytes.ts';
import { recodeToUtf8 } from './encoding.ts';
import { fileEncoding } from './file-encoding.ts';
import { jsonRecords } from './json-records.ts';
import { wrappedList } from './json-wrapper.ts';
import type { CorpusParams, ReadLimits } from './params.ts';
import { TableBuilder, type Table } from './table.ts';
import { ByteWindow } from './window.ts';

/**
 * Reads JSON Lines, one JSON list, or one object around such a list (also gzipped): an object a line or element, its keys the
 * columns; a string alone is a text.
 * Keys of an object within are columns, too, behind its own and a dot: `data.text`. Values that are no text become text: numbers
 * as they stand, lists as JSON. A row's number is its line, or its place in the list.
 * @throws InputError when the file has no line, or a line or element is longer than the limit.
 */
export async function readJsonl(
  file: string,
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
  const table = new TableBuilder(file, [], params.sample, context.seed, limits.totalCharacters);
  try {
    const plain = /\.json(\.gz)?$/i.test(file);
    const list = plain
      ? await wrappedList(window, file, limits.recordBytes, (text) => JSON.parse(exactIntegers(text)))
      : null;
    if (list !== null) list.forEach((value, i) => addValue(table, i + 1, value));
    else
      for await (const [row, text] of jsonRecords(window, plain))
        if (text.trim() !== '') addRecord(table, row, text);
  } finally {
    await window.close();
  }
  if (table.count + table.skipped.length === 0)
    throw new InputError(`${file} is empty; give a file with one JSON object a line, or a list of them.`);
  return table.finish({ encoding });
}

function addRecord(table: TableBuilder, row: number, text: string): void {
  let value: unknown;
  try {
    value = JSON.parse(exactIntegers(text));
  } catch {
    table.skip(row, 'is not JSON');
    return;
  }
  addValue(table, row, value);
}

function addValue(table: TableBuilder, row: number, value: unknown): void {
  if (typeof value === 'string') value = { text: value };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    table.skip(row, 'is JSON but not an object');
    return;
  }
  const cells: (string | null)[] = new Array<null>(table.names.length).fill(null);
  for (const [key, cell] of fields(value, table)) cells[table.column(key)] = cellText(cell);
  for (let c = 0; c < table.names.length; c++) cells[c] ??= null;
  table.add(row, cells);
}

/** Objects beyond these are dictionaries whose keys say nothing: they stay JSON. */
const mostColumns = 200;
const deepest = 4;

function* fields(value: object, table: TableBuilder, before = '', depth = 1): Generator<[string, unknown]> {
  for (const [key, cell] of Object.entries(value) as [string, unknown][]) {
    const name = before + key;
    const isObject = typeof cell === 'object' && cell !== null && !Array.isArray(cell);
    const known = table.names.includes(name);
    if (
      isObject &&
      !known &&
      depth < deepest &&
      table.names.length < mostColumns &&
      Object.keys(cell).length > 0
    )
      yield* fields(cell, table, `${name}.`, depth + 1);
    else yield [name, cell];
  }
}

function cellText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Integers beyond 2^53 (ids, mostly) would be rounded: they are read as strings. */
function exactIntegers(line: string): string {
  if (!/\d{16}/.test(line)) return line;
  return line.replace(/"(?:[^"\\]|\\.)*"|-?[\d.]+(?:[eE][-+]?\d+)?/g, (token) =>
    /^-?\d{16,}$/.test(token) ? `"${token}"` : token,
  );
}
