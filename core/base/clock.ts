import type { StageName } from './progress.ts';

/** Seconds of each stage's own work. */
export class StageClock {
  readonly seconds: Partial<Record<StageName | 'total', number>> = {};
  private readonly started = performance.now();

  /** Runs a stage's work and books its time; a stage that ran before adds up. */
  async time<T>(stage: StageName, work: () => Promise<T> | T): Promise<T> {
    const from = performance.now();
    try {
      return await work();
    } finally {
      this.seconds[stage] = round((this.seconds[stage] ?? 0) + (performance.now() - from) / 1000);
      this.seconds.total = round((performance.now() - this.started) / 1000);
    }
  }
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
