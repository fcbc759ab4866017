import os from 'node:os';
import { CancelledError, MoeTopicError, UsageError, toRecord } from '../../core/base/errors.ts';
import { foreseen } from '../../core/base/foreseen.ts';
import type { Language } from '../../core/base/language.ts';
import { methods, type ClientMessage, type EngineMessage, type Method } from '../../core/protocol.ts';
import { isLasting } from '../lasting.ts';
import { handlers } from './handlers/index.ts';
import type { Call } from './call.ts';
import { Log } from './log.ts';
import { Settings } from './settings.ts';
import { Workspace } from './workspace.ts';

export interface Engine {
  /** Takes one message; `emit` gets its events and, for a request, exactly one result or error. */
  request(message: ClientMessage, emit: (message: EngineMessage) => void): void;
  /** Cancels what can be asked again, lets what is being written come to its end, and closes the project. */
  close(): Promise<void>;
}

export interface EngineOptions {
  /** Where the app keeps its own projects, the list of recent ones and the log. */
  readonly dataFolder: string;
  readonly seed?: number;
}

/** The engine behind a window: validates every message, runs it, and cancels by its id. Several engines may share a process. */
export function createEngine(options: EngineOptions): Engine {
  const workspace = new Workspace(options.dataFolder);
  const log = new Log(options.dataFolder);
  const settings = new Settings(options.dataFolder);
  const running = new Map<
    number,
    { cancel: (reason: CancelledError) => void; lasts: boolean; done: Promise<void> }
  >();

  const answer = async (
    id: number,
    method: Method,
    params: unknown,
    emit: (m: EngineMessage) => void,
    signal: AbortSignal,
  ): Promise<void> => {
    const call = (language?: Language): Call => ({
      workspace,
      log,
      settings,
      partial: (partial) => emit({ type: 'partial', id, partial }),
      context: {
        signal,
        onProgress: (progress) => emit({ type: 'progress', id, progress }),
        seed: options.seed ?? 42,
        threads: os.availableParallelism(),
        language,
      },
    });
    try {
      const parsed = methods[method].safeParse(params);
      if (!parsed.success) {
        const issue = parsed.error.issues[0];
        throw new UsageError(`${method}: ${issue.path.join('.') || 'parameters'}: ${issue.message}.`);
      }
      const handler = handlers[method] as (params: unknown, call: Call) => Promise<unknown>;
      const { language } = parsed.data as { language?: Language };
      emit({ type: 'result', id, result: await handler(parsed.data, call(language)) });
    } catch (error) {
      if (!(error instanceof CancelledError))
        log.write(`${method}: ${error instanceof Error ? error.stack : String(error)}`);
      emit({ type: 'error', id, error: toRecord(foreseen(error)) });
    }
  };

  return {
    request(message, emit) {
      if (message.type === 'cancel') running.get(message.id)?.cancel(new CancelledError());
      else if (
        message.type === 'request' &&
        typeof message.id === 'number' &&
        Object.hasOwn(handlers, message.method)
      ) {
        const { id, method, params } = message;
        const controller = new AbortController();
        const done = answer(id, method, params, emit, controller.signal);
        const cancel = (reason: CancelledError): void => controller.abort(reason);
        running.set(id, { cancel, lasts: isLasting(method, params), done });
        void done.finally(() => running.delete(id));
      } else
        emit({
          type: 'error',
          id: Number(message.id) || 0,
          error: toRecord(new MoeTopicError('The engine got a message that it does not know.', 'usage', 2)),
        });
    },
    async close() {
      const all = [...running.values()];
      for (const { cancel, lasts } of all) if (!lasts) cancel(new CancelledError());
      // What was cancelled takes its temporary files away first.
      await Promise.allSettled(all.map(({ done }) => done));
      await workspace.close();
    },
  };
}
