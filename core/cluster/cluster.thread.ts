import { parentPort } from 'node:worker_threads';
import { searchLeaves, type SearchJob } from './leaf-search.ts';
import { instantiate } from './kernel-memory.ts';

parentPort?.on('message', (job: SearchJob) => {
  void instantiate(job.module, job.memory).then((kernels) => {
    while (searchLeaves(kernels, job));
  });
});
