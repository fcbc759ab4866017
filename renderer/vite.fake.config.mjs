import { defineConfig, mergeConfig } from 'vite';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import base from './vite.config.mjs';

/** The window on generated data (`?documents=N`), for the bench of the map and for looking at views without an engine. */
export default mergeConfig(
  base,
  defineConfig({
    define: { 'import.meta.env.VITE_FAKE': 'true' },
    build: { outDir: path.join(fileURLToPath(new URL('../dist', import.meta.url)), 'renderer-fake') },
  }),
);
