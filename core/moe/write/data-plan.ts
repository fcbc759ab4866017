import type { ElementType } from '../../onnx/graph.ts';

/** ONNX Runtime maps a tensor into memory where it begins on this boundary (Windows' allocation granularity). */
export const mappedAlignment = 65536;
/** Small tensors are packed closer: thousands of norms would otherwise waste more than they hold. */
const smallAlignment = 64;

export const elementSizes: Record<ElementType, number> = {
  float32: 4,
  uint8: 1,
  int8: 1,
  int32: 4,
  int64: 8,
  bool: 1,
  float16: 2,
};

/** A tensor and its place in model.onnx.data. */
export interface PlannedTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly bytes: number;
}

/** Appends bytes to the job's tensor of that index. */
export type WriteBytes = (index: number, bytes: ArrayBufferView) => Promise<void>;

/** One pass over a piece of the checkpoint that fills one tensor or several (quantised numbers and their scales). */
export interface Job {
  readonly tensors: readonly PlannedTensor[];
  run(write: WriteBytes): Promise<void>;
}

/**
 * What will be in the external data file, and where, before any of it is read: so the space needed is known, both graphs share the weights,
 * and an interrupted conversion goes on with the first job that is not done.
 */
export class DataPlan {
  readonly jobs: Job[] = [];
  private readonly byName = new Map<string, PlannedTensor>();
  private end = 0;

  get totalBytes(): number {
    return this.end;
  }

  /** Plans tensors, or finds them by the first one's name when the other graph planned them already. */
  add(
    tensors: readonly { name: string; type: ElementType; shape: readonly number[] }[],
    run: (write: WriteBytes) => Promise<void>,
  ): PlannedTensor[] {
    const known = tensors.map((t) => this.byName.get(t.name));
    if (known.every((t) => t !== undefined)) return known;
    const planned = tensors.map((t) => {
      const bytes = t.shape.reduce((product, n) => product * n, elementSizes[t.type]);
      const alignment = bytes >= mappedAlignment ? mappedAlignment : smallAlignment;
      const offset = Math.ceil(this.end / alignment) * alignment;
      this.end = offset + bytes;
      const entry = { ...t, offset, bytes };
      this.byName.set(t.name, entry);
      return entry;
    });
    this.jobs.push({ tensors: planned, run });
    return planned;
  }
}
