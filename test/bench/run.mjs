/**
 * `npm run bench`: every stage against its Python peers in one run, into results.md.
 *   --quick            our own stages only, against stored ratios; exits 1 when one fell behind (--store stores them)
 *   --only NAME[,…]    embed, pipeline, reduce, cluster, keywords, operations; growth only when named: up to a million documents, half an hour
 *                      operations alone goes into results-operations.md; defaults, transform, zero-shot, half-known, only when named, into pages of
 *                      their names: what the bundled model gives on the labelled corpora
 *                      map, start: the app's own, into results-app.md
 *                      moe, only when named: 25 GB on the disk, half an hour (--layers 1: some minutes), into results-moe.md
 *   --sizes N[,…]      the documents of growth;  --resume  growth goes on where it stopped
 *   --layers N         of moe's model, 16 unless said;  --folder DIR  where moe keeps it
 *   --documents N      for a busy or a small machine: embed and pipeline take only so many (1,500 and all unless said)
 *   --repeats N        3 unless said;  --threads N  all cores unless said;  --no-python  ours alone;  --out FILE
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { appModules, benchApp } from './app.mjs';
import { findPython, machine, peerVersions } from './environment.mjs';
import { quick } from './quick.mjs';
import { keptGrowth } from './growth.mjs';
import { line, report } from './report.mjs';

/** Each NAME.mjs exports run({ python, repeats, threads, say }) → rows. */
const modules = ['embed', 'pipeline', 'reduce', 'cluster', 'keywords', 'operations'];

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    store: { type: 'boolean', default: false },
    only: { type: 'string' },
    documents: { type: 'string' },
    sizes: { type: 'string' },
    layers: { type: 'string', default: '16' },
    folder: { type: 'string' },
    resume: { type: 'boolean', default: false },
    repeats: { type: 'string', default: '3' },
    threads: { type: 'string', default: String(availableParallelism()) },
    'no-python': { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});
// Growth alone is told by its picture and growth.json, which the next results.md takes in; others by pages of their own.
/** Benches that need no peers and are told by a page of their own, which those without a name here write themselves. */
const ownPages = {
  growth: null,
  operations: 'results-operations.md',
  defaults: null,
  transform: null,
  'zero-shot': null,
  'half-known': null,
};
const kept = { ...ownPages, moe: 'results-moe.md' }[values.only];
const out =
  values.out ?? (kept === null ? null : fileURLToPath(new URL(kept ?? 'results.md', import.meta.url)));
const [repeats, threads] = [values.repeats, values.threads].map(Number);
const documents = values.documents === undefined ? undefined : Number(values.documents);

if (values.quick) {
  const { lines, slower } = await quick({ repeats, store: values.store });
  console.log(lines.join('\n'));
  process.exit(slower ? 1 : 0);
}

const sizes = values.sizes?.split(',').map(Number);
const only = values.only?.split(',') ?? [];
if (only.length > 0 && only.every((name) => appModules.includes(name))) {
  try {
    const kept = await benchApp({ only, sizes, out: values.out, say: (text) => console.error(text) });
    process.exit(kept ? 0 : 1);
  } catch (cause) {
    console.error(cause.message);
    process.exit(3);
  }
}
const have = [...modules, 'growth', 'moe', 'defaults', 'transform', 'zero-shot', 'half-known'];
const wanted = values.only?.split(',') ?? modules;
for (const name of wanted)
  if (!have.includes(name)) {
    console.error(`There is no bench called ${name}; there are ${[...have, ...appModules].join(', ')}.`);
    process.exit(2);
  }

try {
  const python = values['no-python'] || values.only in ownPages ? null : findPython();
  const described = machine();
  const results = [];
  const left = [];
  const load = [loadavg()[0]];
  const say = (text) => console.error(text);
  for (const name of wanted) {
    try {
      say(name);
      const bench = await import(new URL(`${name}.mjs`, import.meta.url));
      for (const row of await bench.run({
        python,
        repeats,
        threads,
        documents,
        sizes,
        layers: Number(values.layers),
        ...(values.folder === undefined ? {} : { folder: values.folder }),
        resume: values.resume,
        say,
      })) {
        if (name !== 'growth') results.push(row);
        console.log(row.value === undefined ? line(row) : `${row.what}: ${row.value}`);
      }
    } catch (cause) {
      left.push(`${name}: ${cause.message.split('\n')[0]}`);
      console.error(cause);
      process.exitCode = 1;
    }
    load.push(loadavg()[0]);
  }
  const versions = python === null ? null : peerVersions(python);
  const growth = values.only === 'moe' ? null : keptGrowth();
  if (out !== null) {
    writeFileSync(
      out,
      report({ machine: described, versions, load, repeats, threads, results, left, growth }),
    );
    console.log(`Written: ${out}`);
  }
} catch (cause) {
  console.error(cause.message);
  process.exitCode = 3;
}
