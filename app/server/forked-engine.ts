import { fork, type ChildProcess } from 'node:child_process';
import { ResourceError, toRecord } from '../../core/base/errors.ts';
import type { ClientMessage, EngineMessage } from '../../core/protocol.ts';
import type { Engine } from '../hub.ts';
import type { FromChild, ToChild } from '../worker/child.ts';
import type { Engines } from './pages.ts';

/** Crashes within a minute after which the engine is not started again: it can't even start. */
const mostCrashes = 3;

/**
 * Engines in a process of their own, so that a crash of native code (ONNX Runtime, DuckDB) ends no server. It is started again at once;
 * `onCrash` is told when requests may be sent to the new one, and what the old one was asked is never answered.
 */
export class ForkedEngine implements Engines {
  onCrash: () => void = () => undefined;
  private child: ChildProcess;
  /** By engine and request. */
  private readonly waiting = new Map<string, (message: EngineMessage) => void>();
  private engines = 0;
  private stopping = false;
  private hopeless = false;
  private crashes: number[] = [];

  constructor(
    private readonly script: string,
    private readonly dataFolder: string,
    private readonly tell: (text: string) => void,
  ) {
    this.child = this.start();
  }

  /** The process' id: tests and the log name it. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  request(message: ClientMessage, emit: (message: EngineMessage) => void): void {
    this.ask(0, message, emit);
  }

  another(): Engine {
    const engine = ++this.engines;
    return {
      request: (message, emit) => this.ask(engine, message, emit),
      close: () => Promise.resolve(this.send({ engine, message: null })),
    };
  }

  private ask(engine: number, message: ClientMessage, emit: (message: EngineMessage) => void): void {
    if (message.type === 'request') {
      if (this.hopeless) return emit({ type: 'error', id: message.id, error: toRecord(hopelessError()) });
      this.waiting.set(`${engine} ${message.id}`, emit);
    }
    this.send({ engine, message });
  }

  private send(what: ToChild): void {
    if (this.child.connected) this.child.send(what);
  }

  /** Closes every project properly; gives up waiting after some seconds. */
  async close(): Promise<void> {
    const { child } = this;
    this.stopping = true;
    if (!child.connected) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      child.disconnect();
    });
  }

  private start(): ChildProcess {
    // Typed arrays travel as they are.
    const child = fork(this.script, [this.dataFolder], {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.on('message', ({ engine, message }: FromChild) => {
      const key = `${engine} ${message.id}`;
      const emit = this.waiting.get(key);
      if (message.type === 'result' || message.type === 'error') this.waiting.delete(key);
      emit?.(message);
    });
    child.once('exit', (code, signal) => this.ended(signal ?? `status ${code}`));
    return child;
  }

  private ended(how: string): void {
    if (this.stopping) return;
    const now = Date.now();
    this.crashes = [...this.crashes.filter((time) => now - time < 60_000), now];
    this.hopeless = this.crashes.length > mostCrashes;
    this.tell(`The engine stopped (${how}); ${this.hopeless ? 'it does not start.' : 'starting it again.'}`);
    this.waiting.clear();
    if (!this.hopeless) this.child = this.start();
    this.onCrash();
  }
}

function hopelessError(): ResourceError {
  return new ResourceError(
    'The engine stops again as soon as it is started; end `moetopic serve`, read what it printed, and start it again.',
    { code: 'engine-crashed' },
  );
}
