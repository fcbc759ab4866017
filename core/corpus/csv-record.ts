const quoteByte = 0x22;
const newline = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;

/** How a file separates cells: the separator's byte, or −1 where a line is one cell; and whether quotes protect cells. */
export interface Dialect {
  readonly separator: number;
  readonly quotes: boolean;
}

/**
 * One record as found in a buffer of UTF-8. Cells are byte ranges (two numbers each); those with doubled quotes inside
 * are marked. `next` is where the following record starts; `problem` says why the record is not well-formed.
 */
export interface CsvRecord {
  readonly cells: number[];
  readonly doubled: boolean[];
  next: number;
  problem: string | null;
}

/**
 * Reads the record that starts at `start` (RFC 4180; line ends may be LF, CRLF or CR, mixed).
 * @returns null when the buffer ends before the record does and more bytes are to come.
 */
export function csvRecord(buffer: Buffer, start: number, last: boolean, dialect: Dialect): CsvRecord | null {
  const { separator, quotes } = dialect;
  const record: CsvRecord = { cells: [], doubled: [], next: 0, problem: null };
  const end = buffer.length;
  let at = start;
  for (;;) {
    let cell = at;
    if (quotes) while (cell < end && buffer[cell] === space) cell++;
    if (quotes && cell < end && buffer[cell] === quoteByte) {
      const close = closingQuote(buffer, cell + 1);
      if (close.at < 0) {
        if (!last) return null;
        return malformed(buffer, start, last, record, 'a quote is opened and never closed');
      }
      // Whether a quote closes the cell or is the first of two is only known from the byte after it.
      if (close.at + 1 >= end && !last) return null;
      at = close.at + 1;
      while (at < end && buffer[at] === space && separator !== space) at++;
      if (at >= end && !last) return null;
      if (at < end && buffer[at] !== separator && buffer[at] !== newline && buffer[at] !== carriageReturn) {
        return malformed(buffer, start, last, record, 'a quote inside a quoted cell is not doubled');
      }
      record.cells.push(cell + 1, close.at);
      record.doubled.push(close.doubled);
    } else {
      cell = at;
      while (at < end) {
        const byte = buffer[at];
        if (byte === separator || byte === newline || byte === carriageReturn) break;
        at++;
      }
      if (at >= end && !last) return null;
      record.cells.push(cell, at);
      record.doubled.push(false);
    }
    if (at < end && buffer[at] === separator) {
      at++;
      continue;
    }
    if (at < end && buffer[at] === carriageReturn) {
      if (at + 1 >= end && !last) return null;
      if (buffer[at + 1] === newline) at++;
    }
    record.next = Math.min(end, at + 1);
    return record;
  }
}

/** The quote that ends a cell, or −1; and whether doubled ones stand before it. */
function closingQuote(buffer: Buffer, from: number): { at: number; doubled: boolean } {
  let doubled = false;
  let at = buffer.indexOf(quoteByte, from);
  while (at >= 0 && buffer[at + 1] === quoteByte) {
    doubled = true;
    at = buffer.indexOf(quoteByte, at + 2);
  }
  return { at, doubled };
}

/** A malformed record costs only its first line: what follows is read anew. */
function malformed(
  buffer: Buffer,
  start: number,
  last: boolean,
  record: CsvRecord,
  problem: string,
): CsvRecord | null {
  record.next = nextLine(buffer, start);
  record.problem = problem;
  return record.next >= buffer.length && !last ? null : record;
}

/** Where the line after the one that starts at `start` begins. */
export function nextLine(buffer: Buffer, start: number): number {
  for (let at = start; at < buffer.length; at++) {
    if (buffer[at] === newline) return at + 1;
    if (buffer[at] === carriageReturn) return buffer[at + 1] === newline ? at + 2 : at + 1;
  }
  return buffer.length;
}

/** The cells' texts. Each is a string of its own: a slice of a larger one would keep all of it alive. */
export function cellTexts(buffer: Buffer, record: CsvRecord): string[] {
  const texts: string[] = new Array<string>(record.doubled.length);
  for (let c = 0; c < texts.length; c++) {
    const text = buffer.toString('utf8', record.cells[2 * c], record.cells[2 * c + 1]);
    texts[c] = record.doubled[c] ? text.replaceAll('""', '"') : text;
  }
  return texts;
}
