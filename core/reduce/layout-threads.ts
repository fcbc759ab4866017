import { Worker } from 'node:worker_threads';
import { CancelledError, ResourceError, throwIfCancelled } from '../base/errors.ts';
import { threadPath } from '../base/paths.ts';
import { breathe } from '../base/progress.ts';
import { LayoutPart } from './layout-epochs.ts';
import { slots, type LayoutJob } from './layout-space.ts';

/** Below so many points a thread takes longer to start than to work. */
const fewPoints = 1500;

/** Threads that lay out; opened when first needed, closed with `close`. */
export class LayoutThreads {
  private workers: Worker[] = [];

  constructor(readonly threads: number) {}

  /**
   * Runs a job's epochs. The result is the same for every number of threads.
   * @throws CancelledError within about a tenth of a second of the signal
   */
  async run(job: LayoutJob, signal: AbortSignal, report: (epoch: number) => void): Promise<void> {
    throwIfCancelled(signal);
    if (job.points < fewPoints) return runHere({ ...job, threads: 1 }, signal, report);
    while (this.workers.length < job.threads) this.workers.push(new Worker(threadPath('reduce-layout')));
    const control = new Int32Array(job.memory.buffer, 0, 16);
    const stop = () => {
      Atomics.store(control, slots.cancelled, 1);
      Atomics.notify(control, slots.generation);
    };
    const timer = setInterval(() => {
      if (signal.aborted) stop();
      report(Atomics.load(control, slots.epoch));
    }, 100);
    try {
      const parts = this.workers.slice(0, job.threads).map((worker, thread) => work(worker, job, thread));
      // One thread's failure lets the others out of the wait for it.
      for (const part of parts) part.catch(stop);
      await Promise.all(parts);
    } finally {
      clearInterval(timer);
    }
    if (signal.aborted) throwIfCancelled(signal);
    if (control[slots.cancelled] !== 0) throw new CancelledError();
  }

  async close(): Promise<void> {
    const workers = this.workers;
    this.workers = [];
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** The same epochs on this thread, breathing between them. */
async function runHere(job: LayoutJob, signal: AbortSignal, report: (epoch: number) => void): Promise<void> {
  const part = new LayoutPart(job, 0);
  let last = performance.now();
  for (let epoch = 1; epoch < job.epochs; epoch++) {
    part.epoch(epoch);
    if (performance.now() - last < 30) continue;
    report(epoch);
    await breathe();
    throwIfCancelled(signal);
    last = performance.now();
  }
}

function work(worker: Worker, job: LayoutJob, thread: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (error?: Error) => {
      worker.off('message', done);
      worker.off('error', end);
      worker.off('exit', died);
      if (error) reject(error);
      else resolve();
    };
    const done = () => end();
    const died = (code: number) =>
      end(new ResourceError(`A layout thread stopped (status ${code}); free some memory and run again.`));
    worker.on('message', done);
    worker.on('error', end);
    worker.on('exit', died);
    worker.postMessage({ job, thread });
  });
}
