import type { ColumnRoles, Corpus, SkippedRow } from '../stages.ts';
import type { Cell, ColumnType, Database } from './database.ts';
import { getMeta, setMeta } from './schema.ts';

/** What of a corpus is no row. `own` tells which of id, text, label and date have a column of their own in the table. */
interface CorpusMeta {
  name: string;
  source: string;
  roles: ColumnRoles;
  columns: string[];
  own: { id: boolean; text: boolean; label: boolean | null; date: boolean | null };
}

/**
 * The table `documents`: row, duplicate_of, is_empty, the corpus' columns as c0, c1 …, and id, text, label, date only where they
 * differ from the column that plays that role (a text without its headers, ids made up): a corpus is kept once.
 */
export async function saveCorpus(db: Database, corpus: Corpus): Promise<void> {
  const values = (name: string | null) => corpus.columns.find((c) => c.name === name)?.values ?? null;
  const meta: CorpusMeta = {
    name: corpus.name,
    source: corpus.source,
    roles: corpus.roles,
    columns: corpus.columns.map((c) => c.name),
    own: {
      id: !same(corpus.ids, values(corpus.roles.id), ''),
      text: !same(corpus.texts, values(corpus.roles.text), ''),
      label: corpus.labels && !same(corpus.labels, values(corpus.roles.label), null),
      date: corpus.dates && !same(corpus.dates, values(corpus.roles.date), null),
    },
  };
  const columns: (readonly (string | null)[])[] = corpus.columns.map((c) => c.values);
  const names = columns.map((_, i) => `c${i}`);
  for (const [name, list] of [
    ['id', corpus.ids],
    ['text', corpus.texts],
    ['label', corpus.labels],
    ['date', corpus.dates],
  ] as const)
    if (meta.own[name] && list) {
      columns.push(list);
      names.push(name);
    }
  const types: ColumnType[] = ['integer', 'integer', 'integer', ...columns.map((): ColumnType => 'text')];
  await db.run('DROP TABLE IF EXISTS documents');
  await db.run(
    `CREATE TABLE documents ("row" INTEGER, duplicate_of INTEGER, is_empty INTEGER${names.map((n) => `, "${n}" VARCHAR`).join('')})`,
  );
  await db.append('documents', types, documentRows(corpus, columns));
  await db.run('DELETE FROM skipped');
  await db.append(
    'skipped',
    ['integer', 'text'],
    corpus.skipped.map((s) => [s.row, s.reason]),
  );
  await setMeta(db, 'corpus', meta);
}

function* documentRows(corpus: Corpus, columns: (readonly (string | null)[])[]): Generator<Cell[]> {
  const empty = new Set(corpus.empty);
  for (let i = 0; i < corpus.ids.length; i++)
    yield [i, corpus.duplicateOf[i], empty.has(i) ? 1 : 0, ...columns.map((values) => values[i])];
}

function same(
  list: readonly (string | null)[],
  column: readonly (string | null)[] | null,
  missing: string | null,
): boolean {
  return column !== null && list.every((value, i) => value === (column[i] ?? missing));
}

/** The corpus as it was saved, or null when there is none yet. */
export async function loadCorpus(db: Database): Promise<Corpus | null> {
  const meta = await getMeta<CorpusMeta>(db, 'corpus');
  if (meta === null) return null;
  const own = (['id', 'text', 'label', 'date'] as const).filter((name) => meta.own[name] === true);
  const names = [...meta.columns.map((_, i) => `c${i}`), ...own];
  const lists = names.map((): (string | null)[] => []);
  const duplicates: number[] = [];
  const empty: number[] = [];
  const select = names.map((n) => `, "${n}"`).join('');
  await db.each(`SELECT duplicate_of, is_empty${select} FROM documents ORDER BY "row"`, [], (row) => {
    if (row[1] === 1) empty.push(duplicates.length);
    duplicates.push(row[0] as number);
    for (let c = 0; c < lists.length; c++) lists[c].push(row[c + 2] as string | null);
  });
  const columns = meta.columns.map((name, i) => ({ name, values: lists[i] }));
  const list = (name: (typeof own)[number]): (string | null)[] | null =>
    own.includes(name)
      ? lists[meta.columns.length + own.indexOf(name)]
      : (columns.find((c) => c.name === meta.roles[name])?.values ?? null);
  const filled = (name: 'id' | 'text'): string[] => (list(name) ?? []).map((value) => value ?? '');
  const skipped = await db.rows<[number, string]>('SELECT "row", reason FROM skipped ORDER BY rowid');
  return {
    name: meta.name,
    source: meta.source,
    ids: filled('id'),
    texts: filled('text'),
    labels: meta.own.label === null ? null : list('label'),
    dates: meta.own.date === null ? null : list('date'),
    columns,
    roles: meta.roles,
    skipped: skipped.map(([row, reason]): SkippedRow => ({ row, reason })),
    empty: Int32Array.from(empty),
    duplicateOf: Int32Array.from(duplicates),
  };
}
