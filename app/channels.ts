/** Every channel between the windows and Electron's main process, with the shape of what travels on it. */
import { z } from 'zod';
import type { RunNote } from './resumption.ts';

export const windowState = z.object({
  title: z.string().max(500),
  path: z.string().nullable(),
  running: z.boolean(),
  language: z.string().max(20),
});

/** Window → main. `invoke` channels answer; `send` channels don't. */
export const channels = {
  choose: z.enum(['file', 'folder', 'project']),
  chooseTarget: z.object({ name: z.string().max(255), kind: z.enum(['file', 'folder']) }),
  reveal: z.string().max(4096),
  announce: windowState,
  newWindow: z.null(),
  connect: z.null(),
} as const;

export type Channel = keyof typeof channels;
export type Payload<C extends Channel> = z.output<(typeof channels)[C]>;

/** Main → window: a command of the menu by its name, with an argument for some; and the line to the engine. */
export const commandChannel = 'moetopic:command';
export const portChannel = 'moetopic:port';

/** The scheme and host under which a window's files are served: never a file: URL. */
export const scheme = 'app';
export const origin = 'app://moetopic';

/**
 * Main → worker. The port of a new line travels with `open`. `recover` hands over a run of the process before, which crashed; `window` is
 * null where nobody watches it.
 */
export type ToWorker =
  | { type: 'open'; window: number }
  | { type: 'recover'; window: number | null; run: RunNote }
  | { type: 'close'; window: number }
  | { type: 'stop' };

/**
 * Worker → main: the runs under way, so that closing the last window doesn't end them and a crash doesn't lose them; and whether
 * something is being written that is to be finished first.
 */
export interface FromWorker {
  type: 'runs';
  runs: readonly { window: number | null; run: RunNote }[];
  writing: boolean;
  /** A run ended with an error that no window was told of. */
  failed: boolean;
}
