import { ResourceError } from '../base/errors.ts';
import type { Matrix } from '../base/matrix.ts';
import { hdbscanWasm } from './kernels/hdbscan.wasm.ts';

/** What the compiled kernels export; they find everything else through the header at the start of the memory. */
export interface Kernels {
  buildNodes(from: number, to: number): void;
  fillLeaves(from: number, to: number): void;
  nearest(fromLeaf: number, toLeaf: number, stack: number): void;
  startBoruvka(): void;
  advanceBoruvka(steps: number): number;
  sortEdges(count: number): void;
}

/** Header fields by their i32 index; the same numbers stand in kernels/header.as. */
const scalar = {
  rows: 0,
  columns: 1,
  nodes: 2,
  firstLeaf: 3,
  pad: 4,
  k: 5,
  components: 6,
  edges: 7,
  approximate: 9,
};
const firstPointer = 16;

/** Bytes that a thread needs for its stack of nodes. */
const stackBytes = 8192;
export const mostThreads = 16;

/**
 * The shared memory of one clustering: a header, then arrays that the kernels and this side both see. Positions are
 * places in the k-d tree's leaf order; `order` gives the input's row of each.
 */
export class KernelMemory {
  readonly memory: WebAssembly.Memory;
  readonly header: Int32Array;
  readonly rows: number;
  readonly columns: number;
  readonly nodes: number;
  readonly leaves: number;
  readonly pad: number;
  readonly k: number;
  readonly order: Int32Array;
  /** Pairs (start, end) of positions per node. */
  readonly start: Int32Array;
  /** Per node and dimension the pair (lower, upper). */
  readonly boxes: Float32Array;
  /** [leaf × columns × pad] */
  readonly points: Float32Array;
  readonly near: Int32Array;
  readonly nearSquared: Float64Array;
  readonly edgeFrom: Int32Array;
  readonly edgeTo: Int32Array;
  readonly edgeLength: Float64Array;
  readonly edgeOrder: Int32Array;
  /** [0] the next piece of work, [1] pieces done; for threads. */
  readonly counters: Int32Array;
  private readonly stacks: number;

  /**
   * @throws ResourceError when the memory can't be had.
   */
  constructor(input: Matrix, k: number, leafSize: number, approximate: boolean) {
    const { rows, columns } = input;
    const levels = Math.floor(Math.log2(Math.max(1, (rows - 1) / leafSize)) + 1);
    this.rows = rows;
    this.columns = columns;
    this.k = k;
    this.leaves = 2 ** (levels - 1);
    this.nodes = 2 * this.leaves - 1;
    this.pad = 4 * Math.ceil(Math.ceil(rows / this.leaves) / 4);
    const { nodes, leaves, pad } = this;
    const sizes = [
      rows * columns * 4, // input
      rows * 4, // order
      rows * 8, // keys
      nodes * 8, // start
      nodes * columns * 8, // boxes
      nodes * 8, // radius
      leaves * columns * pad * 4, // leaves
      rows * k * 4, // near
      rows * k * 8, // nearSquared
      rows * 8, // core
      nodes * 8, // bounds
      rows * 4, // pointComponent
      nodes * 4, // nodeComponent
      rows * 4, // candidateFrom
      rows * 4, // candidateTo
      rows * 8, // candidate
      rows * 4, // parent
      rows, // rank
      rows * 4, // components
      rows * 4, // edgeFrom
      rows * 4, // edgeTo
      rows * 8, // edgeLength
      2 * stackBytes, // stack
      rows * 4, // edgeOrder
      4096, // scratch
      64, // counters
      mostThreads * stackBytes, // stacks
    ];
    const places: number[] = [];
    let end = 4096;
    for (const size of sizes) {
      places.push(end);
      end = 64 * Math.ceil((end + size) / 64);
    }
    this.memory = reserve(end);
    const buffer = this.memory.buffer;
    const header = (this.header = new Int32Array(buffer, 0, 64));
    header[scalar.rows] = rows;
    header[scalar.columns] = columns;
    header[scalar.nodes] = nodes;
    header[scalar.firstLeaf] = leaves - 1;
    header[scalar.pad] = pad;
    header[scalar.k] = k;
    header[scalar.approximate] = approximate ? 1 : 0;
    places.slice(0, 25).forEach((place, i) => (header[firstPointer + i] = place | 0));
    new Float32Array(buffer, places[0], rows * columns).set(input.data);
    this.order = new Int32Array(buffer, places[1], rows);
    for (let i = 0; i < rows; i++) this.order[i] = i;
    this.start = new Int32Array(buffer, places[3], 2 * nodes);
    this.start[1] = rows;
    this.boxes = new Float32Array(buffer, places[4], 2 * nodes * columns);
    this.points = new Float32Array(buffer, places[6], leaves * columns * pad);
    this.near = new Int32Array(buffer, places[7], rows * k);
    this.nearSquared = new Float64Array(buffer, places[8], rows * k);
    this.edgeFrom = new Int32Array(buffer, places[19], Math.max(0, rows - 1));
    this.edgeTo = new Int32Array(buffer, places[20], Math.max(0, rows - 1));
    this.edgeLength = new Float64Array(buffer, places[21], Math.max(0, rows - 1));
    this.edgeOrder = new Int32Array(buffer, places[23], Math.max(0, rows - 1));
    this.counters = new Int32Array(buffer, places[25], 16);
    this.stacks = places[26];
  }

  /** Where thread i keeps its stack. */
  stack(i: number): number {
    return this.stacks + i * stackBytes;
  }

  /** Edges of the spanning tree found so far. */
  get edges(): number {
    return this.header[scalar.edges];
  }
}

function reserve(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / 65536);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch (cause) {
    throw new ResourceError(
      `Clustering needs ${Math.ceil(bytes / 2 ** 20)} MB in one piece, which this machine can't give; cluster fewer documents or fewer dimensions.`,
      { cause },
    );
  }
}

let compiled: Promise<WebAssembly.Module> | null = null;

/** The compiled kernels, once a process. */
export function kernelModule(): Promise<WebAssembly.Module> {
  compiled ??= WebAssembly.compile(Buffer.from(hdbscanWasm, 'base64'));
  return compiled;
}

export async function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<Kernels> {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  return exports as unknown as Kernels;
}
