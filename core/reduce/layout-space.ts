import { zeros, type Matrix } from '../base/matrix.ts';
import type { FuzzyGraph } from '../stages.ts';
import { coefficientTables, tableSize } from './coefficients.ts';
import type { Curve } from './curve.ts';

/** Int32 slots at the start of the memory by which threads agree. */
export const slots = { cancelled: 0, arrived: 1, generation: 2, epoch: 3, chunk: 4 } as const;
const controlBytes = 64;

/** Everything a thread needs to know to take part in a layout; byte offsets into the shared memory. */
export interface LayoutJob {
  readonly memory: WebAssembly.Memory;
  readonly threads: number;
  readonly points: number;
  /** Points that attract and repel. */
  readonly others: number;
  /** 4-lane vectors a point. */
  readonly vectors: number;
  /** Whether others are the points themselves (as of the last epoch) or stay where they are. */
  readonly moving: boolean;
  readonly epochs: number;
  readonly alpha: number;
  readonly seed: number;
  readonly at: {
    /** points + 1 ints: a point's edges are from its own to the next. */
    readonly offsets: number;
    /** points ints: where its edges of the second round begin. */
    readonly middles: number;
    readonly targets: number;
    readonly rates: number;
    readonly attraction: number;
    readonly repulsion: number;
    /** Two copies of the points' positions: rounds read one and write the other. */
    readonly positions: readonly [number, number];
    readonly fixed: number;
    /** Room for one thread's `roundAny`; the next thread's follows. */
    readonly scratch: number;
  };
}

export const vectorsFor = (dimensions: number): number => Math.ceil(dimensions / 4);
/** Bytes of scratch a thread needs. */
export const scratchBytes = (vectors: number): number => 48 * vectors;

/** A graph in memory that threads share, with room for positions of up to `dimensions` coordinates. */
export class LayoutSpace {
  readonly memory: WebAssembly.Memory;
  private readonly at: LayoutJob['at'];
  readonly points: number;

  constructor(
    graph: FuzzyGraph,
    dimensions: number,
    threads: number,
    private readonly others: number | null = null,
  ) {
    this.points = graph.offsets.length - 1;
    const vectors = vectorsFor(dimensions);
    const edges = graph.targets.length;
    let size = controlBytes;
    const take = (bytes: number): number => {
      const start = size;
      size += Math.ceil(bytes / 64) * 64;
      return start;
    };
    this.at = {
      attraction: take(4 * tableSize),
      repulsion: take(4 * tableSize),
      offsets: take(4 * (this.points + 1)),
      middles: take(4 * this.points),
      targets: take(4 * edges),
      rates: take(4 * edges),
      positions: [take(16 * vectors * this.points), take(16 * vectors * this.points)],
      fixed: take(16 * vectors * (others ?? 0)),
      scratch: take(scratchBytes(vectors) * threads),
    };
    const pages = Math.ceil(size / 65536);
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    this.writeGraph(graph);
  }

  /**
   * An edge belongs to the first or the second round of an epoch by the parity of its ends' sum, at both ends alike: reading
   * positions half an epoch old instead of a whole one brings the layout as close to the data as one point after the other would.
   */
  private writeGraph(graph: FuzzyGraph): void {
    const { buffer } = this.memory;
    const edges = graph.targets.length;
    new Int32Array(buffer, this.at.offsets, this.points + 1).set(graph.offsets);
    const middles = new Int32Array(buffer, this.at.middles, this.points);
    const targets = new Int32Array(buffer, this.at.targets, edges);
    const rates = new Float32Array(buffer, this.at.rates, edges);
    let strongest = 0;
    for (const w of graph.weights) if (w > strongest) strongest = w;
    let at = 0;
    for (let i = 0; i < this.points; i++)
      for (let round = 0; round < 2; round++) {
        if (round === 1) middles[i] = at;
        for (let e = graph.offsets[i]; e < graph.offsets[i + 1]; e++) {
          if (((i + graph.targets[e]) & 1) !== round) continue;
          targets[at] = graph.targets[e];
          rates[at++] = graph.weights[e] / strongest;
        }
      }
  }

  /** Places the points (and, when they are not the points themselves, the others) for a layout. */
  prepare(
    start: Matrix,
    fixed: Matrix | null,
    curve: Curve,
    how: Pick<LayoutJob, 'epochs' | 'alpha' | 'seed' | 'threads'>,
  ): LayoutJob {
    const { buffer } = this.memory;
    const vectors = vectorsFor(start.columns);
    const tables = coefficientTables(curve);
    new Float32Array(buffer, this.at.attraction, tableSize).set(tables.attraction);
    new Float32Array(buffer, this.at.repulsion, tableSize).set(tables.repulsion);
    for (const at of this.at.positions) this.write(start, at, vectors);
    if (fixed) this.write(fixed, this.at.fixed, vectors);
    new Int32Array(buffer, 0, controlBytes / 4).fill(0);
    return {
      ...how,
      memory: this.memory,
      points: this.points,
      others: this.others ?? this.points,
      vectors,
      moving: this.others === null,
      at: this.at,
    };
  }

  private write(m: Matrix, at: number, vectors: number): void {
    const view = new Float32Array(this.memory.buffer, at, m.rows * vectors * 4).fill(0);
    for (let r = 0; r < m.rows; r++)
      for (let c = 0; c < m.columns; c++) view[r * vectors * 4 + c] = m.data[r * m.columns + c];
  }

  /** Positions at the end of a job: an epoch's two rounds write back to where it began. */
  read(dimensions: number): Matrix {
    const width = vectorsFor(dimensions) * 4;
    const view = new Float32Array(this.memory.buffer, this.at.positions[0], this.points * width);
    const out = zeros(this.points, dimensions);
    for (let r = 0; r < this.points; r++)
      for (let c = 0; c < dimensions; c++) out.data[r * dimensions + c] = view[r * width + c];
    return out;
  }
}
