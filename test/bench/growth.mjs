/**
 * Growth: time and peak memory of each stage after embedding, for synthetic documents drawn around real embeddings, into growth.json
 * and the picture in the README. Each group of stages has a process of its own, and what was measured is kept at once:
 * `--resume` goes on where a run stopped; growth-picture.mjs draws again without measuring.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cache, loadCore, machine, shared } from './environment.mjs';
import { writePicture } from './growth-picture.mjs';
import { embeddedCorpus, first } from './samples.mjs';

export const name = 'growth';
export const kept = fileURLToPath(new URL('growth.json', import.meta.url));
/** At most so many times the embeddings' own size, at a million rows. */
export const limit = 2.5;

const groups = ['reduce', 'cluster', 'keywords'];
const columns = 384;

/** Rows { what, rows, seconds, note, … }: every stage at every size, and the largest peak in the embeddings' own size. */
export async function run({
  threads = availableParallelism(),
  sizes = [20_000, 200_000, 1_000_000],
  resume = false,
  say = () => undefined,
} = {}) {
  const folder = path.join(cache, 'growth');
  mkdirSync(folder, { recursive: true });
  await keepRealEmbeddings(path.join(folder, 'real.npy'), threads);
  const growth = resume && existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : { sizes: {} };
  growth.machine = machine();
  for (const rows of sizes)
    for (const group of groups) {
      const done = (growth.sizes[rows] ??= {});
      if (done[group]) continue;
      say(`growth: ${group} of ${rows.toLocaleString('en')}`);
      const script = fileURLToPath(new URL('growth-stage.mjs', import.meta.url));
      const out = execFileSync(process.execPath, [script, group, rows, threads, folder].map(String), {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      done[group] = JSON.parse(out.trim().split('\n').at(-1));
      writeFileSync(kept, `${JSON.stringify(growth, null, 2)}\n`);
    }
  writePicture();
  return rowsOf(growth);
}

/** What was measured last, for results.md; null where nothing was. */
export function keptGrowth() {
  if (!existsSync(kept)) return null;
  const growth = JSON.parse(readFileSync(kept, 'utf8'));
  return { machine: growth.machine, rows: rowsOf(growth) };
}

/** What growth.json holds as rows of the report. */
export function rowsOf(growth) {
  return Object.entries(growth.sizes).flatMap(([size, done]) => {
    const rows = Number(size);
    const own = rows * columns * 4;
    const measured = Object.values(done).flatMap((stages) => Object.entries(stages));
    const most = Math.max(...measured.map(([, stage]) => stage.peak));
    return [
      ...measured.map(([what, stage]) => ({
        what: `growth: ${what}`,
        rows,
        seconds: stage.seconds,
        note: `${stage.cpu.toFixed(1)} s of processor, peak ${gigabytes(stage.peak)} GB${told(stage)}`,
      })),
      {
        what: "growth: peak memory ÷ the embeddings' own",
        rows,
        ratio: most / own,
        // What Node itself takes weighs on small inputs.
        limit: rows >= 1e6 ? limit : null,
        note: `${gigabytes(most)} of ${gigabytes(own)} GB`,
      },
    ];
  });
}

function told({ search, recall, topics }) {
  if (search) return `; ${search}, recall ${recall.toFixed(3)}`;
  return topics === undefined ? '' : `; ${topics} topics`;
}

const gigabytes = (bytes) => (bytes / 1e9).toFixed(2);

/** MiniLM's embeddings of 20 Newsgroups, or where they are missing the bundled model's of the bundled corpus. */
async function keepRealEmbeddings(file, threads) {
  if (existsSync(file)) return;
  const core = await loadCore();
  const reference = shared('reference', '20newsgroups-minilm.f16.npy');
  const matrix = reference
    ? await core.readNpy(reference)
    : first(await embeddedCorpus(core, threads), 4000).matrix;
  await core.writeNpy(file, matrix);
}
