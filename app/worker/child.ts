/** The process of `moetopic serve` that hosts the engines; its parent holds the lines and starts it again when it crashes. */
import { z } from 'zod';
import type { ClientMessage, EngineMessage } from '../../core/protocol.ts';
import { createEngine, type Engine } from './engine.ts';

/** What the parent says: to which engine, made when it is first spoken to; null closes it. */
export interface ToChild {
  readonly engine: number;
  readonly message: ClientMessage | null;
}
export interface FromChild {
  readonly engine: number;
  readonly message: EngineMessage;
}

z.config({ jitless: true });

const engines = new Map<number, Engine>();

function engineOf(number: number): Engine {
  const known = engines.get(number) ?? createEngine({ dataFolder: process.argv[2] });
  engines.set(number, known);
  return known;
}

process.on('message', ({ engine, message }: ToChild) => {
  if (message === null) {
    void engines.get(engine)?.close();
    engines.delete(engine);
    return;
  }
  engineOf(engine).request(message, (answer) => {
    if (process.connected) process.send!({ engine, message: answer } satisfies FromChild);
  });
});
// The parent says when it is over (Ctrl-C reaches this process too), or it is gone.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.once('disconnect', () => {
  void Promise.allSettled([...engines.values()].map((engine) => engine.close())).finally(() =>
    process.exit(0),
  );
});
