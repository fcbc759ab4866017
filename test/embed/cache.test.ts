import { appendFile, mkdtemp, readdir, rm, truncate, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CachedRow, EmbeddingCache, textHash } from '../../core/embed/cache.ts';

let folder: string;
const before = process.env.MOETOPIC_CACHE;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'moetopic-embed-'));
  process.env.MOETOPIC_CACHE = folder;
});
afterEach(async () => {
  if (before === undefined) delete process.env.MOETOPIC_CACHE;
  else process.env.MOETOPIC_CACHE = before;
  await rm(folder, { recursive: true, force: true });
});

const rowOf = (n: number): CachedRow => ({
  row: Float32Array.of(n, -n, 0.5),
  tokens: n,
  truncated: n % 2 === 1,
});

async function readAll(key: unknown): Promise<Map<string, CachedRow>> {
  const cache = await EmbeddingCache.open(key, 3);
  const found = new Map<string, CachedRow>();
  await cache.read((hash, row) => found.set(hash, { ...row, row: row.row.slice() }));
  await cache.close();
  return found;
}

async function write(key: unknown, from: number, to: number): Promise<void> {
  const cache = await EmbeddingCache.open(key, 3);
  // At once, as lanes do.
  await Promise.all(
    Array.from({ length: to - from }, (_, i) =>
      cache.append([{ hash: textHash(`text ${from + i}`), row: rowOf(from + i) }]),
    ),
  );
  await cache.close();
}

it('gives back what was kept, over several runs', async () => {
  await write('a', 0, 10);
  await write('a', 10, 15);
  const found = await readAll('a');
  expect(found.size).toBe(15);
  for (let n = 0; n < 15; n++) expect(found.get(textHash(`text ${n}`))).toEqual(rowOf(n));
  expect((await readAll('b')).size).toBe(0);
});

it('leaves out a record that a crash tore', async () => {
  await write('a', 0, 10);
  const [kept] = await readdir(path.join(folder, 'embeddings'));
  const [name] = await readdir(path.join(folder, 'embeddings', kept));
  const file = path.join(folder, 'embeddings', kept, name);
  await truncate(file, (await stat(file)).size - 7);
  expect((await readAll('a')).size).toBe(9);
  // A page of zeros in the place of the rest, as some file systems leave it.
  await appendFile(file, Buffer.alloc(7));
  expect((await readAll('a')).size).toBe(9);
  await write('a', 9, 10);
  expect((await readAll('a')).size).toBe(10);
});
