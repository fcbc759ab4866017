import type { FuzzyGraph } from '../stages.ts';
import { filterWasm } from './kernels/filter.wasm.ts';

type Step = (
  from: number,
  to: number,
  current: number,
  previous: number,
  next: number,
  vectors: number,
  offsets: number,
  targets: number,
  weights: number,
  inverses: number,
  factor: number,
  centre: number,
  half: number,
  first: number,
) => void;

/** A graph's random walk P = D⁻¹A and three blocks of vectors [rows × 4·vectors] to work on, in WebAssembly's memory. */
export class FilterSpace {
  /** Square roots of the degrees, in double precision. */
  readonly roots: Float64Array;
  readonly rows: number;
  readonly width: number;
  private readonly buffer: ArrayBufferLike;
  private readonly kernel: Step;
  private readonly at: { offsets: number; targets: number; weights: number; inverses: number };
  private readonly blocks: readonly number[];

  constructor(
    graph: FuzzyGraph,
    private readonly vectors: number,
  ) {
    this.rows = graph.offsets.length - 1;
    this.width = 4 * vectors;
    let size = 0;
    const take = (numbers: number): number => {
      const start = size;
      size += Math.ceil(numbers / 16) * 64;
      return start;
    };
    this.at = {
      offsets: take(this.rows + 1),
      targets: take(graph.targets.length),
      weights: take(graph.targets.length),
      inverses: take(this.rows),
    };
    this.blocks = [0, 1, 2].map(() => take(this.rows * this.width));
    const pages = Math.ceil(size / 65536);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    this.buffer = memory.buffer;
    const module = new WebAssembly.Module(Buffer.from(filterWasm, 'base64'));
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    this.kernel = (exports as unknown as { step: Step }).step;
    new Int32Array(this.buffer, this.at.offsets).set(graph.offsets);
    new Int32Array(this.buffer, this.at.targets).set(graph.targets);
    new Float32Array(this.buffer, this.at.weights).set(graph.weights);
    const inverses = new Float32Array(this.buffer, this.at.inverses, this.rows);
    this.roots = new Float64Array(this.rows);
    for (let i = 0; i < this.rows; i++) {
      let degree = 0;
      for (let e = graph.offsets[i]; e < graph.offsets[i + 1]; e++) degree += graph.weights[e];
      this.roots[i] = Math.sqrt(degree);
      inverses[i] = degree > 0 ? 1 / degree : 0;
    }
  }

  block(index: number): Float32Array {
    return new Float32Array(this.buffer, this.blocks[index], this.rows * this.width);
  }

  /**
   * Block `next` ← factor·(P − centre)/half · block `current` − block `previous` (0 when that is −1), a slice of rows at a time;
   * after each slice control is yielded.
   */
  *step(current: number, previous: number, next: number, factor: number, centre: number, half: number) {
    const slice = 8192;
    const { offsets, targets, weights, inverses } = this.at;
    for (let from = 0; from < this.rows; from += slice) {
      this.kernel(
        from,
        Math.min(this.rows, from + slice),
        this.blocks[current],
        this.blocks[Math.max(previous, 0)],
        this.blocks[next],
        this.vectors,
        offsets,
        targets,
        weights,
        inverses,
        factor,
        centre,
        half,
        previous < 0 ? 1 : 0,
      );
      yield;
    }
  }
}
