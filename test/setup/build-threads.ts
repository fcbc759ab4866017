import { buildThreads } from '../../app/scripts/bundle.mjs';

/** Threads run bundled JavaScript; tests build it first so that they test what ships. */
export default async function setup(): Promise<void> {
  await buildThreads();
}
