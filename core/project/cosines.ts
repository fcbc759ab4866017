import { row, type Matrix } from '../base/matrix.ts';

/** Scales a vector to unit length; zeros stay. */
function normalise(vector: Float32Array): Float32Array {
  let square = 0;
  for (const v of vector) square += v * v;
  if (square > 0) for (let c = 0; c < vector.length; c++) vector[c] /= Math.sqrt(square);
  return vector;
}

/** Cosine of each row of a matrix with one vector. */
export function cosines(matrix: Matrix, vector: Float32Array): Float32Array {
  const unit = normalise(vector.slice());
  return Float32Array.from({ length: matrix.rows }, (_, r) => {
    const own = row(matrix, r);
    let [dot, square] = [0, 0];
    for (let c = 0; c < own.length; c++) {
      dot += own[c] * unit[c];
      square += own[c] * own[c];
    }
    return square === 0 ? 0 : dot / Math.sqrt(square);
  });
}

/** Indices of the largest values, largest first, ties by index. */
export function largest(values: ArrayLike<number>, count: number, skip?: (i: number) => boolean): Int32Array {
  const order = Int32Array.from({ length: values.length }, (_, i) => i).filter((i) => !skip?.(i));
  return order.sort((a, b) => values[b] - values[a] || a - b).slice(0, count);
}
