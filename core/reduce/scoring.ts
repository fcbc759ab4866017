import { row, zeros, type Matrix } from '../base/matrix.ts';
import { GraphBuilder } from '../onnx/graph.ts';
import type { Metric } from './params.ts';
import { squaredNorms } from './distance.ts';

/**
 * Rows turned so that "nearest" is "largest q·x + bias(x)" and float32 suffices to find it: unit rows for cosine, rows around their
 * mean and of size about 1 otherwise.
 */
export interface Scoring {
  /** Writes row r of the data, turned, into `out` at `offset`. */
  place(m: Matrix, r: number, out: Float32Array, offset: number): void;
  /** What is added to the score of a turned row. */
  bias(turned: Float32Array): number;
}

export function scoringFor(metric: Metric, data: Matrix): Scoring {
  if (metric === 'cosine') return { place: placeUnit, bias: () => 0 };
  const euclidean = metric === 'euclidean';
  const centre = new Float64Array(data.columns);
  // Distances don't change when everything moves; inner products do.
  if (euclidean)
    for (let r = 0; r < data.rows; r++) {
      const v = row(data, r);
      for (let c = 0; c < v.length; c++) centre[c] += v[c] / data.rows;
    }
  let furthest = 0;
  for (let r = 0; r < data.rows; r++) {
    const v = row(data, r);
    let sum = 0;
    for (let c = 0; c < v.length; c++) sum += (v[c] - centre[c]) ** 2;
    furthest = Math.max(furthest, sum);
  }
  const scale = furthest > 0 ? 1 / Math.sqrt(furthest) : 1;
  return {
    place: (m, r, out, offset) => {
      for (let c = 0, i = r * m.columns; c < m.columns; c++, i++)
        out[offset + c] = (m.data[i] - centre[c]) * scale;
    },
    bias: (turned) => (euclidean ? -lengthSquared(turned) / 2 : 0),
  };
}

function placeUnit(m: Matrix, r: number, out: Float32Array, offset: number): void {
  const v = row(m, r);
  const length = Math.sqrt(lengthSquared(v));
  const scale = length > 0 ? 1 / length : 0;
  for (let c = 0; c < v.length; c++) out[offset + c] = v[c] * scale;
}

function lengthSquared(v: Float32Array): number {
  let sum = 0;
  for (let c = 0; c < v.length; c++) sum += v[c] * v[c];
  return sum;
}

/** Some rows (all of them when `rows` is not given), turned, with their biases. */
export function turn(
  scoring: Scoring,
  m: Matrix,
  rows?: Int32Array,
): { turned: Matrix; biases: Float32Array } {
  const count = rows?.length ?? m.rows;
  const turned = zeros(count, m.columns);
  const biases = new Float32Array(count);
  for (let r = 0; r < count; r++) {
    scoring.place(m, rows ? rows[r] : r, turned.data, r * m.columns);
    biases[r] = scoring.bias(row(turned, r));
  }
  return { turned, biases };
}

/** Rows whose squared length is 0: under cosine they are alike, but no score can tell. */
export function zeroRows(metric: Metric, m: Matrix): number[] {
  if (metric !== 'cosine') return [];
  const found: number[] = [];
  squaredNorms(m).forEach((norm, r) => {
    if (norm === 0) found.push(r);
  });
  return found;
}

/**
 * An ONNX graph: q [queries × d], x [rows × d], bias [rows], k [1] → the k largest of q·xᵀ + bias in each row: scores [queries × k]
 * and indices, ties to the lower index.
 */
export function scoreGraph(columns: number): Uint8Array {
  const g = new GraphBuilder('neighbours');
  const q = g.input('q', 'float32', ['queries', columns]);
  const x = g.input('x', 'float32', ['rows', columns]);
  const bias = g.input('bias', 'float32', ['rows']);
  const k = g.input('k', 'int64', [1]);
  const scores = g.op('Gemm', [q, x, bias], { transB: 1 });
  const [values, indices] = g.node('TopK', [scores, k], { axis: 1, largest: 1, sorted: 1 }, { outputs: 2 });
  g.node('Identity', [values], {}, { outputs: ['scores'] });
  g.node('Cast', [indices], { to: 6 }, { outputs: ['indices'] });
  g.output('scores', 'float32', ['queries', 'k']);
  g.output('indices', 'int32', ['queries', 'k']);
  return g.finish();
}
