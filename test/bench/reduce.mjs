// UMAP against umap-learn and umap-js, warm, medians of three in one run: `node test/bench/reduce.mjs [PYTHON]`. Turns are taken with
// the peers, so that a machine that slows down slows down everyone.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildThreads, root } from '../../app/scripts/bundle.mjs';
import { bundled } from './bundled.mjs';
import { median } from './environment.mjs';

export const name = 'reduce';

const limits = { 'umap-learn, seeded': 0.3, 'umap-learn, parallel': 0.5, 'umap-js': 0.12 };
const columns = 384;

/**
 * Measures and returns rows { what, rows, seconds, peer, peerSeconds, ratio, limit }: our 5-D layout against each peer, and the 2-D
 * map from the same graph beside it; without a Python interpreter that has umap-learn, and with `slow` false, only our seconds.
 */
export async function run({
  python = null,
  repeats = 3,
  threads = availableParallelism(),
  slow = true,
} = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'moetopic-bench-'));
  const core = await load();
  const data = await embeddings(core);
  const file = path.join(folder, 'embeddings.npy');
  await core.writeNpy(file, data);
  const peer = python ? openPeer(python, file) : null;
  const context = core.quietContext({ threads });
  const params = core.reduceParams.parse({});
  const times = { components: [], map: [] };
  const peers = Object.fromEntries(Object.keys(limits).map((key) => [key, []]));
  try {
    // The first turn compiles and isn't counted.
    for (let turn = 0; turn <= repeats; turn++) {
      const start = performance.now();
      const open = await core.openReduction(data, params, context);
      await open.components(context);
      const laid = performance.now();
      await open.map(context);
      const drawn = performance.now();
      await open.close();
      if (turn === 0) continue;
      times.components.push((laid - start) / 1000);
      times.map.push((drawn - laid) / 1000);
      if (peer)
        for (const who of ['umap-learn, seeded', 'umap-learn, parallel'])
          peers[who].push(await peer.time(who));
      if (slow) peers['umap-js'].push(timeUmapJs(core, data));
    }
  } finally {
    peer?.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const seconds = median(times.components);
  const against = Object.entries(limits).map(([who, limit]) => {
    const peerSeconds = peers[who].length > 0 ? median(peers[who]) : null;
    const ratio = peerSeconds === null ? null : seconds / peerSeconds;
    return { what: 'UMAP, 5 dimensions', rows: data.rows, seconds, peer: who, peerSeconds, ratio, limit };
  });
  const map = { what: 'UMAP, the map from the same graph', rows: data.rows, seconds: median(times.map) };
  return [...against, { ...map, peer: null, peerSeconds: null, ratio: null, limit: null }];
}

/** The peer compiles once and then answers with seconds, one line a turn. */
function openPeer(python, file) {
  const script = fileURLToPath(new URL('reduce.py', import.meta.url));
  const child = spawn(python, [script, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async time(who) {
      child.stdin.write(`${who}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${python} stopped while timing ${who}; has it umap-learn?`);
      return JSON.parse(value);
    },
    close: () => child.stdin.end(),
  };
}

function timeUmapJs(core, data) {
  const random = new core.Random(42);
  const rows = Array.from({ length: data.rows }, (_, r) => [
    ...data.data.subarray(r * data.columns, (r + 1) * data.columns),
  ]);
  const cosine = (x, y) => {
    let [dot, xx, yy] = [0, 0, 0];
    for (let i = 0; i < x.length; i++) {
      dot += x[i] * y[i];
      xx += x[i] * x[i];
      yy += y[i] * y[i];
    }
    return 1 - dot / Math.sqrt(xx * yy);
  };
  const start = performance.now();
  new core.UMAP({
    nNeighbors: 15,
    nComponents: 5,
    minDist: 0,
    distanceFn: cosine,
    random: () => random.next(),
  }).fit(rows);
  return (performance.now() - start) / 1000;
}

/** Bundles what is measured, as it ships. */
async function load() {
  await buildThreads();
  const from = (file) => JSON.stringify(path.join(root, file));
  return bundled(
    'reduce-core',
    `export * from ${from('core/reduce/index.ts')};
        export { quietContext } from ${from('core/base/progress.ts')};
        export { Random } from ${from('core/base/random.ts')};
        export { readNpy, writeNpy } from ${from('core/base/npy.ts')};
        export { around } from ${from('test/bench/reduce-synthetic.ts')};
        export { UMAP } from 'umap-js';`,
  );
}

/** MiniLM's embeddings of 20 Newsgroups, or where they are missing as many rows around random centres. */
async function embeddings(core) {
  const file = path.join(root, '..', 'shared', 'reference', '20newsgroups-minilm.f16.npy');
  if (existsSync(file)) return core.readNpy(file);
  const random = new core.Random(1);
  const centres = 200;
  const data = Float32Array.from({ length: centres * columns }, () => random.normal());
  return core.around({ data, rows: centres, columns }, 18_846, 2, Math.sqrt(columns));
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const r of await run({ python: process.argv[2] ?? null }))
    console.log(
      `${r.what} (${r.rows}): ${r.seconds.toFixed(2)} s; ${r.peer ?? 'no peer'} ${r.peerSeconds?.toFixed(2) ?? '–'} s; ratio ${r.ratio?.toFixed(3) ?? '–'} (at most ${r.limit ?? '–'})`,
    );
