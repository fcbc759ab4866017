import { writeTextFile } from './text-file.ts';

/** A cell of a CSV file. Numbers are written as they are; only text can be mistaken for a formula. */
export type CsvCell = string | number | null;

export interface CsvOptions {
  /** Texts as they are: no apostrophe before what a spreadsheet would run, NUL kept. */
  readonly raw?: boolean;
  readonly signal?: AbortSignal;
}

/** What Excel, LibreOffice and Google Sheets take for a formula's start (OWASP, "CSV Injection"). */
const formulaStarts = new Set(['=', '+', '-', '@', '\t', '\r']);
/** A number as text is no formula: "-5" stays as it is. */
const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const special = /[",\r\n\0]/;

/**
 * One cell by RFC 4180. Unless raw, a formula's start gets a leading apostrophe, and NUL, which readers take for the end
 * of the text, becomes U+FFFD.
 */
export function csvCell(value: CsvCell, raw = false): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  let text = value;
  if (!raw && formulaStarts.has(text[0]) && !plainNumber.test(text)) text = `'${text}`;
  if (!special.test(text)) return text;
  if (!raw) text = text.replaceAll('\0', '\ufffd');
  return `"${text.replaceAll('"', '""')}"`;
}

/** A table's lines, each with the CR LF that RFC 4180 asks for. */
export function* csvLines(
  header: readonly string[],
  rows: Iterable<readonly CsvCell[]>,
  raw = false,
): Generator<string> {
  yield `${header.map((name) => csvCell(name, raw)).join(',')}\r\n`;
  for (const row of rows) {
    const line = row.map((cell) => csvCell(cell, raw)).join(',');
    // A lone empty cell would read as an empty line.
    yield `${line === '' ? '""' : line}\r\n`;
  }
}

/** Writes a CSV file (UTF-8 without a mark, RFC 4180), whole or not at all. */
export function writeCsv(
  file: string,
  header: readonly string[],
  rows: Iterable<readonly CsvCell[]>,
  options: CsvOptions = {},
): Promise<void> {
  return writeTextFile(file, csvLines(header, rows, options.raw), options.signal);
}
