/** Eigenvalues, largest first, and their vectors as columns: element (r, c) of `vectors` is `vectors[r * size + c]`. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/**
 * All eigenvectors of a small dense symmetric matrix by cyclic Jacobi rotations (Golub & Van Loan, 8.5). Each vector's largest
 * component is made positive, so that the answer is one and the same. Takes time of order size³.
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const a = matrix.slice();
  const v = new Float64Array(size * size);
  for (let i = 0; i < size; i++) v[i * size + i] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let [off, all] = [0, 0];
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        all += a[i * size + j] ** 2;
        if (i !== j) off += a[i * size + j] ** 2;
      }
    if (off <= 1e-28 * all) break;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, v, size, p, q);
  }
  const order = Array.from({ length: size }, (_, i) => i);
  order.sort((i, j) => a[j * size + j] - a[i * size + i] || i - j);
  const values = Float64Array.from(order, (i) => a[i * size + i]);
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => {
    let largest = 0;
    for (let r = 0; r < size; r++)
      if (Math.abs(v[r * size + from]) > Math.abs(largest) + 1e-12) largest = v[r * size + from];
    const sign = largest < 0 ? -1 : 1;
    for (let r = 0; r < size; r++) vectors[r * size + to] = sign * v[r * size + from];
  });
  return { values, vectors };
}

/** Makes element (p, q) zero by a rotation in their plane. */
function rotate(a: Float64Array, v: Float64Array, size: number, p: number, q: number): void {
  const between = a[p * size + q];
  if (between === 0) return;
  const theta = (a[q * size + q] - a[p * size + p]) / (2 * between);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let i = 0; i < size; i++) {
    const [x, y] = [a[i * size + p], a[i * size + q]];
    a[i * size + p] = c * x - s * y;
    a[i * size + q] = s * x + c * y;
  }
  for (let i = 0; i < size; i++) {
    const [x, y] = [a[p * size + i], a[q * size + i]];
    a[p * size + i] = c * x - s * y;
    a[q * size + i] = s * x + c * y;
    const [u, w] = [v[i * size + p], v[i * size + q]];
    v[i * size + p] = c * u - s * w;
    v[i * size + q] = s * u + c * w;
  }
}
