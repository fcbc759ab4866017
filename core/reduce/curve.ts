/** The curve 1 / (1 + a·d^(2b)) that the layout fits between distance and membership. */
export interface Curve {
  readonly a: number;
  readonly b: number;
}

const points = 300;

/**
 * Fits a and b so that the curve lies closest, in least squares over [0, 3·spread], to 1 up to minDist and an exponential decay of
 * scale `spread` beyond it. Levenberg–Marquardt from (1, 1), as umap-learn's `find_ab_params` (SciPy's curve_fit) does.
 */
export function fitCurve(spread: number, minDist: number): Curve {
  const x = Float64Array.from({ length: points }, (_, i) => (3 * spread * i) / (points - 1));
  const y = x.map((d) => (d < minDist ? 1 : Math.exp(-(d - minDist) / spread)));
  let [a, b, damping] = [1, 1, 1e-3];
  let error = squaredError(x, y, a, b);
  for (let step = 0; step < 500; step++) {
    const { aa, ab, bb, ga, gb } = normalEquations(x, y, a, b);
    const [daa, dbb] = [aa * (1 + damping), bb * (1 + damping)];
    const determinant = daa * dbb - ab * ab;
    const nextA = a + (dbb * ga - ab * gb) / determinant;
    const nextB = b + (daa * gb - ab * ga) / determinant;
    const next = nextA > 0 && nextB > 0 ? squaredError(x, y, nextA, nextB) : Infinity;
    if (next <= error) {
      const settled = error - next <= 1e-14 * error;
      [a, b, error, damping] = [nextA, nextB, next, damping / 10];
      if (settled) break;
    } else if (damping > 1e12) break;
    else damping *= 10;
  }
  return { a, b };
}

function squaredError(x: Float64Array, y: Float64Array, a: number, b: number): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (y[i] - 1 / (1 + a * x[i] ** (2 * b))) ** 2;
  return sum;
}

/** JᵀJ and Jᵀr of the residuals at (a, b). */
function normalEquations(x: Float64Array, y: Float64Array, a: number, b: number) {
  let [aa, ab, bb, ga, gb] = [0, 0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    if (x[i] === 0) continue;
    const power = x[i] ** (2 * b);
    const value = 1 / (1 + a * power);
    const residual = y[i] - value;
    const byA = -power * value * value;
    const byB = 2 * Math.log(x[i]) * a * byA;
    aa += byA * byA;
    ab += byA * byB;
    bb += byB * byB;
    ga += byA * residual;
    gb += byB * residual;
  }
  return { aa, ab, bb, ga, gb };
}
