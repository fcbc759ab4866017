// Bundles what runs in Node: the command line, the library, Electron's main and preload, the worker, and the engine's threads.
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = path.join(root, 'dist');

// Packages with native code or threads of their own stay outside the bundle.
const external = ['electron', 'onnxruntime-node', '@duckdb/node-api', '@duckdb/node-bindings*', 'tinypool'];

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  external,
  logLevel: 'warning',
  sourcemap: true,
  legalComments: 'none',
};

// CommonJS packages inside an ESM bundle call require().
const esm = {
  ...common,
  format: 'esm',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

/** Every `core/**\/NAME.thread.ts` becomes dist/threads/NAME.js. */
export async function buildThreads() {
  const entries = readdirSync(path.join(root, 'core'), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.thread.ts'))
    .map((file) => ({ in: path.join(root, 'core', file), out: path.basename(file, '.thread.ts') }));
  if (entries.length > 0) await build({ ...esm, entryPoints: entries, outdir: path.join(dist, 'threads') });
}

/** Entry points that exist are bundled into dist/. */
export async function buildNode() {
  await build({
    ...esm,
    splitting: true,
    outdir: dist,
    chunkNames: '[name]-[hash]',
    entryPoints: {
      core: path.join(root, 'core/index.ts'),
      cli: path.join(root, 'app/cli/index.ts'),
      main: path.join(root, 'app/main/index.ts'),
      worker: path.join(root, 'app/worker/index.ts'),
      engine: path.join(root, 'app/worker/child.ts'),
    },
  });
  await build({
    ...common,
    format: 'cjs',
    outdir: dist,
    outExtension: { '.js': '.cjs' },
    entryPoints: { preload: path.join(root, 'app/preload/index.ts') },
  });
  // The HTML report carries Plotly with it (core/export).
  mkdirSync(dist, { recursive: true });
  cpSync(
    path.join(root, 'node_modules/plotly.js-strict-dist-min/plotly-strict.min.js'),
    path.join(dist, 'plotly-strict.min.js'),
  );
}
