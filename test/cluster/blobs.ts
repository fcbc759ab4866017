import type { Matrix } from '../../core/base/matrix.ts';
import { Random } from '../../core/base/random.ts';

/** Normal blobs around random centres in a cube of side 20, and some rows spread over it. */
export function blobs(
  count: number,
  size: number,
  columns: number,
  spread = 0.5,
  stray = 0,
  seed = 1,
): Matrix {
  const random = new Random(seed);
  const rows = count * size + stray;
  const data = new Float32Array(rows * columns);
  const centres = Float64Array.from({ length: count * columns }, () => 20 * random.next());
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++)
      data[i * columns + j] =
        i < count * size
          ? centres[Math.floor(i / size) * columns + j] + spread * random.normal()
          : 20 * random.next();
  return { data, rows, columns };
}
