import { zeros, type Matrix } from '../../core/base/matrix.ts';
import { Random } from '../../core/base/random.ts';

/**
 * As many unit rows as asked for, drawn around those of a real embedding: each is one of its rows plus normal noise of length about
 * `noise`, so that a row's nearest neighbours are its siblings and then, as in real data, those of its neighbourhood.
 */
export function around(real: Matrix, rows: number, seed = 1, noise = 0.5): Matrix {
  const d = real.columns;
  const out = zeros(rows, d);
  const random = new Random(seed);
  // A sum of uniforms is normal enough, and cheap.
  const step = (noise / Math.sqrt(d)) * Math.sqrt(3);
  for (let r = 0; r < rows; r++) {
    const from = random.integer(real.rows) * d;
    let squared = 0;
    for (let c = 0; c < d; c++) {
      const v = real.data[from + c] + step * (random.next() + random.next() - 1) * Math.SQRT2;
      out.data[r * d + c] = v;
      squared += v * v;
    }
    const scale = 1 / Math.sqrt(squared);
    for (let i = r * d; i < (r + 1) * d; i++) out.data[i] *= scale;
  }
  return out;
}
