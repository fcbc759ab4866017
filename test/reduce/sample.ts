import { zeros, type Matrix } from '../../core/base/matrix.ts';

/** Points around centres; the same numbers as `sample` in test/reference/reduce/make.py. */
export function sample(rows: number, columns: number, clusters = 5): Matrix {
  let state = 12345n;
  const out = zeros(rows, columns);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      let total = 0;
      for (let i = 0; i < 4; i++) {
        state = (1103515245n * state + 12345n) % 2147483648n;
        total += Number(state) / 2147483648;
      }
      out.data[r * columns + c] = total - 2 + 2 * (((r % clusters) * (c + 1)) % 7);
    }
  return out;
}
