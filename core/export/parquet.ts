import { DOUBLE, LIST, VARCHAR, listValue, type DuckDBConnection } from '@duckdb/node-api';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeAtomically } from '../base/atomic.ts';
import { openDuckDb, sqlName, sqlText } from '../base/duckdb.ts';
import { throwIfCancelled } from '../base/errors.ts';
import { makeFolder } from '../base/make-folder.ts';
import { documentRows } from './tables.ts';
import { documentColumns, ownColumns, type ProjectView } from './view.ts';

/**
 * Writes topics.parquet (keywords, weights and representative ids as lists) and documents.parquet into a folder, with the
 * columns of the CSV files and texts as they are.
 */
export async function exportParquet(view: ProjectView, folder: string, signal?: AbortSignal): Promise<void> {
  await makeFolder(folder);
  // A database on disk, not in memory: a million documents needn't fit.
  const scratch = await mkdtemp(path.join(tmpdir(), 'moetopic-parquet-'));
  try {
    const instance = await openDuckDb(path.join(scratch, 'tables.duckdb'));
    const connection = await instance.connect();
    try {
      await fillTopics(connection, view);
      await fillDocuments(connection, view, signal);
      for (const table of ['topics', 'documents'])
        await writeAtomically(path.join(folder, `${table}.parquet`), async (temporary) => {
          await connection.run(`COPY ${table} TO ${sqlText(temporary)} (FORMAT parquet, COMPRESSION zstd)`);
        });
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function fillTopics(connection: DuckDBConnection, view: ProjectView): Promise<void> {
  await connection.run(
    'CREATE TABLE topics (topic INTEGER, "count" INTEGER, share DOUBLE, name VARCHAR, keywords VARCHAR[], weights DOUBLE[], representative_ids VARCHAR[])',
  );
  const appender = await connection.createAppender('topics');
  for (const topic of view.topics) {
    appender.appendInteger(topic.id);
    appender.appendInteger(topic.count);
    appender.appendDouble(topic.share);
    appender.appendVarchar(topic.name);
    appender.appendValue(listValue(topic.keywords.map((k) => k.keyword)), LIST(VARCHAR));
    appender.appendValue(listValue(topic.keywords.map((k) => k.weight)), LIST(DOUBLE));
    appender.appendValue(listValue([...topic.representatives]), LIST(VARCHAR));
    appender.endRow();
  }
  appender.closeSync();
}

async function fillDocuments(
  connection: DuckDBConnection,
  view: ProjectView,
  signal?: AbortSignal,
): Promise<void> {
  const own = distinctNames(view).map((name) => `, ${sqlName(name)} VARCHAR`);
  const types = ['VARCHAR', 'INTEGER', 'VARCHAR', 'DOUBLE', 'VARCHAR', 'DOUBLE', 'DOUBLE'];
  const fixed = documentColumns.map((name, i) => `${sqlName(name)} ${types[i]}`);
  await connection.run(`CREATE TABLE documents (${fixed.join(', ')}${own.join('')})`);
  const appender = await connection.createAppender('documents');
  let row = 0;
  for (const cells of documentRows(view)) {
    if (signal && row % 4096 === 0) throwIfCancelled(signal);
    row++;
    for (const [i, cell] of cells.entries())
      if (cell === null) appender.appendNull();
      else if (types[i] === 'INTEGER') appender.appendInteger(cell as number);
      else if (types[i] === 'DOUBLE') appender.appendDouble(cell as number);
      else appender.appendVarchar(cell as string);
    appender.endRow();
  }
  appender.closeSync();
}

/** Parquet readers often don't tell `Text` from `text` (DuckDB doesn't): such names get the prefix, too. */
function distinctNames(view: ProjectView): string[] {
  const taken = new Set<string>(documentColumns);
  return ownColumns(view).map(({ name }) => {
    let free = name;
    while (taken.has(free.toLowerCase())) free = `corpus_${free}`;
    taken.add(free.toLowerCase());
    return free;
  });
}
