import { throwIfCancelled } from '../base/errors.ts';
import type { Matrix } from '../base/matrix.ts';
import { breathe } from '../base/progress.ts';
import type { Random } from '../base/random.ts';

/**
 * k-means++: each next centre is a row drawn in proportion to its squared distance from the nearest centre so far.
 * Returns k rows' coordinates [k × columns]. Where every row already is a centre, equal centres are given.
 */
export async function seedCentres(
  input: Matrix,
  k: number,
  random: Random,
  signal: AbortSignal,
): Promise<Float64Array> {
  const { data, rows, columns } = input;
  const centres = new Float64Array(k * columns);
  const nearest = new Float64Array(rows).fill(Infinity);
  let chosen = random.integer(rows);
  for (let c = 0; c < k; c++) {
    for (let j = 0; j < columns; j++) centres[c * columns + j] = data[chosen * columns + j];
    let total = 0;
    for (let i = 0; i < rows; i++) {
      let d = 0;
      for (let j = 0; j < columns && d < nearest[i]; j++) {
        const v = data[i * columns + j] - centres[c * columns + j];
        d += v * v;
      }
      if (d < nearest[i]) nearest[i] = d;
      total += nearest[i];
    }
    let target = random.next() * total;
    chosen = rows - 1;
    for (let i = 0; i < rows; i++) {
      target -= nearest[i];
      if (target < 0) {
        chosen = i;
        break;
      }
    }
    throwIfCancelled(signal);
    await breathe();
  }
  return centres;
}
