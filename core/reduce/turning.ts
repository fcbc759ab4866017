import type { Matrix } from '../base/matrix.ts';
import { breather, rowsPerBreath } from './pace.ts';
import type { Metric } from './params.ts';

/** Shorter rows than this count as zero under cosine: float32 can't tell their direction. */
const shortest = 1e-37;

/**
 * How rows are turned so that "nearest" is "largest q·x + bias(x)" and float32 suffices to tell: row r becomes
 * (row − centre)·scales[r]. That makes unit rows for cosine, rows around their mean and of length at most 1 for Euclidean
 * distances, and rows of length at most 1 for inner products.
 */
export interface Turning {
  readonly metric: Metric;
  readonly centre: Float32Array;
  readonly scales: Float32Array;
  readonly biases: Float32Array;
  /** What turned Euclidean distances are multiplied with to get those of the data. */
  readonly unit: number;
}

export async function turningFor(metric: Metric, data: Matrix, signal: AbortSignal): Promise<Turning> {
  const centre = metric === 'euclidean' ? await meanRow(data, signal) : new Float32Array(data.columns);
  const lengths = await lengthsFrom(data, centre, signal);
  let longest = 0;
  for (const length of lengths) if (length > longest) longest = length;
  const unit = longest > shortest ? longest : 1;
  const scales = metric === 'cosine' ? unitScales(lengths) : new Float32Array(data.rows).fill(1 / unit);
  const biases = new Float32Array(data.rows);
  // |q − x|² = |q|² − 2(q·x − |x|²/2)
  if (metric === 'euclidean') lengths.forEach((length, r) => (biases[r] = -((length / unit) ** 2) / 2));
  return { metric, centre, scales, biases, unit };
}

/** The scales of other rows, to be turned the same way. */
export async function scalesOf(turning: Turning, m: Matrix, signal: AbortSignal): Promise<Float32Array> {
  return turning.metric === 'cosine'
    ? unitScales(await lengthsFrom(m, turning.centre, signal))
    : new Float32Array(m.rows).fill(1 / turning.unit);
}

/** Writes row r, turned, into `out` from `offset` on. */
export function turnRow(
  turning: Turning,
  m: Matrix,
  r: number,
  scale: number,
  out: Float32Array,
  offset: number,
) {
  const { data, columns } = m;
  const { centre } = turning;
  for (let c = 0, i = r * columns; c < columns; c++, i++) out[offset + c] = (data[i] - centre[c]) * scale;
}

function unitScales(lengths: Float64Array): Float32Array {
  return Float32Array.from(lengths, (length) => (length > shortest ? 1 / length : 0));
}

async function meanRow(m: Matrix, signal: AbortSignal): Promise<Float32Array> {
  const breath = breather(signal);
  const sums = new Float64Array(m.columns);
  for (let r = 0, i = 0; r < m.rows; r++) {
    if (r % rowsPerBreath === 0) await breath();
    for (let c = 0; c < m.columns; c++) sums[c] += m.data[i++];
  }
  return Float32Array.from(sums, (sum) => sum / m.rows);
}

/** Each row's distance from the centre. */
async function lengthsFrom(m: Matrix, centre: Float32Array, signal: AbortSignal): Promise<Float64Array> {
  const breath = breather(signal);
  const out = new Float64Array(m.rows);
  for (let r = 0, i = 0; r < m.rows; r++) {
    if (r % rowsPerBreath === 0) await breath();
    let sum = 0;
    for (let c = 0; c < m.columns; c++) {
      const d = m.data[i++] - centre[c];
      sum += d * d;
    }
    out[r] = Math.sqrt(sum);
  }
  return out;
}
