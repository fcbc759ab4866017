import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheFolder, setCacheFolder } from '../../core/base/paths.ts';
import { openCaches } from '../../core/embed/cache.ts';
import { writeSmallCorpus } from '../cli/cli.ts';
import { engineIn } from './engine.ts';

const before = process.env.MOETOPIC_CACHE;
let folder: string;

beforeEach(() => {
  delete process.env.MOETOPIC_CACHE;
  folder = mkdtempSync(path.join(tmpdir(), 'moetopic-settings-'));
});
afterEach(() => {
  setCacheFolder(null);
  if (before !== undefined) process.env.MOETOPIC_CACHE = before;
  rmSync(folder, { recursive: true });
});

const engine = () => engineIn(path.join(folder, 'data'));

/** Four kept embeddings of 1,000 bytes, the first one used longest ago, and a model that nobody asked to be removed. */
function fill(cache: string): void {
  for (const [k, name] of ['a', 'b', 'c', 'd'].entries()) {
    const kept = path.join(cache, 'embeddings', name);
    mkdirSync(kept, { recursive: true });
    writeFileSync(path.join(kept, '000000.rows'), Buffer.alloc(1000));
    utimesSync(kept, k + 1, k + 1);
  }
  mkdirSync(path.join(cache, 'models', 'own'), { recursive: true });
  writeFileSync(path.join(cache, 'models', 'own', 'weights'), Buffer.alloc(500));
}

const kept = (cache: string): string[] => readdirSync(path.join(cache, 'embeddings')).sort();

describe('the cache’s folder', () => {
  it('is where the person put it, also after a start, and embeddings go there', async () => {
    const chosen = path.join(folder, 'elsewhere', 'cache');
    const first = engine();
    const info = await first.ask('cache.set', { folder: chosen });
    expect(info).toMatchObject({ cacheFolder: chosen, cacheBytes: 0, cacheFixed: false });
    const source = writeSmallCorpus(path.join(folder, 'corpus.csv'));
    await first.ask('run.start', { source });
    expect(kept(chosen)).toHaveLength(1);
    await first.engine.close();

    setCacheFolder(null);
    const second = engine();
    expect((await second.ask('app.info', {})).cacheFolder).toBe(chosen);
    await second.ask('cache.set', { folder: null });
    expect(cacheFolder()).not.toBe(chosen);
    await second.engine.close();
  });

  it('stays where it was when the folder can’t be one, and says why', async () => {
    const { ask } = engine();
    const old = cacheFolder();
    await expect(ask('cache.set', { folder: 'relative/cache' })).rejects.toThrow(/no whole path/);
    const file = path.join(folder, 'a file');
    writeFileSync(file, '');
    await expect(ask('cache.set', { folder: path.join(file, 'cache') })).rejects.toThrow(
      /can't be the cache/,
    );
    expect(cacheFolder()).toBe(old);
  });

  it('is the environment’s where that names one', async () => {
    process.env.MOETOPIC_CACHE = path.join(folder, 'fixed');
    const { ask } = engine();
    expect((await ask('app.info', {})).cacheFixed).toBe(true);
    await expect(ask('cache.set', { folder: path.join(folder, 'other') })).rejects.toThrow(/MOETOPIC_CACHE/);
    expect(cacheFolder()).toBe(path.join(folder, 'fixed'));
  });
});

describe('the cache’s size', () => {
  it('is kept to its limit: what was used longest ago goes first, models stay', async () => {
    const cache = path.join(folder, 'cache');
    fill(cache);
    const { ask } = engine();
    await ask('cache.set', { folder: cache, limit: 10_000 });
    expect(kept(cache)).toEqual(['a', 'b', 'c', 'd']);
    expect((await ask('cache.set', { limit: 2600 })).cacheBytes).toBe(2500);
    expect(kept(cache)).toEqual(['c', 'd']);
    openCaches.add(path.join(cache, 'embeddings', 'c'));
    try {
      // What a run has open stays.
      expect((await ask('cache.prune', { limit: 0 })).freed).toBe(1000);
    } finally {
      openCaches.clear();
    }
    expect(kept(cache)).toEqual(['c']);
    expect(existsSync(path.join(cache, 'models', 'own', 'weights'))).toBe(true);
  });

  it('is kept to after every run', async () => {
    const cache = path.join(folder, 'cache');
    const { ask } = engine();
    await ask('cache.set', { folder: cache, limit: 1000 });
    const source = writeSmallCorpus(path.join(folder, 'corpus.csv'));
    await ask('run.start', { source });
    expect(kept(cache)).toEqual([]);
    expect((await ask('app.info', {})).cacheLimit).toBe(1000);
  });
});
