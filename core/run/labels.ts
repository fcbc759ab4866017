import { readFile } from 'node:fs/promises';
import { InputError } from '../base/errors.ts';
import type { StageContext } from '../base/progress.ts';
import { loadTable, readCorpus } from '../corpus/index.ts';

/** A table's columns by name, as text; null where a cell has no value. */
export async function readColumns(
  file: string,
  context: StageContext,
): Promise<Map<string, readonly (string | null)[]>> {
  const { table } = await loadTable(file, {}, context);
  return new Map(table.columns.map((column) => [column.name, column.values]));
}

/**
 * Topic labels from the column `label` or `topic` of a table, one a document.
 * @throws InputError when there is no such column, a cell is no whole number, or the rows don't match the documents.
 */
export async function readLabels(
  file: string,
  documents: number,
  context: StageContext,
): Promise<Int32Array> {
  const columns = await readColumns(file, context);
  const values = columns.get('label') ?? columns.get('topic');
  if (values === undefined)
    throw new InputError(
      `${file} has no column label or topic (it has ${[...columns.keys()].join(', ')}); name one so.`,
    );
  if (values.length !== documents)
    throw new InputError(
      `${file} has ${values.length} labels for ${documents} documents; give one row a document, in their order.`,
    );
  return Int32Array.from(values, (value, i) => {
    const label = value === null || value.trim() === '' ? NaN : Number(value);
    if (!Number.isInteger(label) || label < -1)
      throw new InputError(
        `${file}, row ${i + 1}: the label "${value ?? ''}" is not a topic's number; use −1 for outliers.`,
      );
    return label;
  });
}

/**
 * Texts to trace: a .jsonl whose lines are strings or objects with a `text`, or the texts of any corpus.
 * @throws InputError naming the line.
 */
export async function readTexts(file: string, context: StageContext): Promise<string[]> {
  if (!/\.jsonl$/i.test(file)) return [...(await readCorpus(file, {}, context)).texts];
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (cause) {
    throw new InputError(`Can't read ${file}; check the path.`, { cause });
  }
  const lines = content.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, i) => {
    const text = textOf(line);
    if (text === null)
      throw new InputError(
        `${file}, line ${i + 1} is neither a JSON string nor an object with a text; repair that line.`,
      );
    return text;
  });
}

function textOf(line: string): string | null {
  try {
    const value = JSON.parse(line) as unknown;
    if (typeof value === 'string') return value;
    const { text } = value as { text?: unknown };
    return typeof text === 'string' ? text : null;
  } catch {
    return null;
  }
}
