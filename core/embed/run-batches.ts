import { CancelledError, MoeTopicError, ResourceError } from '../base/errors.ts';
import { makeBatches } from './batches.ts';
import { type PooledBatch, type RoutingKind } from './pooled-model.ts';
import { type Pooling } from './pooling.ts';

/** What runs batches: a PooledModel, or a test's stand-in. */
export interface BatchRunner {
  readonly lanes: number;
  run(texts: readonly Int32Array[], pooling: Pooling, kind: RoutingKind): Promise<PooledBatch>;
}

export interface RunOptions {
  readonly pooling: Pooling;
  readonly rw: RoutingKind;
  /** Most tokens a run may have, padding included. */
  readonly budget: number;
  readonly signal: AbortSignal;
}

/** Called after each batch with the sequences that it held and their outputs, row by row. */
export type OnBatch = (items: readonly number[], out: PooledBatch) => Promise<void>;

/**
 * Runs sequences of token ids in length-bucketed batches, a batch on each of the model's lanes. A batch that doesn't fit in memory is halved,
 * and so are those after it. Cancel is acted on at once: batches that are running are left to themselves.
 * @throws CancelledError, or ResourceError when a single text doesn't fit.
 */
export async function runBatches(
  model: BatchRunner,
  sequences: readonly Int32Array[],
  options: RunOptions,
  onBatch: OnBatch,
): Promise<void> {
  const queue = makeBatches(
    sequences.map((s) => s.length),
    options.budget,
  ).map((b) => b.items);
  let most = Infinity;
  let stopped: unknown = null;
  const { promise: aborted, release } = rejectOnAbort(options.signal);

  const lane = async (): Promise<void> => {
    for (;;) {
      const items = stopped === null ? queue.shift() : undefined;
      if (items === undefined) return;
      if (items.length > most) {
        queue.unshift(...halves(items));
        continue;
      }
      try {
        const texts = items.map((i) => sequences[i]);
        const out = await Promise.race([model.run(texts, options.pooling, options.rw), aborted]);
        await onBatch(items, out);
      } catch (error) {
        if (!isOutOfMemory(error)) throw error;
        if (items.length === 1)
          throw new ResourceError(
            'A single document does not fit in memory; give a smaller --max-tokens, close other programs, or choose a smaller model.',
            { cause: error },
          );
        most = Math.min(most, Math.ceil(items.length / 2));
        queue.unshift(...halves(items));
      }
    }
  };
  try {
    await Promise.all(
      Array.from({ length: Math.max(model.lanes, 1) }, () =>
        lane().catch((error: unknown) => {
          stopped ??= error;
          throw error;
        }),
      ),
    );
  } finally {
    release();
  }
}

function halves(items: readonly number[]): (readonly number[])[] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}

/** ONNX Runtime's and the providers' ways to say so. */
function isOutOfMemory(error: unknown): boolean {
  if (error instanceof MoeTopicError) return false;
  const text = error instanceof Error ? error.message : String(error);
  return /bad_alloc|out of memory|failed to allocate|allocation fail|OOM|not enough memory/i.test(text);
}

function rejectOnAbort(signal: AbortSignal): { promise: Promise<never>; release: () => void } {
  let release = (): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    const abort = (): void =>
      reject(signal.reason instanceof MoeTopicError ? signal.reason : new CancelledError());
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    release = () => signal.removeEventListener('abort', abort);
  });
  // Nobody may be waiting when it rejects.
  promise.catch(() => undefined);
  return { promise, release };
}
