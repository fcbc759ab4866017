import { parentPort } from 'node:worker_threads';
import { LayoutPart } from './layout-epochs.ts';
import type { LayoutJob } from './layout-space.ts';

/** A thread of the layout: takes jobs one after another and answers when its part of each is done. */
parentPort?.on('message', ({ job, thread }: { job: LayoutJob; thread: number }) => {
  const part = new LayoutPart(job, thread);
  for (let epoch = 1; epoch < job.epochs; epoch++) if (!part.epoch(epoch)) break;
  parentPort?.postMessage('done');
});
