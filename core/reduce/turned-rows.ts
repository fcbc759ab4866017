import { ResourceError } from '../base/errors.ts';
import type { Matrix } from '../base/matrix.ts';
import { distanceWasm } from './kernels/distance.wasm.ts';
import type { Metric } from './params.ts';

type Kernel = (
  row: number,
  rows: number,
  bytes: number,
  candidates: number,
  count: number,
  out: number,
) => void;

/** Room for turned rows in WebAssembly's memory, where their distances are computed; ONNX Runtime reads them there, too. */
export class TurnedRows {
  /** Numbers in a row, padded with zeros to a multiple of 4. */
  readonly columns: number;
  readonly data: Float32Array;
  private readonly candidates: Int32Array;
  private readonly out: Float32Array;
  private readonly kernels: { squares: Kernel; products: Kernel };
  private readonly at: { data: number; candidates: number; out: number };

  constructor(rows: number, columns: number, mostCandidates: number) {
    this.columns = Math.ceil(columns / 4) * 4;
    const numbers = rows * this.columns;
    this.at = { data: 0, candidates: 4 * numbers, out: 4 * (numbers + mostCandidates) };
    const pages = Math.max(1, Math.ceil((4 * (numbers + 2 * mostCandidates)) / 65536));
    const memory = allocate(pages);
    this.data = new Float32Array(memory.buffer, this.at.data, numbers);
    this.candidates = new Int32Array(memory.buffer, this.at.candidates, mostCandidates);
    this.out = new Float32Array(memory.buffer, this.at.out, mostCandidates);
    const module = new WebAssembly.Module(Buffer.from(distanceWasm, 'base64'));
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    this.kernels = exports as unknown as { squares: Kernel; products: Kernel };
  }

  get matrix(): Matrix {
    return { data: this.data, rows: this.data.length / this.columns, columns: this.columns };
  }

  /**
   * Distances of row `row` to the candidates, in the metric's own terms: 1 − cos (1 from a zero row to any that is not), Euclidean
   * in the turned scale, or 1 − ⟨p, q⟩ / L with L the largest squared length, which is not negative among the rows of one matrix
   * (UMAP weighs differences between a point's distances against each other, so neither shift nor scale matters).
   * The view is overwritten by the next call.
   */
  distances(metric: Metric, row: number, candidates: Int32Array): Float32Array {
    const { kernels, at, out } = this;
    const bytes = 4 * this.columns;
    this.candidates.set(candidates);
    const count = candidates.length;
    const kernel = metric === 'inner-product' ? kernels.products : kernels.squares;
    kernel(at.data + row * bytes, at.data, bytes, at.candidates, count, at.out);
    for (let i = 0; i < count; i++)
      if (metric === 'euclidean') out[i] = Math.sqrt(out[i]);
      else if (metric === 'inner-product') out[i] = Math.max(0, 1 - out[i]);
      // Half of |p − q|² is 1 − cos for unit rows, and close to half where one of them is zero.
      else out[i] = this.isZero(row) !== this.isZero(candidates[i]) ? 1 : out[i] / 2;
    return out.subarray(0, count);
  }

  /** Turned rows are of length 1 or 0 under cosine: most are told by their first numbers. */
  private isZero(row: number): boolean {
    const from = row * this.columns;
    for (let i = from; i < from + this.columns; i++) if (this.data[i] !== 0) return false;
    return true;
  }
}

function allocate(pages: number): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (cause) {
    throw new ResourceError(
      `Searching neighbours needs ${Math.ceil(pages / 16)} MB at once, which this machine doesn't give; free memory or use fewer documents (--sample).`,
      { cause },
    );
  }
}
