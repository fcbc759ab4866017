import type { StoredState } from '../../core/store/index.ts';
import { sampleState } from './sample.ts';

/** The state after operation n: every label is n. */
export function operationState(n: number): StoredState {
  return sampleState(Array.from({ length: 3000 }, () => n));
}

/** A result of several parts and more than one transaction, whose every number is its version. */
export function resultValue(version: number): { version: number; data: Float32Array } {
  return { version, data: new Float32Array(9_000_000).fill(version) };
}
