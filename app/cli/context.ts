import os from 'node:os';
import { z } from 'zod';
import { foreseen } from '../../core/base/foreseen.ts';
import { languages } from '../../core/base/language.ts';
import { parseParams } from '../../core/base/params.ts';
import { StageClock } from '../../core/base/clock.ts';
import type { StageContext, StageName } from '../../core/base/progress.ts';
import { watchForCrash } from './crash-watch.ts';
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

/** The flag of every command that writes a report or a figure; `--language` of a run is that of the documents. */
export const reportParams = z.object({
  reportLanguage: z
    .enum(languages)
    .default('en')
    .meta({ help: 'Language of what the report and its figures say themselves.' }),
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
  const {
    seed,
    threads,
    reportLanguage: language,
  } = parseParams(commonParams.extend(reportParams.shape), flags, 'moetopic');
  const printer = progressPrinter();
  const { onProgress } = printer;
  const atEase = watchForCrash();
  const context: StageContext = { signal: cancelOnSignals(), onProgress, seed, threads, language };
  try {
    const result = await work(context);
    printer.stop();
    if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
    return result;
  } catch (error) {
    printer.stop();
    throw foreseen(error);
  } finally {
    await atEase();
  }
}

/** Largest resident size of this process so far, in bytes (its threads share it). */
export function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
