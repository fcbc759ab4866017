import type { Corpus } from '../stages.ts';
import { Digest } from './digest.ts';

/** The key of a stage's result: its inputs' keys, its parameters and its version, in a form that key order doesn't change. */
export function stageKey(stage: string, version: number, inputs: readonly string[], params: unknown): string {
  return digest([stage, version, inputs, params]);
}

/** What a corpus is to the stages after it: its texts, ids, labels, dates and own columns. Its path is none of it. */
export function corpusKey(corpus: Corpus): string {
  const { ids, texts, labels, dates, roles, skipped, duplicateOf, empty } = corpus;
  const columns = corpus.columns.map(({ name, values }) => [name, values]);
  return digest(['corpus', roles, ids, texts, labels, dates, columns, skipped, duplicateOf, empty]);
}

/** A digest of any plain value: equal values give equal digests, whatever the order of their keys. */
export function digest(value: unknown): string {
  return new Digest().value(value).finish();
}
