import { throwIfCancelled } from '../base/errors.ts';
import { row, zeros, type Matrix } from '../base/matrix.ts';
import { breathe, type StageContext } from '../base/progress.ts';
import { Random } from '../base/random.ts';
import { internalTree, type InternalTree } from './internal-tree.ts';

export interface Validity {
  /** −1 to 1, more is better. */
  readonly index: number;
  /** Per cluster; NaN for a number without points. */
  readonly clusters: Float64Array;
  /** Rows looked at: all of them, or the size of the sample. */
  readonly rows: number;
}

/**
 * Density-based clustering validation (DBCV: Moulavi et al. 2014) as hdbscan's `validity_index`, in O(rows) memory.
 * It compares all pairs within and between clusters, so beyond `mostRows` it is taken of a seeded sample of that size.
 */
export async function validityIndex(
  input: Matrix,
  labels: Int32Array,
  context: StageContext,
  mostRows = 20_000,
): Promise<Validity> {
  const rows = sampleRows(input.rows, mostRows, context.seed);
  let count = 0;
  for (const r of rows) if (labels[r] >= count) count = labels[r] + 1;
  const members: number[][] = Array.from({ length: count }, () => []);
  for (const r of rows) if (labels[r] >= 0) members[labels[r]].push(r);
  const trees: (InternalTree | null)[] = [];
  for (const own of members) {
    trees.push(own.length === 0 ? null : await internalTree(pick(input, own), context.signal));
    await breathe();
  }
  const separation = new Float64Array(count).fill(Infinity);
  for (let a = 0; a < count; a++)
    for (let b = a + 1; b < count; b++) {
      const [first, second] = [trees[a], trees[b]];
      if (first === null || second === null) continue;
      throwIfCancelled(context.signal);
      const d = densitySeparation(first, second, Math.max(separation[a], separation[b]));
      if (d < separation[a]) separation[a] = d;
      if (d < separation[b]) separation[b] = d;
      if (b % 16 === 0) await breathe();
    }
  const clusters = new Float64Array(count).fill(NaN);
  let index = 0;
  for (let c = 0; c < count; c++) {
    const tree = trees[c];
    if (tree === null) continue;
    const [between, within] = [separation[c], tree.sparseness];
    if (between === Infinity) clusters[c] = 1;
    else clusters[c] = between === within ? 0 : (between - within) / Math.max(between, within);
    index += (members[c].length / rows.length) * clusters[c];
  }
  return { index, clusters, rows: rows.length };
}

/** The smallest mutual reachability distance between two clusters' internal points, or `limit` if none is below it. */
function densitySeparation(a: InternalTree, b: InternalTree, limit: number): number {
  const columns = a.points.columns;
  let least = limit;
  for (const p of a.internal) {
    if (a.core[p] >= least) continue;
    for (const q of b.internal) {
      if (b.core[q] >= least) continue;
      let d = 0;
      for (let j = 0; j < columns; j++) {
        const v = a.points.data[p * columns + j] - b.points.data[q * columns + j];
        d += v * v;
      }
      const reach = Math.max(Math.sqrt(d), a.core[p], b.core[q]);
      if (reach < least) least = reach;
    }
  }
  return least;
}

function pick(input: Matrix, rows: readonly number[]): Matrix {
  const result = zeros(rows.length, input.columns);
  rows.forEach((r, i) => result.data.set(row(input, r), i * input.columns));
  return result;
}

/** All rows, or a seeded sample of them in their order. */
function sampleRows(rows: number, most: number, seed: number): Int32Array {
  const all = Int32Array.from({ length: rows }, (_, i) => i);
  if (rows <= most) return all;
  const random = new Random(seed).fork('dbcv');
  for (let i = 0; i < most; i++) {
    const j = i + random.integer(rows - i);
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all.slice(0, most).sort();
}
