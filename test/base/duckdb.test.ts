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

test('an abort interrupts a running query', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 50);
  await expect(
    withDuckDb({ signal: controller.signal }, (connection) =>
      connection.run(
        'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE (a.range + b.range) % 7 = 3',
      ),
    ),
  ).rejects.toThrow(/interrupt/i);
});
