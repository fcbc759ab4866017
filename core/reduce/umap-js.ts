import { Worker } from 'node:worker_threads';
import { CancelledError, ResourceError, throwIfCancelled } from '../base/errors.ts';
import type { Matrix } from '../base/matrix.ts';
import { threadPath } from '../base/paths.ts';
import type { UmapJsJob } from './umap-js.thread.ts';

/**
 * A layout by the umap-js library, seeded, from the same exact neighbours (its own search would take most of its time).
 * @throws CancelledError as soon as the signal is aborted: the thread is ended
 */
export async function layOutByUmapJs(
  job: UmapJsJob,
  signal: AbortSignal,
  report: (epoch: number, epochs: number) => void,
): Promise<Matrix> {
  throwIfCancelled(signal);
  const worker = new Worker(threadPath('umap-js'), { workerData: job });
  try {
    return await new Promise<Matrix>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new CancelledError()), { once: true });
      worker.on('message', (message: { epoch: number; epochs: number } | { data: Float32Array }) => {
        if ('data' in message) resolve({ data: message.data, rows: job.rows, columns: job.dimensions });
        else report(message.epoch, message.epochs);
      });
      worker.on('error', reject);
      worker.on('exit', (code) =>
        reject(
          new ResourceError(
            `umap-js stopped (status ${code}); choose --reducer umap, which needs less memory.`,
          ),
        ),
      );
    });
  } finally {
    await worker.terminate();
  }
}
