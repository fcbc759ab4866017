/** What every bench needs: our own code bundled as it ships, a Python with the peers, the machine in words, medians. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const cache = path.join(root, 'node_modules', '.cache', 'moetopic-bench');
const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));

/** A file that lies beside the checkout on machines that have the evaluation corpora; null elsewhere. */
export function shared(...parts) {
  const file = path.join(root, '..', 'shared', ...parts);
  return existsSync(file) ? file : null;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Runs `work` once: { value, seconds, cpu }, where cpu adds up all threads of this process. */
export async function timed(work) {
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  const value = await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { value, seconds, cpu: (user + system) / 1e6 };
}

let bundled = null;

/**
 * Bundles the library and what the benches need beside its door into a package of its own, so that a build of dist/ meanwhile
 * changes nothing; it goes when the process ends.
 */
export function loadCore() {
  bundled ??= bundle();
  return bundled;
}

async function bundle() {
  const home = path.join(cache, `package-${process.pid}`);
  mkdirSync(path.join(home, 'dist'), { recursive: true });
  process.once('exit', () => rmSync(home, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  writeFileSync(
    path.join(home, 'package.json'),
    JSON.stringify({ name: 'moetopic', version, type: 'module' }),
  );
  symlinkSync(path.join(root, 'assets'), path.join(home, 'assets'), 'junction');
  const options = {
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external: ['onnxruntime-node', '@duckdb/node-api', '@duckdb/node-bindings*', 'tinypool'],
    logLevel: 'error',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  };
  const core = path.join(root, 'core');
  const threads = readdirSync(core, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.thread.ts'))
    .map((file) => ({ in: path.join(core, file), out: path.basename(file, '.thread.ts') }));
  await build({ ...options, entryPoints: threads, outdir: path.join(home, 'dist', 'threads') });
  const from = (file) => JSON.stringify(path.join(core, file));
  const outfile = path.join(home, 'dist', 'bench.js');
  await build({
    ...options,
    stdin: {
      contents: `export * from ${from('index.ts')};
        export { topicTable } from ${from('run/topic-table.ts')};
        export { column, pickRows } from ${from('run/spread.ts')};
        export { makeBatches, paddingShare } from ${from('embed/batches.ts')};
        export { tokenBudget } from ${from('embed/token-budget.ts')};
        export { convertModel } from ${from('moe/index.ts')};
        export { GraphBuilder } from ${from('onnx/graph.ts')};
        export { onnxRuntime, openSession } from ${from('onnx/session.ts')};
        export { Random } from ${from('base/random.ts')};
        export { around } from ${JSON.stringify(path.join(root, 'test/bench/reduce-synthetic.ts'))};`,
      resolveDir: root,
      loader: 'ts',
    },
    outfile,
  });
  return import(pathToFileURL(outfile).href);
}

/**
 * A Python that has the peers: MOETOPIC_BENCH_PYTHON, or a virtual environment made here once for these requirements.
 * Throws, with what to do, where neither can be had.
 */
export function findPython(say = console.error) {
  if (process.env.MOETOPIC_BENCH_PYTHON) return process.env.MOETOPIC_BENCH_PYTHON;
  const key = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = path.join(cache, `python-${key}`);
  const python =
    process.platform === 'win32'
      ? path.join(folder, 'Scripts', 'python.exe')
      : path.join(folder, 'bin', 'python');
  const whole = path.join(folder, 'complete');
  if (existsSync(whole)) return python;
  const base = process.platform === 'win32' ? 'python' : 'python3';
  say('Making a Python environment with the peers (once; about 2 GB) …');
  rmSync(folder, { recursive: true, force: true });
  try {
    execFileSync(base, ['-m', 'venv', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '-r', requirements], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } catch (cause) {
    throw new Error(
      'The Python peers could not be installed; give a Python that has those of test/bench/requirements.txt in MOETOPIC_BENCH_PYTHON, or run npm run bench -- --quick, which needs none.',
      { cause },
    );
  }
  writeFileSync(whole, '');
  return python;
}

/** The peers' versions as that Python has them, Python's own first. */
export function peerVersions(python) {
  const names = readFileSync(requirements, 'utf8')
    .split('\n')
    .filter((line) => line.includes('=='))
    .map((line) => line.split('==')[0]);
  const script = `import json, platform, sys
from importlib.metadata import version
print(json.dumps({"Python": platform.python_version(), **{n: version(n) for n in sys.argv[1:]}}))`;
  return JSON.parse(execFileSync(python, ['-c', script, ...names], { encoding: 'utf8' }));
}

/** The machine in words: nothing that names it. */
export function machine() {
  const version = (name) =>
    JSON.parse(readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release().split('-')[0]} ${process.arch}`,
    node: process.version,
    packages: Object.fromEntries(
      ['onnxruntime-node', '@duckdb/node-api', 'umap-js'].map((n) => [n, version(n)]),
    ),
    load: loadavg()[0],
  };
}
