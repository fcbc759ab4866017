import { InputError } from '../base/errors.ts';
import { parseParams } from '../base/params.ts';
import type { StageContext } from '../base/progress.ts';
import type { ColumnRoles, Corpus, CorpusColumn, SkippedRow } from '../stages.ts';
import { stripPost } from './newsgroup-strip.ts';
import { fetch20Newsgroups } from './newsgroups.ts';
import {
  corpusParams,
  defaultLimits,
  stripChoices,
  type CorpusOptions,
  type CorpusParams,
} from './params.ts';
import { readTable } from './read-table.ts';
import { findRoles, requireText } from './roles.ts';
import { findSource } from './source.ts';
import type { Table } from './table.ts';

/**
 * Reads a corpus: a file, a folder, an archive, or a corpus known by name (`debian-packages`, bundled; `20newsgroups`,
 * fetched once into the cache). Every row of it is in the result or in its skipped list.
 * @throws InputError, UsageError or ResourceError, each one sentence with the file, the row or column and what to do.
 */
export async function readCorpus(
  source: string,
  options: CorpusOptions,
  context: StageContext,
): Promise<Corpus> {
  const { name, table, params } = await loadTable(source, options, context);
  const roles = findRoles(table.columns, params, source);
  requireText(roles, table.columns, source);
  return makeCorpus(name, source, table, roles, params);
}

/** The table of a source and the parameters, checked. */
export async function loadTable(
  source: string,
  options: CorpusOptions,
  context: StageContext,
): Promise<{ name: string; table: Table; params: CorpusParams }> {
  const { limits, ...rest } = options;
  let params = parseParams(corpusParams, rest, 'Corpus');
  let file = source;
  if (source === '20newsgroups') {
    file = await fetch20Newsgroups(context);
    // By its name it is the set that published results are about; the raw posts are read by giving the archive.
    if (params.strip.length === 0) params = { ...params, strip: [...stripChoices] };
  }
  const found = await findSource(file);
  const table = await readTable(found, params, { ...defaultLimits, ...limits }, context);
  if (table.rows.length === 0) {
    const [first] = table.skipped;
    throw new InputError(
      first === undefined
        ? `${source} has a header but no rows; give a file with documents.`
        : `No row of ${source} can be read (row ${first.row}: ${first.reason}); check its format.`,
      { code: 'no-rows' },
    );
  }
  return { name: source === '20newsgroups' ? source : found.name, table, params };
}

/** Gives a table's columns their roles. Rows without a usable id are skipped when the id column was asked for. */
export function makeCorpus(
  name: string,
  source: string,
  table: Table,
  roles: ColumnRoles,
  params: CorpusParams,
): Corpus {
  const { columns, rows, skipped } = withIds(table, roles);
  const column = (role: string | null): readonly (string | null)[] | null =>
    columns.find((c) => c.name === role)?.values ?? null;
  const texts = (column(roles.text) ?? []).map((text) => stripPost(text ?? '', params.strip));
  const named = (role: string | null): (string | null)[] | null =>
    column(role)?.map((value) => (value === null || value.trim() === '' ? null : value)) ?? null;
  return {
    name,
    source,
    ids: column(roles.id)?.map((id) => id ?? '') ?? rows.map(String),
    texts,
    labels: named(roles.label),
    dates: named(roles.date),
    columns:
      params.strip.length === 0
        ? columns
        : columns.map((c) => (c.name === roles.text ? { ...c, values: texts } : c)),
    roles,
    skipped,
    empty: emptyTexts(texts),
    duplicateOf: firstOfEqual(texts),
  };
}

/** The rows whose id is there and new; the others join the skipped ones. */
function withIds(
  table: Table,
  roles: ColumnRoles,
): { columns: readonly CorpusColumn[]; rows: readonly number[]; skipped: readonly SkippedRow[] } {
  const ids = table.columns.find((c) => c.name === roles.id)?.values;
  if (ids === undefined) return table;
  const firstRow = new Map<string, number>();
  const skipped = [...table.skipped];
  const kept: number[] = [];
  ids.forEach((id, i) => {
    const row = table.rows[i];
    const earlier = id === null ? undefined : firstRow.get(id);
    if (id === null || id.trim() === '') skipped.push({ row, reason: `has no id in the column ${roles.id}` });
    else if (earlier !== undefined)
      skipped.push({ row, reason: `has the id ${id}, which row ${earlier} has, too` });
    else {
      firstRow.set(id, row);
      kept.push(i);
    }
  });
  if (kept.length === ids.length) return table;
  return {
    columns: table.columns.map((c) => ({ ...c, values: kept.map((i) => c.values[i]) })),
    rows: kept.map((i) => table.rows[i]),
    skipped: skipped.sort((a, b) => a.row - b.row),
  };
}

export function emptyTexts(texts: readonly string[]): Int32Array {
  const empty: number[] = [];
  texts.forEach((text, i) => {
    if (text.trim() === '') empty.push(i);
  });
  return Int32Array.from(empty);
}

/** For each text the first index with the same text (white space around it aside), −1 where it is itself the first. */
export function firstOfEqual(texts: readonly string[]): Int32Array {
  const first = new Map<string, number>();
  return Int32Array.from(texts, (text, i) => {
    const trimmed = text.trim();
    const earlier = first.get(trimmed);
    if (earlier === undefined) first.set(trimmed, i);
    return earlier ?? -1;
  });
}
