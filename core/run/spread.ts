import { row, zeros, type Matrix } from '../base/matrix.ts';

/** Indices of the documents that have text, ascending: those that are laid out and clustered. */
export function rowsWithText(documents: number, empty: Int32Array): Int32Array {
  const without = new Set(empty);
  return Int32Array.from({ length: documents }, (_, i) => i).filter((i) => !without.has(i));
}

/** The chosen rows of a matrix, in order; the matrix itself where all are chosen. */
export function pickRows(m: Matrix, rows: Int32Array): Matrix {
  if (rows.length === m.rows) return m;
  const out = zeros(rows.length, m.columns);
  rows.forEach((r, i) => out.data.set(row(m, r), i * m.columns));
  return out;
}

/** Values of the chosen rows put back among all documents; the others get `fill`. */
export function spread<T extends Int32Array | Float32Array | Float64Array>(
  values: T,
  rows: Int32Array,
  documents: number,
  fill: number,
): T {
  const out = new (values.constructor as new (n: number) => T)(documents);
  out.fill(fill);
  rows.forEach((r, i) => (out[r] = values[i]));
  return out;
}

/** One column of a matrix. */
export function column(m: Matrix, c: number): Float32Array {
  return Float32Array.from({ length: m.rows }, (_, r) => m.data[r * m.columns + c]);
}

/** One array behind the other. */
export function concat<T extends Uint8Array | Int32Array | Float32Array | Float64Array>(a: T, b: T): T {
  const out = new (a.constructor as new (n: number) => T)(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}
