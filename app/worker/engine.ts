import os from 'node:os';
import { CancelledError, MoeTopicError, UsageError, toRecord } from '../../core/base/errors.ts';
import { foreseen } from '../../core/base/foreseen.ts';
import type { Language } from '../../core/base/language.ts';
import { methods, type ClientMessage, type EngineMessage, type Method } from '../../core/protocol.ts';
import { handlers } from './handlers/index.ts';
import type { Call } from './call.ts';
import { Log } from './log.ts';
import { Settings } from './settings.ts';
import { Workspace } from './workspace.ts';

export interface Engine {
  /** Takes one message; `emit` gets its events and, for a request, exactly one result or error. */
  request(message: ClientMessage, emit: (message: EngineMessage) => void): void;
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
  const running = new Map<number, AbortController>();

  const answer = async (id: number, method: Method, params: unknown, emit: (m: EngineMessage) => void) => {
    const controller = new AbortController();
    running.set(id, controller);
    const call = (language?: Language): Call => ({
      workspace,
      log,
      settings,
      partial: (partial) => emit({ type: 'partial', id, partial }),
      context: {
        signal: controller.signal,
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
    } finally {
      running.delete(id);
    }
  };

  return {
    request(message, emit) {
      if (message.type === 'cancel') running.get(message.id)?.abort(new CancelledError());
      else if (
        message.type === 'request' &&
        typeof message.id === 'number' &&
        Object.hasOwn(handlers, message.method)
      )
        void answer(message.id, message.method, message.params, emit);
      else
        emit({
          type: 'error',
          id: Number(message.id) || 0,
          error: toRecord(new MoeTopicError('The engine got a message that it does not know.', 'usage', 2)),
        });
    },
    async close() {
      for (const controller of running.values()) controller.abort(new CancelledError());
      await workspace.close();
    },
  };
}
