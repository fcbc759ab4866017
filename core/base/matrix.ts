import { InputError } from './errors.ts';

/** A dense row-major matrix: element (r, c) is `data[r * columns + c]`. The only shape in which numbers travel between stages. */
export interface Matrix {
  readonly data: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** A zero matrix of the given shape. */
export function zeros(rows: number, columns: number): Matrix {
  return { data: new Float32Array(rows * columns), rows, columns };
}

/** Row r as a view (no copy). */
export function row(m: Matrix, r: number): Float32Array {
  return m.data.subarray(r * m.columns, (r + 1) * m.columns);
}

/**
 * Checks a matrix at a join between stages.
 * @throws InputError naming the first row that is not finite, or a shape that does not fit its data.
 */
export function checkMatrix(m: Matrix, what: string): Matrix {
  if (m.data.length !== m.rows * m.columns)
    throw new InputError(
      `${what}: ${m.data.length} numbers do not make ${m.rows} rows of ${m.columns}; give a whole matrix.`,
    );
  for (let i = 0; i < m.data.length; i++) {
    const v = m.data[i];
    if (v - v !== 0)
      throw new InputError(
        `${what}: row ${Math.floor(i / m.columns)}, column ${i % m.columns} is ${v}, not a finite number; remove or repair that row.`,
      );
  }
  return m;
}

/** Places matrices with equal row counts side by side. */
export function sideBySide(parts: readonly Matrix[]): Matrix {
  const rows = parts[0].rows;
  const out = zeros(
    rows,
    parts.reduce((sum, p) => sum + p.columns, 0),
  );
  let offset = 0;
  for (const p of parts) {
    for (let r = 0; r < rows; r++) out.data.set(row(p, r), r * out.columns + offset);
    offset += p.columns;
  }
  return out;
}

/** Rows divided by their length; a row of zeros stays one. */
export function unitRows(m: Matrix): Matrix {
  const out = zeros(m.rows, m.columns);
  for (let r = 0; r < m.rows; r++) {
    const from = row(m, r);
    let square = 0;
    for (const v of from) square += v * v;
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    const into = row(out, r);
    for (let c = 0; c < m.columns; c++) into[c] = from[c] * scale;
  }
  return out;
}
