import { InputError } from './base/errors.ts';
import type { StageContext } from './base/progress.ts';
import { loadTable } from './corpus/index.ts';

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
