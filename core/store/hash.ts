import { createHash, type Hash } from 'node:crypto';
import type { Corpus } from '../stages.ts';
import { bytesOf, kindOf } from './arrays.ts';

/** The key of a stage's result: its inputs' keys, its parameters and its version, in a form that key order doesn't change. */
export function stageKey(stage: string, version: number, inputs: readonly string[], params: unknown): string {
  const hash = createHash('sha256');
  feed(hash, [stage, version, [...inputs], params]);
  return hash.digest('hex');
}

/** What a corpus is to the stages after it: its texts, ids, labels, dates and own columns. Its path is none of it. */
export function corpusKey(corpus: Corpus): string {
  const hash = createHash('sha256');
  const { ids, texts, labels, dates, roles, skipped } = corpus;
  feed(hash, ['corpus', ids.length, roles, labels !== null, dates !== null]);
  for (const list of [ids, texts, labels ?? [], dates ?? []]) for (const value of list) feed(hash, value);
  for (const column of corpus.columns) {
    feed(hash, column.name);
    for (const value of column.values) feed(hash, value);
  }
  feed(hash, skipped);
  feed(hash, corpus.duplicateOf);
  feed(hash, corpus.empty);
  return hash.digest('hex');
}

/** A digest of any encodable value: equal values give equal digests, whatever the order of their keys. */
export function digest(value: unknown): string {
  const hash = createHash('sha256');
  feed(hash, value);
  return hash.digest('hex');
}

/** Every value is fed with a tag and a length, so that no two different values run together to the same bytes. */
function feed(hash: Hash, value: unknown): void {
  if (value === null || value === undefined) hash.update('n;');
  else if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    hash.update(`s${bytes.length}:`).update(bytes);
  } else if (typeof value === 'number') hash.update(`d${Object.is(value, -0) ? '-0' : value};`);
  else if (typeof value === 'boolean') hash.update(value ? 't;' : 'f;');
  else if (typeof value !== 'object') throw new TypeError(`A ${typeof value} can't be part of a key.`);
  else if (kindOf(value) !== null) {
    const array = value as Uint8Array;
    hash.update(`a${kindOf(value)}${array.length}:`).update(bytesOf(array));
  } else if (Array.isArray(value)) {
    hash.update(`l${value.length}:`);
    for (const item of value) feed(hash, item);
  } else {
    const keys = Object.keys(value)
      .filter((key) => (value as Record<string, unknown>)[key] !== undefined)
      .sort();
    hash.update(`o${keys.length}:`);
    for (const key of keys) {
      feed(hash, key);
      feed(hash, (value as Record<string, unknown>)[key]);
    }
  }
}
