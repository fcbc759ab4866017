import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../../app/scripts/bundle.mjs';

/** A bundled package may still be CommonJS and ask for `require`. */
const banner = {
  js: "import { createRequire as bundledRequire } from 'node:module'; const require = bundledRequire(import.meta.url);",
};

/** What a bench measures, as it ships: a module's text bundled into dist/bench/NAME.mjs, and loaded. */
export async function bundled(name, contents) {
  const outfile = path.join(root, 'dist', 'bench', `${name}.mjs`);
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile,
    external: ['onnxruntime-node', '@duckdb/node-api'],
    banner,
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}
