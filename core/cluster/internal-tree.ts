import { throwIfCancelled } from '../base/errors.ts';
import type { Matrix } from '../base/matrix.ts';
import { breathe } from '../base/progress.ts';

/** One cluster's spanning tree as DBCV looks at it. */
export interface InternalTree {
  readonly points: Matrix;
  /** All-points core distance of each point. */
  readonly core: Float64Array;
  /** Points with more than one edge; the first point where there are none. */
  readonly internal: Int32Array;
  /** The longest edge between internal points, or of all edges where there is none. */
  readonly sparseness: number;
}

/** Prim's algorithm over all pairs of one cluster, in O(points) memory. */
export async function internalTree(points: Matrix, signal: AbortSignal): Promise<InternalTree> {
  const n = points.rows;
  const core = await allPointsCore(points, signal);
  if (n === 1) return { points, core, internal: Int32Array.of(0), sparseness: 0 };
  const inTree = new Uint8Array(n);
  const nearest = new Float64Array(n).fill(Infinity);
  const source = new Int32Array(n);
  const reach = new Float64Array(n);
  const from = new Int32Array(n - 1);
  const to = new Int32Array(n - 1);
  const length = new Float64Array(n - 1);
  let current = 0;
  for (let i = 0; i < n; i++) {
    distances(points, current, reach);
    for (let j = 0; j < n; j++) reach[j] = Math.max(reach[j], core[j], core[current]);
    // An edge is hung on the first tree point that is as near, within rounding, as the reference does.
    if (i > 1) from[i - 1] = firstAsNear(reach, inTree, length[i - 1]);
    inTree[current] = 1;
    if (i === n - 1) break;
    let next = -1;
    for (let j = 0; j < n; j++) {
      if (inTree[j]) continue;
      if (reach[j] < nearest[j]) {
        nearest[j] = reach[j];
        source[j] = current;
      }
      if (next < 0 || nearest[j] < nearest[next]) next = j;
    }
    from[i] = source[next];
    to[i] = next;
    length[i] = nearest[next];
    current = next;
    if (i % 64 === 0) {
      throwIfCancelled(signal);
      await breathe();
    }
  }
  const degree = new Int32Array(n);
  for (let e = 0; e < n - 1; e++) {
    degree[from[e]]++;
    degree[to[e]]++;
  }
  let sparseness = -1;
  let longest = 0;
  for (let e = 0; e < n - 1; e++) {
    if (length[e] > longest) longest = length[e];
    if (degree[from[e]] > 1 && degree[to[e]] > 1 && length[e] > sparseness) sparseness = length[e];
  }
  const internal: number[] = [];
  for (let i = 0; i < n; i++) if (degree[i] > 1) internal.push(i);
  return {
    points,
    core,
    internal: Int32Array.from(internal.length > 0 ? internal : [0]),
    sparseness: sparseness < 0 ? longest : sparseness,
  };
}

function firstAsNear(reach: Float64Array, inTree: Uint8Array, length: number): number {
  for (let j = 0; j < reach.length; j++)
    if (inTree[j] && Math.abs(reach[j] - length) <= 1e-8 + 1e-5 * length) return j;
  return 0;
}

/** The paper's definition 1: the generalised mean of the distances to the cluster's other points, by −dimension. */
async function allPointsCore(points: Matrix, signal: AbortSignal): Promise<Float64Array> {
  const { rows, columns } = points;
  const core = new Float64Array(rows);
  const d = new Float64Array(rows);
  let any = false;
  for (let i = 0; i < rows; i++) {
    distances(points, i, d);
    let sum = 0;
    for (let j = 0; j < rows; j++) if (d[j] > 0) sum += power(1 / d[j], columns);
    core[i] = sum / (rows - 1);
    if (sum > 0) any = true;
    if (i % 64 === 0) {
      throwIfCancelled(signal);
      await breathe();
    }
  }
  // Without any distance (equal points, one point) every core distance is 0.
  for (let i = 0; i < rows; i++) core[i] = any ? core[i] ** (-1 / columns) : 0;
  return core;
}

/** base to a whole power, by squaring: many times faster than `**`. */
function power(base: number, exponent: number): number {
  let result = 1;
  for (let rest = exponent; rest > 0; rest >>= 1) {
    if (rest & 1) result *= base;
    base *= base;
  }
  return result;
}

function distances(points: Matrix, i: number, result: Float64Array): void {
  const { data, rows, columns } = points;
  for (let k = 0; k < rows; k++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const v = data[i * columns + j] - data[k * columns + j];
      sum += v * v;
    }
    result[k] = Math.sqrt(sum);
  }
}
