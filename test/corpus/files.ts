import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { quietContext } from '../../core/base/progress.ts';
import { readCorpus, type CorpusOptions } from '../../core/corpus/index.ts';
import type { Corpus } from '../../core/stages.ts';

/** A folder of this test file's own, removed at its end. */
export const folder = mkdtempSync(path.join(tmpdir(), 'moetopic-corpus-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file below the folder and gives its path. */
export function file(name: string, content: string | Uint8Array): string {
  const target = path.join(folder, name);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
  return target;
}

export function read(source: string, options: CorpusOptions = {}): Promise<Corpus> {
  return readCorpus(source, options, quietContext());
}

/** The error that reading gives; a test fails where there is none. */
export async function refusal(source: string, options: CorpusOptions = {}): Promise<Error> {
  try {
    await read(source, options);
  } catch (error) {
    return error as Error;
  }
  throw new Error(`${source} was read without an error`);
}
