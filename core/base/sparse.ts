/** A sparse matrix in compressed rows: row r holds `indices` and `values` from offsets[r] up to offsets[r + 1]. */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly offsets: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** Euclidean length of every row. */
export function rowNorms(m: SparseMatrix): Float64Array {
  const norms = new Float64Array(m.rows);
  for (let r = 0; r < m.rows; r++) {
    let sum = 0;
    for (let e = m.offsets[r]; e < m.offsets[r + 1]; e++) sum += m.values[e] * m.values[e];
    norms[r] = Math.sqrt(sum);
  }
  return norms;
}

/** The matrix by columns: for each column, the rows that have it, rows ascending. */
export function transpose(m: SparseMatrix): SparseMatrix {
  const offsets = new Int32Array(m.columns + 1);
  for (const c of m.indices) offsets[c + 1]++;
  for (let c = 0; c < m.columns; c++) offsets[c + 1] += offsets[c];
  const next = offsets.slice(0, m.columns);
  const indices = new Int32Array(m.indices.length);
  const values = new Float64Array(m.indices.length);
  for (let r = 0; r < m.rows; r++)
    for (let e = m.offsets[r]; e < m.offsets[r + 1]; e++) {
      const at = next[m.indices[e]]++;
      indices[at] = r;
      values[at] = m.values[e];
    }
  return { rows: m.columns, columns: m.rows, offsets, indices, values };
}
