import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { threadPath } from '../base/paths.ts';

/** Threads outlive one clustering, since starting one takes longer than many a clustering; they don't keep the process alive. */
const idle: Worker[] = [];
const dead = new Set<Worker>();

export interface Crew {
  readonly members: readonly Worker[];
  /** Whether a thread broke down, so that pieces may be missing. */
  failed(): boolean;
  release(): void;
}

/** Takes up to `count` threads, starting what is missing; none where their script was not built. */
export function takeThreads(count: number): Crew {
  const members: Worker[] = [];
  const script = threadPath('cluster');
  if (existsSync(script)) while (members.length < count) members.push(idle.pop() ?? startThread(script));
  return {
    members,
    failed: () => members.some((worker) => dead.has(worker)),
    release: () => idle.push(...members.filter((worker) => !dead.has(worker))),
  };
}

function startThread(script: string): Worker {
  const worker = new Worker(script);
  const bury = (): void => {
    dead.add(worker);
    const at = idle.indexOf(worker);
    if (at >= 0) idle.splice(at, 1);
  };
  worker.on('error', bury);
  worker.on('exit', bury);
  worker.unref();
  return worker;
}
