import type { Weight } from '../checkpoint/weight.ts';

/** Numbers held at once while a weight is converted (64 MiB as float32). */
const sliceElements = 1 << 24;

export interface Slice {
  readonly from: number;
  readonly to: number;
  /** Rows from to `to`, row-major. */
  readonly block: Float32Array;
}

/** A weight piece by piece, in rows; pieces begin at multiples of `multiple` rows. */
export async function* slices(weight: Weight, multiple = 1): AsyncGenerator<Slice> {
  const rows = Math.max(1, Math.floor(sliceElements / weight.columns / multiple)) * multiple;
  for (let from = 0; from < weight.rows; from += rows) {
    const to = Math.min(weight.rows, from + rows);
    yield { from, to, block: await weight.read(from, to) };
  }
}
