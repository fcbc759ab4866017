// HDBSCAN against its Python peers, warm, medians of three in one run: `node test/bench/cluster.mjs [PYTHON]`.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildThreads, root } from '../../app/scripts/bundle.mjs';
import { bundled } from './bundled.mjs';
import { median } from './environment.mjs';

export const name = 'cluster';

const limits = {
  'HDBSCAN, the 5-D result': { fast_hdbscan: 1.0 },
  'HDBSCAN, the 5-D result, prediction data included': { 'hdbscan with prediction data': 0.15 },
  'HDBSCAN, ten times as many': { fast_hdbscan: 0.6 },
};

/**
 * Measures and returns rows { what, rows, seconds, peer, peerSeconds, ratio, limit }; without a Python interpreter that has
 * the peers, only our seconds.
 */
export async function run({ python = null, repeats = 3, threads = availableParallelism() } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'moetopic-bench-'));
  try {
    const core = await load();
    const points = await samplePoints(core);
    const many = tenfold(points, core.Random);
    const context = core.quietContext({ threads });
    const params = core.clusterParams.parse({ minTopicSize: 15, minSamples: 15 });
    const results = [];
    for (const [what, input, work] of [
      ['HDBSCAN, the 5-D result', points, () => core.cluster(points, params, context)],
      [
        'HDBSCAN, the 5-D result, prediction data included',
        points,
        () => core.hdbscanWithModel(points, params, context),
      ],
      ['HDBSCAN, ten times as many', many, () => core.cluster(many, params, context)],
    ]) {
      const file = path.join(folder, `${input.rows}.npy`);
      if (!existsSync(file)) await core.writeNpy(file, input);
      const [[peer, limit]] = Object.entries(limits[what]);
      const peerSeconds = python ? median(timePeer(python, file, repeats, peer)) : null;
      // Compiles, starts threads.
      for (let i = 0; i < 3; i++) await work();
      const own = [];
      for (let i = 0; i < repeats; i++) {
        const start = performance.now();
        await work();
        own.push((performance.now() - start) / 1000);
      }
      const seconds = median(own);
      results.push({
        what,
        rows: input.rows,
        seconds,
        peer,
        peerSeconds,
        ratio: peerSeconds === null ? null : seconds / peerSeconds,
        limit,
      });
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timePeer(python, file, repeats, peer) {
  const script = fileURLToPath(new URL('cluster.py', import.meta.url));
  const out = execFileSync(python, [script, file, String(repeats), peer], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(out.trim().split('\n').at(-1))[peer];
}

/** Bundles what is measured, as it ships. */
async function load() {
  await buildThreads();
  const from = (file) => JSON.stringify(path.join(root, 'core', file));
  return bundled(
    'cluster-core',
    `export * from ${from('cluster/index.ts')};
        export { quietContext } from ${from('base/progress.ts')};
        export { Random } from ${from('base/random.ts')};
        export { readNpy, writeNpy } from ${from('base/npy.ts')};`,
  );
}

/** UMAP's 5-D result for 20 Newsgroups, or where that is missing as many points in blobs of its kind. */
async function samplePoints(core) {
  const file = path.join(root, '..', 'shared', 'reference', '20newsgroups-umap5.npy');
  if (existsSync(file)) return core.readNpy(file);
  const [rows, columns, blobs] = [18_846, 5, 150];
  const random = new core.Random(1);
  const centres = Float64Array.from({ length: blobs * columns }, () => 10 * random.next());
  const data = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const blob = random.integer(blobs);
    const spread = 0.1 + 0.3 * random.next();
    for (let j = 0; j < columns; j++)
      data[i * columns + j] = centres[blob * columns + j] + spread * random.normal();
  }
  return { data, rows, columns };
}

/** Ten jittered copies: as many clusters, ten times as dense. */
function tenfold({ data, rows, columns }, Random) {
  const random = new Random(2);
  const all = new Float32Array(10 * data.length);
  for (let i = 0; i < all.length; i++) all[i] = data[i % data.length] + 0.05 * random.normal();
  return { data: all, rows: 10 * rows, columns };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const r of await run({ python: process.argv[2] ?? null }))
    console.log(
      `${r.what} (${r.rows}): ${r.seconds.toFixed(3)} s; ${r.peer} ${r.peerSeconds?.toFixed(3) ?? '–'} s; ratio ${r.ratio?.toFixed(3) ?? '–'} (at most ${r.limit})`,
    );
