import type { EngineMessage, Method, Params, Results } from '../../core/protocol.ts';
import { fromRecord } from '../../core/base/errors.ts';
import { createEngine, type Engine } from '../../app/worker/engine.ts';

/** An engine and a way to ask it: what a window does, without a window. */
export function engineIn(dataFolder: string): {
  ask: <M extends Method>(method: M, params: Params<M>) => Promise<Results[M]>;
  engine: Engine;
} {
  const engine = createEngine({ dataFolder });
  let id = 0;
  return {
    engine,
    ask: (method, params) =>
      new Promise((resolve, reject) => {
        engine.request({ type: 'request', id: ++id, method, params }, (message: EngineMessage) => {
          if (message.type === 'result') resolve(message.result as never);
          if (message.type === 'error') reject(fromRecord(message.error));
        });
      }),
  };
}
