import { type StageContext } from '../base/progress.ts';

/** Documents done, their rate and the time left. Rows from the cache count as done but not towards the rate. */
export class ProgressMeter {
  private done = 0;
  private kept = 0;
  private tokens = 0;
  private started = performance.now();

  constructor(
    private readonly total: number,
    private readonly context: StageContext,
  ) {}

  add(documents: number, tokens: number): void {
    this.done += documents;
    this.tokens += tokens;
  }

  /** Everything so far came from the cache: the clock starts now. */
  cached(): void {
    this.kept = this.done;
    this.tokens = 0;
    this.started = performance.now();
    this.report();
  }

  report(): void {
    const seconds = (performance.now() - this.started) / 1000;
    const fresh = this.done - this.kept;
    const rate = fresh > 0 && seconds > 0.2 ? fresh / seconds : undefined;
    const kept = this.kept > 0 ? `, ${this.kept} of them kept from before` : '';
    this.context.onProgress({
      kind: 'progress',
      stage: 'embed',
      fraction: this.total === 0 ? 1 : Math.min(this.done / this.total, 1),
      text: `${this.done} of ${this.total} documents embedded${kept}`,
      rate,
      unit: 'documents',
      // Long documents go first, so this is an upper estimate that falls.
      secondsLeft: rate === undefined ? undefined : (this.total - this.done) / rate,
    });
  }
}
