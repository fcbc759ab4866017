import { parentPort, workerData } from 'node:worker_threads';
import { openHere, type PooledInputs, type PooledSession, type SessionPlace } from './pooled-session.ts';
import { type LaneAnswer } from './session-threads.ts';

/** A lane: opens its session, says so, and then answers each batch with its outputs. */
const answer = (what: LaneAnswer): void => parentPort?.postMessage(what);
const failed = (cause: unknown): void =>
  answer({ error: cause instanceof Error ? cause.message : String(cause) });

openHere(workerData as SessionPlace).then((session: PooledSession) => {
  parentPort?.on('message', (inputs: PooledInputs) => {
    session.run(inputs).then((outputs) => answer({ outputs }), failed);
  });
  answer({ outputs: {} });
}, failed);
