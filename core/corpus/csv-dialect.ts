import { isDate } from './column-types.ts';
import { cellTexts, csvRecord, type Dialect } from './csv-record.ts';

const separators = [',', ';', '\t', '|'].map((s) => s.charCodeAt(0));
const tab = 9;
const looked = 200;

/** The first well-formed records under a dialect, and how many there were with the first one's number of cells. */
function tryDialect(
  head: Buffer,
  whole: boolean,
  dialect: Dialect,
): { rows: string[][]; regular: number; read: number } {
  const rows: string[][] = [];
  let regular = 0;
  let read = 0;
  let at = 0;
  while (at < head.length && read < looked) {
    const record = csvRecord(head, at, whole, dialect);
    if (record === null) break;
    at = record.next;
    const cells = cellTexts(head, record);
    if (record.problem === null && cells.length === 1 && cells[0] === '') continue;
    read++;
    if (record.problem !== null) continue;
    rows.push(cells);
    if (cells.length === rows[0].length) regular++;
  }
  return { rows, regular, read };
}

/**
 * Chooses how the cells of a file are separated: a TSV by tabs, else whichever of comma, semicolon, tab and bar gives
 * the most regular rows of more than one cell (equal ones: more cells, then this order); −1 where the first line has none of them.
 * In a TSV quotes are ordinary letters unless all rows come out regular with them.
 */
export function findDialect(head: Buffer, whole: boolean, extension: string): Dialect {
  if (extension === 'tsv') {
    const quoted = tryDialect(head, whole, { separator: tab, quotes: true });
    return { separator: tab, quotes: quoted.regular === quoted.read };
  }
  let best: Dialect = { separator: -1, quotes: true };
  let bestScore = 0;
  for (const separator of separators) {
    const dialect = { separator, quotes: true };
    const { rows, regular, read } = tryDialect(head, whole, dialect);
    if (rows.length === 0 || rows[0].length < 2) continue;
    const score = regular / read + Math.min(rows[0].length, 100) / 1000;
    if (score > bestScore) [best, bestScore] = [dialect, score];
  }
  return best;
}

/**
 * The columns' names if the first record is a header, else null: a header has no long cell, no number above a column of
 * numbers (but for tables that number their columns from 0), no date above dates, and no value that the rows below share, as a
 * label. A lone column's header is at most two words.
 */
export function findHeader(head: Buffer, whole: boolean, dialect: Dialect): string[] | null {
  const { rows } = tryDialect(head, whole, dialect);
  if (rows.length === 0) return null;
  const [first, ...below] = rows;
  if (first.some((cell) => cell.length > 200)) return null;
  if (
    first.length === 1 &&
    below.length > 0 &&
    (first[0].trim().split(/\s+/).length > 2 || /[.!?。]$/.test(first[0]))
  )
    return null;
  const isData = first.some(
    (cell, c) =>
      isNumber(cell) &&
      cell !== String(c) &&
      cell !== String(c - 1) &&
      below.length > 0 &&
      below.every((row) => row[c] === undefined || row[c] === '' || isNumber(row[c])),
  );
  return isData || first.some((_, c) => isDateAmongDates(first, below, c) || isLabel(first, below, c))
    ? null
    : first;
}

function isDateAmongDates(first: readonly string[], below: readonly string[][], c: number): boolean {
  return below.length > 0 && isDate(first[c]) && below.every((row) => isDate(row[c] ?? ''));
}

/**
 * Whether a cell stands twice in its column below, beside another value (boxes that are ticked with their column's name have no
 * other). Rows that are wholly the first one say nothing: files that were put together repeat their header.
 */
function isLabel(first: readonly string[], below: readonly string[][], c: number): boolean {
  if (first.length < 2 || first[c].trim() === '') return false;
  const others = below.filter((row) => row.some((cell, i) => cell !== first[i]));
  const values = others.map((row) => row[c] ?? '');
  return (
    values.filter((value) => value === first[c]).length >= 2 &&
    values.some((value) => value !== '' && value !== first[c])
  );
}

function isNumber(cell: string): boolean {
  return cell.trim() !== '' && Number.isFinite(Number(cell));
}

/** Names that are there and differ: the first unnamed column is the index that pandas writes. */
export function columnNames(header: readonly string[] | null, columns: number): string[] {
  const taken = new Set<string>();
  return Array.from({ length: columns }, (_, c) => {
    const given = header?.[c]?.trim() ?? '';
    const name = given === '' ? (c === 0 && header !== null ? 'index' : `column ${c + 1}`) : given;
    let unique = name;
    for (let n = 2; taken.has(unique); n++) unique = `${name} (${n})`;
    taken.add(unique);
    return unique;
  });
}
