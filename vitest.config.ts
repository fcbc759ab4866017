import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    globalSetup: ['test/setup/build-threads.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores: more workers only compete with the engine's own threads.
    maxWorkers: 2,
  },
});
