import { defineConfig } from '@playwright/test';

/** `--project browser | electron | packaged`; each needs what its name says (test/run.mjs finds it). */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  // One after the other: the engine takes all cores.
  workers: 1,
  fullyParallel: false,
  timeout: 15 * 60_000,
  expect: { timeout: 30_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : [['list']],
  projects: [
    { name: 'browser', testMatch: 'browser*.spec.ts' },
    { name: 'electron', testMatch: 'electron*.spec.ts' },
    { name: 'packaged', testMatch: 'packaged.spec.ts' },
  ],
});
