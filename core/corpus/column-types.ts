import { monthOf } from '../base/months.ts';
import type { CorpusColumn } from '../stages.ts';

/** A category repeats, a name is one word that hardly does (ids, mostly), a text is the rest. */
export type ColumnType = 'empty' | 'boolean' | 'integer' | 'number' | 'date' | 'category' | 'name' | 'text';

/** What a column holds, judged by at most a thousand of its cells spread over the file. */
export interface ColumnSummary {
  readonly name: string;
  readonly type: ColumnType;
  /** Mean number of words in the cells that have any. */
  readonly words: number;
  /** Share of the looked-at cells that hold letters. */
  readonly letters: number;
}

const lookedAt = 1000;

export function summarise(column: CorpusColumn): ColumnSummary {
  const cells = spread(column.values, lookedAt).filter((v): v is string => v !== null && v.trim() !== '');
  const share = (test: (cell: string) => boolean): number => cells.filter(test).length / cells.length;
  const words =
    cells.length === 0 ? 0 : cells.reduce((sum, cell) => sum + countWords(cell), 0) / cells.length;
  const letters = cells.length === 0 ? 0 : share((cell) => /\p{L}/u.test(cell));
  return { name: column.name, type: typeOf(cells, share, words), words, letters };
}

function typeOf(
  cells: string[],
  share: (test: (cell: string) => boolean) => number,
  words: number,
): ColumnType {
  if (cells.length === 0) return 'empty';
  if (share((cell) => /^(true|false|yes|no)$/i.test(cell.trim())) === 1) return 'boolean';
  if (share((cell) => /^[-+]?\d{1,20}$/.test(cell.trim())) === 1) return 'integer';
  if (share(isNumber) === 1) return 'number';
  if (share(isDate) >= 0.95) return 'date';
  const distinct = new Set(cells).size;
  if (words < 4 && distinct <= Math.max(2, cells.length / 2)) return 'category';
  return words < 1.5 ? 'name' : 'text';
}

/** At most so many of the values, evenly spread. */
export function spread<T>(values: readonly T[], most: number): T[] {
  if (values.length <= most) return [...values];
  return Array.from({ length: most }, (_, i) => values[Math.floor((i * values.length) / most)]);
}

/** Words between spaces; in scripts that write none, two characters count as a word. */
export function countWords(text: string): number {
  let words = 0;
  let dense = 0;
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isDense(code)) {
      dense++;
      inside = false;
    } else if (code <= 32 || code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200a))
      inside = false;
    else if (!inside) {
      words++;
      inside = true;
    }
  }
  return words + Math.ceil(dense / 2);
}

/** Chinese characters, kana, Thai, Lao, Khmer, Burmese: written without spaces. */
function isDense(code: number): boolean {
  return (
    (code >= 0x3040 && code <= 0x30ff) ||
    (code >= 0x3400 && code <= 0x9fff) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0x0e00 && code <= 0x0eff) ||
    (code >= 0x1000 && code <= 0x109f) ||
    (code >= 0x1780 && code <= 0x17ff)
  );
}

function isNumber(cell: string): boolean {
  return /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(cell.trim()) || /^(nan|inf)$/i.test(cell.trim());
}

/** Dates that begin with a year, with day or month in numbers, or with a month's name. */
export function isDate(cell: string): boolean {
  const text = cell.trim();
  return (
    /^\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?([T ]\d{1,2}:\d{2}.*)?$/.test(text) ||
    /^\d{4}年(\d{1,2}月(\d{1,2}日)?)?$/.test(text) ||
    /^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}([T ,]+\d{1,2}:\d{2}.*)?$/.test(text) ||
    (text.length < 40 && /\b\d{4}\b/.test(text) && namesMonth(text))
  );
}

function namesMonth(text: string): boolean {
  return (
    /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i.test(text) ||
    (text.match(/[\p{L}\p{M}]{3,}/gu) ?? []).some((word) => monthOf(word) > 0)
  );
}

/**
 * Whether most of the cells that say anything are dates, years, or numbers as computers count time; for columns whose name says
 * that they are dates, in which some are missing ("n/a") or were filled in by hand.
 */
export function mostlyDates(values: readonly (string | null)[]): boolean {
  const cells = spread(values, lookedAt).filter((v): v is string => v !== null && v.trim() !== '');
  const dates = cells.filter(
    (cell) => isDate(cell) || /^(\d{4}|\d{8,10}|\d{12,13})(\.\d+)?$/.test(cell.trim()),
  );
  return dates.length * 2 > cells.length;
}
