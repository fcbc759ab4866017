import { layoutWasm } from './kernels/layout.wasm.ts';
import { scratchBytes, slots, type LayoutJob } from './layout-space.ts';

type Round = (
  from: number,
  to: number,
  seen: number,
  moved: number,
  others: number,
  count: number,
  starts: number,
  ends: number,
  targets: number,
  rates: number,
  attraction: number,
  repulsion: number,
  epoch: number,
  alpha: number,
  pulls: number,
  seed: number,
  vectors?: number,
  scratch?: number,
) => void;

interface Kernels {
  readonly round4: Round;
  readonly round8: Round;
  readonly roundAny: Round;
}

/** Compiles the kernels over a job's memory: some milliseconds. */
export function layoutKernels(memory: WebAssembly.Memory): Kernels {
  const module = new WebAssembly.Module(Buffer.from(layoutWasm, 'base64'));
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}

/** One thread's part in a job, epoch by epoch. Points are handed out in chunks; whoever takes one computes the same. */
export class LayoutPart {
  private readonly control: Int32Array;
  private readonly kernel: Round;
  private readonly chunk: number;

  constructor(
    private readonly job: LayoutJob,
    private readonly thread: number,
  ) {
    const kernels = layoutKernels(job.memory);
    this.control = new Int32Array(job.memory.buffer, 0, 16);
    this.kernel = job.vectors === 1 ? kernels.round4 : job.vectors === 2 ? kernels.round8 : kernels.roundAny;
    this.chunk = Math.max(32, Math.min(1024, Math.ceil(job.points / 256)));
  }

  /** An epoch (counted from 1): two rounds, after each of which the threads meet. False when the job was cancelled. */
  epoch(epoch: number): boolean {
    return this.round(epoch, 0) && this.meet(epoch - 1) && this.round(epoch, 1) && this.meet(epoch);
  }

  /** Moves chunks of points until none is left. */
  private round(epoch: number, round: 0 | 1): boolean {
    const { job, control, chunk } = this;
    const { at } = job;
    const seen = at.positions[round];
    const alpha = job.alpha * (1 - (epoch - 1) / job.epochs);
    while (Atomics.load(control, slots.cancelled) === 0) {
      const from = Atomics.add(control, slots.chunk, 1) * chunk;
      if (from >= job.points) return true;
      this.kernel(
        from,
        Math.min(job.points, from + chunk),
        seen,
        at.positions[1 - round],
        job.moving ? seen : at.fixed,
        job.others,
        round === 0 ? at.offsets : at.middles,
        round === 0 ? at.middles : at.offsets + 4,
        at.targets,
        at.rates,
        at.attraction,
        at.repulsion,
        epoch,
        alpha,
        job.moving ? 2 : 1,
        job.seed,
        job.vectors,
        at.scratch + this.thread * scratchBytes(job.vectors),
      );
    }
    return false;
  }

  /** Waits until all threads have finished the round. False when the job was cancelled. */
  private meet(finished: number): boolean {
    const { job, control } = this;
    const generation = Atomics.load(control, slots.generation);
    if (Atomics.add(control, slots.arrived, 1) + 1 === job.threads) {
      Atomics.store(control, slots.arrived, 0);
      Atomics.store(control, slots.chunk, 0);
      Atomics.store(control, slots.epoch, finished);
      Atomics.add(control, slots.generation, 1);
      Atomics.notify(control, slots.generation);
    } else
      while (
        Atomics.load(control, slots.generation) === generation &&
        Atomics.load(control, slots.cancelled) === 0
      )
        Atomics.wait(control, slots.generation, generation, 200);
    return Atomics.load(control, slots.cancelled) === 0;
  }
}
