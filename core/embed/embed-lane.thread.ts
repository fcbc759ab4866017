import { parentPort, workerData } from 'node:worker_threads';
import { openHere, type PooledInputs, type PooledOutputs } from './pooled-session.ts';
import { type LaneAnswer, type LanePlace } from './session-threads.ts';

const { place, busy } = workerData as LanePlace;

/** Native code is left before anyone is told: from here on the thread may be ended. */
function answer(what: LaneAnswer): void {
  Atomics.store(busy, 0, 0);
  Atomics.notify(busy, 0);
  parentPort?.postMessage(what);
}

const done = (outputs: PooledOutputs): void => answer({ outputs });
const failed = (cause: unknown): void =>
  answer({ error: cause instanceof Error ? cause.message : String(cause) });

/** A lane: opens its session, says so, and then answers each batch with its outputs. */
openHere(place).then((session) => {
  parentPort?.on('message', (inputs: PooledInputs) => {
    session.run(inputs).then(done, failed);
  });
  done({});
}, failed);
