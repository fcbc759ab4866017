import { buildNode, buildThreads } from '../../app/scripts/bundle.mjs';

/** Threads and the command line run bundled JavaScript; tests build it first so that they test what ships. */
export default async function setup(): Promise<void> {
  await Promise.all([buildThreads(), buildNode()]);
}
