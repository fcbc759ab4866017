import { Worker } from 'node:worker_threads';
import { CancelledError, ModelError, MoeTopicError } from '../base/errors.ts';
import { threadPath } from '../base/paths.ts';

/** Runs one computation in a thread of its own that is ended on cancel: for libraries that never let go. */
export function inThread<R>(name: string, input: unknown, signal: AbortSignal): Promise<R> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(threadPath(name), { workerData: input });
    const stop = (): void => {
      void worker.terminate();
      reject(signal.reason instanceof MoeTopicError ? signal.reason : new CancelledError());
    };
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    const done = (): void => signal.removeEventListener('abort', stop);
    worker.once('message', (result: R) => {
      done();
      void worker.terminate();
      resolve(result);
    });
    worker.once('error', (cause) => {
      done();
      reject(new ModelError(`The clustering engine ${name} failed; choose --clusterer hdbscan.`, { cause }));
    });
  });
}
