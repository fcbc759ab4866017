/**
 * The quick run: our stages on made-up documents, each stage's processor time against that of all of them (their geometric mean),
 * compared with the ratios in quick.json. No Python, no corpus; the machine's speed cancels out.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { loadCore, median } from './environment.mjs';
import { embedCold } from './embed.mjs';
import { stages } from './pipeline.mjs';
import { synthetic } from './samples.mjs';

const file = new URL('quick.json', import.meta.url);

/** A stage may take this many times its stored ratio: processors differ, a lost optimisation usually costs more. */
export const margin = 2.5;

/** Stages of a few milliseconds say nothing but noise. */
const leastSeconds = 0.02;

/** Measures the ratios: stage → ratio, medians of `repeats`, on one thread so that waiting threads don't count as work. */
export async function measure(repeats = 3) {
  const core = await loadCore();
  const sample = synthetic(core);
  const texts = sample.texts.slice(0, 48);
  await stages(core, sample, 1);
  await embedCold(core, texts.slice(0, 8), 1);
  const runs = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const { times } = await stages(core, sample, 1);
    runs.push({ ...times, embed: await embedCold(core, texts, 1) });
  }
  await core.releaseModels();
  const seconds = Object.fromEntries(
    Object.keys(runs[0]).map((stage) => [stage, median(runs.map((run) => run[stage].cpu))]),
  );
  const logs = Object.values(seconds).map((s) => Math.log(Math.max(s, leastSeconds)));
  const mean = Math.exp(logs.reduce((a, b) => a + b) / logs.length);
  return Object.fromEntries(
    Object.entries(seconds).map(([stage, s]) => [
      stage,
      Number((Math.max(s, leastSeconds) / mean).toPrecision(3)),
    ]),
  );
}

/** Compares with the stored ratios (or stores them): the lines to print, and whether a stage fell behind. */
export async function quick({ repeats = 3, store = false } = {}) {
  const ratios = await measure(repeats);
  if (store) {
    writeFileSync(file, `${JSON.stringify(ratios, null, 2)}\n`);
    return { lines: ['Stored as test/bench/quick.json:', JSON.stringify(ratios)], slower: false };
  }
  const stored = JSON.parse(readFileSync(file, 'utf8'));
  const rows = Object.entries(ratios).map(([stage, ratio]) => {
    const before = stored[stage];
    const times = before === undefined ? null : ratio / before;
    return { stage, ratio, before, times, slower: times !== null && times > margin };
  });
  const lines = rows.map(
    ({ stage, ratio, before, times, slower }) =>
      `${stage.padEnd(12)} ${ratio.toFixed(3).padStart(8)}  stored ${before?.toFixed(3) ?? '–'}` +
      (times === null ? '' : `  ×${times.toFixed(2)}${slower ? `  SLOWER than ×${margin}` : ''}`),
  );
  return { lines, slower: rows.some((row) => row.slower) };
}
