import type { StageContext } from '../base/progress.ts';

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
