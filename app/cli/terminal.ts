import { createInterface } from 'node:readline/promises';
import { SingleBar } from 'cli-progress';
import { CancelledError, MoeTopicError, toRecord } from '../../core/base/errors.ts';
import type { Progress } from '../../core/base/progress.ts';

/** Progress on stderr: a bar on a terminal, otherwise one line when a stage begins and one when it ends. */
export function progressPrinter(): { onProgress: (p: Progress) => void; stop: () => void } {
  return process.stderr.isTTY ? bars() : lines();
}

/** A sentence that a person should read, beside the progress. */
export function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function bars(): ReturnType<typeof progressPrinter> {
  let bar: SingleBar | null = null;
  let stage = '';
  const stop = (): void => {
    bar?.stop();
    bar = null;
  };
  return {
    stop,
    onProgress: (p) => {
      if (p.stage !== stage) {
        stop();
        stage = p.stage;
      }
      bar ??= startBar(p.stage);
      bar.update(Math.round(p.fraction * 1000), { what: describe(p) });
      if (p.fraction >= 1) stop();
    },
  };
}

function startBar(stage: string): SingleBar {
  const bar = new SingleBar({
    format: `${stage.padEnd(9)} {bar} {percentage}% {what}`,
    hideCursor: true,
    stream: process.stderr,
    clearOnComplete: false,
  });
  bar.start(1000, 0, { what: '' });
  return bar;
}

function lines(): ReturnType<typeof progressPrinter> {
  let stage = '';
  let ended = false;
  return {
    stop: () => undefined,
    onProgress: (p) => {
      if (p.stage !== stage) {
        stage = p.stage;
        ended = false;
        process.stderr.write(`${p.stage} …\n`);
      }
      if (p.fraction >= 1 && !ended) {
        ended = true;
        process.stderr.write(`${p.stage}: done${p.text ? `, ${p.text}` : ''}\n`);
      }
    },
  };
}

function describe(p: Progress): string {
  const parts = [p.text ?? ''];
  if (p.rate !== undefined) parts.push(`${Math.round(p.rate).toLocaleString('en')} ${p.unit ?? ''}/s`);
  if (p.secondsLeft !== undefined && p.fraction < 1) parts.push(`${duration(p.secondsLeft)} left`);
  return parts.filter(Boolean).join(', ');
}

/** Seconds as a person writes them: 8 s, 2 min 5 s, 1 h 3 min. */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min${s % 60 ? ` ${s % 60} s` : ''}`;
  return `${Math.floor(s / 3600)} h${Math.floor((s % 3600) / 60) ? ` ${Math.floor((s % 3600) / 60)} min` : ''}`;
}

/** Prints an error as one sentence (with `--debug` the stack and the causes too) and gives the exit status. */
export function reportError(error: unknown, debug: boolean): number {
  if (error instanceof MoeTopicError) {
    process.stderr.write(`${error.message.replace(/\s*\n\s*/g, ' ')}\n`);
  } else {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `MoETopic failed in a way it did not foresee (${message.replace(/\s*\n\s*/g, ' ')}); run it again with --debug and report what it prints.\n`,
    );
  }
  if (debug)
    for (let e: unknown = error; e instanceof Error; e = e.cause)
      process.stderr.write(`${e.stack ?? e.message}\n`);
  return toRecord(error).exitStatus;
}

/** Whether somebody sits there who can be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks a question that is answered with yes (y, yes or nothing) or no (anything else, or the end of the input). */
export async function confirmed(
  question: string,
  input: NodeJS.ReadableStream = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Promise<boolean> {
  const reader = createInterface({ input, output });
  try {
    const ended = new Promise<string>((resolve) => reader.once('close', () => resolve('no')));
    const answer = await Promise.race([reader.question(`${question} [Y/n] `), ended]);
    return /^(y|yes|)$/i.test(answer.trim());
  } finally {
    reader.close();
  }
}

/** Ctrl-C and SIGTERM cancel; a second Ctrl-C ends at once. */
export function cancelOnSignals(): AbortSignal {
  const controller = new AbortController();
  const cancel = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new CancelledError('Cancelled; run the same command again to go on where it stopped.'));
  };
  process.on('SIGINT', cancel);
  process.on('SIGTERM', cancel);
  return controller.signal;
}
