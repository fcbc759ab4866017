import type { Language } from './language.ts';

/** The stages of a run, in the order in which data flows. */
export const stageNames = ['load', 'embed', 'reduce', 'cluster', 'keywords', 'map'] as const;
export type StageName = (typeof stageNames)[number];

/** What a stage says while it works. */
export interface Progress {
  readonly kind: 'progress';
  readonly stage: StageName | 'download' | 'convert' | 'export' | 'operation';
  /** 0 to 1 within the stage. */
  readonly fraction: number;
  /** What is happening, in a person's words. */
  readonly text?: string;
  /** Units per second and the unit's name ("documents", "tokens", "MB"). */
  readonly rate?: number;
  readonly unit?: string;
  /** Seconds left in this stage, once it can be told. */
  readonly secondsLeft?: number;
}

/** What every stage gets beside its input and its parameters; it never sees the whole model. */
export interface StageContext {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  /** The seed of the run: a stage makes its own `new Random(seed).fork('reduce')`. */
  readonly seed: number;
  /** Threads it may use; its result must not depend on their number. */
  readonly threads: number;
  /** Of what figures and reports say; English when left out. No stage computes differently by it. */
  readonly language?: Language;
}

/** A context for library use and tests: nothing listens, nothing cancels. */
export function quietContext(over: Partial<StageContext> = {}): StageContext {
  return { signal: new AbortController().signal, onProgress: () => undefined, seed: 42, threads: 2, ...over };
}

/** Lets the event loop breathe, so that a cancel message can arrive in the middle of a long computation. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
