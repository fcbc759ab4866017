/**
 * The quick run: our stages on made-up documents, each stage's processor time against that of all of them (their geometric mean),
 * compared with the ratios in quick.json. No Python, no corpus; the machine's speed cancels out, but processors differ in what they
 * are good at: on one that was stored (--store) a stage that takes twice its time is told, on others only a graver loss.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { loadCore } from './environment.mjs';
import { embedCold } from './embed.mjs';
import { stages } from './pipeline.mjs';
import { synthetic } from './samples.mjs';

const file = new URL('quick.json', import.meta.url);

/** A stage may take this many times its stored ratio; one that doubles comes to 1.85, since it is in the mean, too. */
export const margins = { same: 1.6, other: 2.5 };

/** Stages of a few milliseconds say nothing but noise. */
const leastSeconds = 0.005;

/**
 * Measures each stage's processor seconds: the least of `repeats`, since other work only ever adds to them, on one thread so that
 * waiting threads don't count as work.
 */
export async function measure(repeats = 3) {
  const core = await loadCore();
  const sample = synthetic(core);
  const texts = sample.texts.slice(0, 48);
  await stages(core, sample, 1);
  await embedCold(core, texts.slice(0, 8), 1);
  const runs = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const { times } = await stages(core, sample, 1, 12);
    runs.push({ ...times, embed: await embedCold(core, texts, 1) });
  }
  await core.releaseModels();
  return Object.fromEntries(
    Object.keys(runs[0]).map((stage) => [stage, Math.min(...runs.map((run) => run[stage].cpu))]),
  );
}

/** Each stage's seconds over their geometric mean. */
export function ratiosOf(seconds) {
  const known = Object.entries(seconds).map(([stage, s]) => [stage, Math.max(s, leastSeconds)]);
  const mean = Math.exp(known.reduce((sum, [, s]) => sum + Math.log(s), 0) / known.length);
  return Object.fromEntries(known.map(([stage, s]) => [stage, Number((s / mean).toPrecision(3))]));
}

/**
 * Compares ratios with those stored for this processor or, where it is not known, with the largest of any: one row a stage, and the
 * margin that was held against them.
 */
export function compare(ratios, stored, processor) {
  const known = stored[processor];
  const margin = known ? margins.same : margins.other;
  const rows = Object.entries(ratios).map(([stage, ratio]) => {
    const before = known
      ? known[stage]
      : Math.max(...Object.values(stored).map((other) => other[stage] ?? NaN));
    const times = Number.isFinite(before) ? ratio / before : null;
    return { stage, ratio, before, times, slower: times !== null && times > margin };
  });
  return { rows, margin };
}

/** Compares with the stored ratios (or stores them): the lines to print, and whether a stage fell behind. */
export async function quick({ repeats = 3, store = false } = {}) {
  const processor = cpus()[0]?.model.trim() ?? 'unknown';
  const stored = JSON.parse(readFileSync(file, 'utf8'));
  const ratios = ratiosOf(await measure(repeats));
  if (store) {
    writeFileSync(file, `${JSON.stringify({ ...stored, [processor]: ratios }, null, 2)}\n`);
    return {
      lines: [`Stored for ${processor} in test/bench/quick.json:`, JSON.stringify(ratios)],
      slower: false,
    };
  }
  const { rows, margin } = compare(ratios, stored, processor);
  const told = rows.map(
    ({ stage, ratio, before, times, slower }) =>
      `${stage.padEnd(12)} ${ratio.toFixed(3).padStart(8)}  stored ${before?.toFixed(3) ?? '–'}` +
      (times === null ? '' : `  ×${times.toFixed(2)}${slower ? `  SLOWER than ×${margin}` : ''}`),
  );
  const strange = stored[processor]
    ? []
    : [`No ratios are stored for ${processor}: a stage may take ×${margin} the most of the others.`];
  return { lines: [...strange, ...told], slower: rows.some((row) => row.slower) };
}
