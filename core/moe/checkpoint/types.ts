import type { Weight } from './weight.ts';

/** safetensors' names of element types that MoETopic reads, and their bytes. */
export const elementBytes = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  F8_E8M0: 1,
} as const;
export type StoredType = keyof typeof elementBytes;

/** Where a tensor lies. Offsets count from the beginning of the file. */
export interface StoredTensor {
  readonly name: string;
  readonly type: StoredType;
  readonly shape: readonly number[];
  readonly file: string;
  readonly begin: number;
  readonly end: number;
  /** Why its numbers can't be read, as a sentence; it matters only when they are needed. */
  readonly unreadable?: string;
}

/** A checkpoint's tensors, whatever files they are in. Nothing but headers is in memory. */
export interface Checkpoint {
  readonly folder: string;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  has(name: string): boolean;
  /**
   * A tensor as float32 rows.
   * @throws ModelError naming the tensor when it is missing or its shape is not the one that the configuration promises.
   */
  weight(name: string, shape: readonly number[]): Weight;
  /** Bytes [from, to) of a tensor as they are stored. */
  bytes(name: string, from: number, to: number): Promise<Uint8Array>;
  close(): Promise<void>;
}
