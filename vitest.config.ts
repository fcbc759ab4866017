import { defineConfig } from 'vitest/config';

/** Needs a file that test/reference/cluster/hunt.py makes; naming it runs it. */
const hunt = process.env.MOETOPIC_HUNT === undefined ? ['test/reference/cluster/hunt.test.ts'] : [];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/e2e/**', 'node_modules/**', ...hunt],
    globalSetup: ['test/setup/build-threads.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores: more workers only compete with the engine's own threads.
    maxWorkers: 2,
  },
});
