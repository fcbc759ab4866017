import { Worker } from 'node:worker_threads';
import { ResourceError } from '../base/errors.ts';
import { threadPath } from '../base/paths.ts';
import {
  type PooledInputs,
  type PooledOutputs,
  type PooledSession,
  type SessionPlace,
} from './pooled-session.ts';

/** What a lane says when it is open, and after each batch. */
export type LaneAnswer = { readonly outputs: PooledOutputs } | { readonly error: string };

/**
 * A session on each of several threads. They share the mapped weights, run batches at the same time, and leave this thread free to report and to
 * cancel. The first opens at once, so that a model that can't be opened is known; the others when there is a batch for them.
 */
export class SessionThreads implements PooledSession {
  private readonly idle: Lane[] = [];
  private readonly lanes = new Set<Lane>();
  private readonly waiting: ((lane: Lane) => void)[] = [];

  private constructor(
    private readonly place: SessionPlace,
    private readonly most: number,
  ) {}

  /** @throws what ONNX Runtime says when it can't open the model. */
  static async open(place: SessionPlace, most: number): Promise<SessionThreads> {
    const threads = new SessionThreads(place, most);
    threads.idle.push(await threads.start());
    return threads;
  }

  async run(inputs: PooledInputs): Promise<PooledOutputs> {
    const lane = await this.take();
    try {
      return await lane.run(inputs);
    } finally {
      this.giveBack(lane);
    }
  }

  private async take(): Promise<Lane> {
    const lane = this.idle.pop();
    if (lane !== undefined) return lane;
    if (this.lanes.size < this.most) return this.start();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private giveBack(lane: Lane): void {
    const next = this.waiting.shift();
    // A lane that broke down tells whoever waits for it, and another takes its place later.
    if (next !== undefined) next(lane);
    else if (lane.works) this.idle.push(lane);
    else this.lanes.delete(lane);
  }

  private async start(): Promise<Lane> {
    const lane = new Lane(this.place);
    this.lanes.add(lane);
    try {
      await lane.opened;
    } catch (cause) {
      this.lanes.delete(lane);
      await lane.close();
      throw cause;
    }
    return lane;
  }

  async close(): Promise<void> {
    await Promise.all([...this.lanes].map((lane) => lane.close()));
  }
}

/** What a thread gets to know when it starts. `busy` is 1 from here on until its session is open, and while a batch runs. */
export interface LanePlace {
  readonly place: SessionPlace;
  readonly busy: Int32Array;
}

/**
 * ONNX Runtime's binding aborts the whole process when a thread is ended in the middle of a run, so neither `close` nor the end of the process
 * does that: they wait for the batch, at most this long.
 */
const longestWait = 60_000;
const open = new Set<Lane>();

function waitForAll(): void {
  for (const lane of open) lane.waitHere();
}

/** One thread and its session; a batch at a time. */
class Lane {
  readonly opened: Promise<unknown>;
  private readonly worker: Worker;
  private readonly busy = new Int32Array(new SharedArrayBuffer(4)).fill(1);
  private settle: ((answer: LaneAnswer | Error) => void) | null = null;
  private answered: Promise<unknown> = Promise.resolve();
  private broken: Error | null = null;

  constructor(place: SessionPlace) {
    if (open.size === 0) process.on('exit', waitForAll);
    open.add(this);
    const workerData: LanePlace = { place, busy: this.busy };
    // Without this process' own switches: some of them (--input-type) are for its main script alone.
    this.worker = new Worker(threadPath('embed-lane'), { workerData, execArgv: [] });
    this.worker.on('message', (answer: LaneAnswer) => this.settle?.(answer));
    this.worker.on('error', (cause) => this.breakDown(cause));
    this.worker.on('exit', (code) =>
      this.breakDown(
        new ResourceError(`An embedding thread stopped (status ${code}); free some memory and run again.`),
      ),
    );
    this.opened = this.answer();
  }

  run({ ids, mask, weights, shape }: PooledInputs): Promise<PooledOutputs> {
    const answer = this.answer();
    if (!this.works) return answer;
    Atomics.store(this.busy, 0, 1);
    const buffers = [ids, mask, weights].map((part) => part.buffer as ArrayBuffer);
    this.worker.postMessage({ ids, mask, weights, shape }, buffers);
    return answer;
  }

  get works(): boolean {
    return this.broken === null;
  }

  /** Blocks this thread until the lane's batch is done. */
  waitHere(): void {
    Atomics.wait(this.busy, 0, 1, longestWait);
  }

  async close(): Promise<void> {
    await this.answered.catch(() => undefined);
    await this.worker.terminate();
  }

  /** The next answer. An idle thread doesn't keep the process alive, one that owes an answer does. */
  private answer(): Promise<PooledOutputs> {
    const answer = new Promise<PooledOutputs>((resolve, reject) => {
      if (this.broken !== null) return reject(this.broken);
      this.worker.ref();
      this.settle = (said) => {
        this.settle = null;
        this.worker.unref();
        if (said instanceof Error) reject(said);
        else if ('error' in said) reject(new Error(said.error));
        else resolve(said.outputs);
      };
    });
    this.answered = answer;
    return answer;
  }

  private breakDown(cause: Error): void {
    Atomics.store(this.busy, 0, 0);
    this.broken ??= cause;
    this.settle?.(this.broken);
    open.delete(this);
    if (open.size === 0) process.off('exit', waitForAll);
  }
}
