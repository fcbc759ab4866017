import { expect, test } from 'vitest';
import { openDuckDb, sqlName, sqlText, withDuckDb } from '../../core/base/duckdb.ts';

test('extensions stay off, memory is bounded, order is kept', async () => {
  const instance = await openDuckDb(':memory:', { memoryLimitMb: 200, threads: 1 });
  const connection = await instance.connect();
  const settings = await connection.runAndReadAll(
    `SELECT name, value FROM duckdb_settings() WHERE name IN
      ('autoinstall_known_extensions', 'autoload_known_extensions', 'memory_limit', 'threads', 'preserve_insertion_order')
      ORDER BY name`,
  );
  expect(Object.fromEntries(settings.getRowsJS() as [string, string][])).toEqual({
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: '190.7 MiB',
    preserve_insertion_order: 'true',
    threads: '1',
  });
  connection.closeSync();
  instance.closeSync();
});

test('quoting survives quotes', async () => {
  const rows = await withDuckDb({}, async (connection) =>
    (await connection.runAndReadAll(`SELECT ${sqlText("it's")} AS ${sqlName('a "b"')}`)).getRowObjectsJS(),
  );
  expect(rows).toEqual([{ 'a "b"': "it's" }]);
});

const endless = 'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE (a.range + b.range) % 7 = 3';

test('an abort interrupts a running query, and one that has not begun', async () => {
  const running = new AbortController();
  const started = withDuckDb({ signal: running.signal }, async (connection) => {
    const result = connection.run(endless);
    setTimeout(() => running.abort(), 50);
    return result;
  });
  await expect(started).rejects.toMatchObject({ code: 'cancelled' });
  const early = new AbortController();
  const beginning = withDuckDb({ signal: early.signal }, (connection) => {
    early.abort();
    return connection.run(endless);
  });
  await expect(beginning).rejects.toMatchObject({ code: 'cancelled' });
  await expect(
    withDuckDb({ signal: AbortSignal.abort() }, (connection) => connection.run(endless)),
  ).rejects.toMatchObject({ code: 'cancelled' });
});
