import type { StoredState } from '../../core/store/index.ts';
import type { EmbeddingBatch } from '../../core/store/index.ts';
import { sampleState } from './sample.ts';

export const batchSize = 64;
const columns = 32;

/** The batch of rows `first` … whose numbers tell their row. */
export function embeddingBatch(first: number): EmbeddingBatch {
  const data = new Float32Array(batchSize * columns).map((_, i) => first + Math.floor(i / columns));
  return {
    rows: first,
    hidden: { data, rows: batchSize, columns },
    routing: null,
    tokens: Int32Array.from({ length: batchSize }, (_, i) => first + i),
    truncated: new Uint8Array(batchSize),
  };
}

/** The state after operation n: every label is n. */
export function operationState(n: number): StoredState {
  return sampleState(Array.from({ length: 3000 }, () => n));
}

/** A result of several parts and more than one transaction, whose every number is its version. */
export function resultValue(version: number): { version: number; data: Float32Array } {
  return { version, data: new Float32Array(9_000_000).fill(version) };
}
