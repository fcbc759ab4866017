/** A matrix in int8 with one scale a column: value = data · scale[column]. */
export interface Int8Columns {
  readonly data: Int8Array;
  readonly scales: Float32Array;
}

/** Symmetric int8, one scale a column, of a row-major [rows × columns] matrix. */
export function int8Columns(values: Float32Array, rows: number, columns: number): Int8Columns {
  const scales = new Float32Array(columns);
  for (let i = 0; i < values.length; i++) {
    const c = i % columns;
    const v = Math.abs(values[i]);
    if (v > scales[c]) scales[c] = v;
  }
  for (let c = 0; c < columns; c++) scales[c] = scales[c] / 127 || 1;
  const data = new Int8Array(rows * columns);
  for (let i = 0; i < values.length; i++) data[i] = Math.round(values[i] / scales[i % columns]);
  return { data, scales };
}

/** Symmetric int8, one scale a row: for embedding tables, whose rows are looked up. */
export function int8Rows(values: Float32Array, rows: number, columns: number): Int8Columns {
  const scales = new Float32Array(rows);
  const data = new Int8Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    const one = values.subarray(r * columns, (r + 1) * columns);
    const scale = one.reduce((m, v) => Math.max(m, Math.abs(v)), 0) / 127 || 1;
    scales[r] = scale;
    for (let c = 0; c < columns; c++) data[r * columns + c] = Math.round(one[c] / scale);
  }
  return { data, scales };
}

/** [rows × columns] → [columns × rows]. */
export function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  const out = new Float32Array(values.length);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) out[c * rows + r] = values[r * columns + c];
  return out;
}
