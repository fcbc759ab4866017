import { throwIfCancelled } from '../base/errors.ts';
import { breathe, type StageContext } from '../base/progress.ts';

/** Tells how a part of a stage comes along, from one fraction of the stage to another, with the time left in that part. */
export function reporter(
  context: StageContext,
  stage: 'reduce' | 'map' | 'operation',
  from: number,
  to: number,
) {
  const start = performance.now();
  return (text: string, done: number, of: number, unit: string): void => {
    const seconds = (performance.now() - start) / 1000;
    const rate = done > 0 && seconds > 0 ? done / seconds : undefined;
    context.onProgress({
      kind: 'progress',
      stage,
      fraction: of > 0 ? from + ((to - from) * done) / of : to,
      text,
      unit,
      rate,
      secondsLeft: rate === undefined ? undefined : (of - done) / rate,
    });
  };
}

/**
 * For long loops: awaiting the function it returns lets a cancel message in, but at most every twentieth of a second.
 * It throws once the signal is aborted. Call it every few thousand rows.
 */
export function breather(signal: AbortSignal): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < 50) return;
    await breathe();
    throwIfCancelled(signal);
    last = performance.now();
  };
}

/** Rows between two calls of a breather. */
export const rowsPerBreath = 4096;
