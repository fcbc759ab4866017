import os from 'node:os';
import { z } from 'zod';
import { MoeTopicError } from '../../core/base/errors.ts';
import { parseParams } from '../../core/base/params.ts';
import { StageClock } from '../../core/base/clock.ts';
import type { StageContext, StageName } from '../../core/base/progress.ts';
import { cancelOnSignals, progressPrinter } from './terminal.ts';

/** Flags that every computing command has. */
export const commonParams = z.object({
  seed: z.number().int().min(0).max(4294967295).default(42).meta({ help: 'Seed of everything random.' }),
  threads: z
    .number()
    .int()
    .min(1)
    .max(256)
    .default(os.availableParallelism())
    .meta({ help: 'Threads to use; the result does not depend on it.' }),
});

/** What commander hands over: the command line's own options and, as text, every parameter that was given. */
export interface Options extends Record<string, unknown> {
  json?: boolean;
  debug?: boolean;
}

/** A stage's result with its seconds, as `--json` reports them. */
export async function timed<T>(
  stage: StageName,
  work: () => Promise<T>,
): Promise<{ value: T; seconds: StageClock['seconds'] }> {
  const clock = new StageClock();
  return { value: await clock.time(stage, work), seconds: clock.seconds };
}

/** Runs a command's work with progress on stderr, signals as cancel, and, with --json, its result as one object on stdout. */
export async function withContext<T extends object>(
  options: Options,
  flags: Record<string, unknown>,
  work: (context: StageContext) => Promise<T>,
): Promise<T> {
  const { seed, threads } = parseParams(commonParams, flags, 'moetopic');
  const printer = progressPrinter();
  const context: StageContext = { signal: cancelOnSignals(), onProgress: printer.onProgress, seed, threads };
  try {
    const result = await work(context);
    printer.stop();
    if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    return result;
  } catch (error) {
    printer.stop();
    throw error instanceof MoeTopicError ? error : foreseen(error);
  }
}

/** The operating system's own refusals in a person's words. */
function foreseen(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  const file = (error as NodeJS.ErrnoException).path ?? 'a file';
  if (code === 'ENOSPC')
    return new MoeTopicError(
      `The disk is full while writing ${file}; free some space and run it again.`,
      'disk',
      5,
      { cause: error },
    );
  if (code === 'ENOENT')
    return new MoeTopicError(`There is no ${file}; check the path.`, 'input', 3, { cause: error });
  if (code === 'EACCES' || code === 'EPERM')
    return new MoeTopicError(
      `No permission for ${file}; choose another place or change its rights.`,
      'input',
      3,
      { cause: error },
    );
  if (error instanceof RangeError && /allocation|Invalid (typed )?array length/i.test(error.message))
    return new MoeTopicError(
      `Not enough memory (${error.message}); use --sample or a machine with more.`,
      'memory',
      5,
      { cause: error },
    );
  return error;
}

/** Largest resident size of this process so far, in bytes (its threads share it). */
export function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
