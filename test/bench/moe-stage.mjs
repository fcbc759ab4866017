/**
 * One measurement of the moe bench, in a process of its own, told as JSON in the last line:
 *   convert CHECKPOINT FOLDER PRECISION        { seconds, peak }
 *   embed FOLDER THREADS WIDTH BATCH           { load, seconds, tokens, resident }: texts of WIDTH tokens through the embed stage
 *   kernels PRECISION THREADS WIDTH BATCH      { seconds, tokens }: one layer's products and attention and nothing else
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadCore, median, timed } from './environment.mjs';
import { layerKernels } from './moe-kernels.mjs';

const [what, ...args] = process.argv.slice(2);
const core = await loadCore();

const stages = {
  async convert(checkpoint, folder, precision) {
    const { seconds } = await timed(() =>
      core.convertModel(checkpoint, folder, { precision, device: 'cpu' }, core.quietContext()),
    );
    return { seconds, peak: process.resourceUsage().maxRSS * 1024 };
  },

  async embed(model, threads, width, batch) {
    const cache = mkdtempSync(path.join(tmpdir(), 'moetopic-bench-'));
    process.env.MOETOPIC_CACHE = cache;
    try {
      const params = core.parseRunParams({ model, device: 'cpu', maxTokens: Number(width) }).embed;
      const context = core.quietContext({ threads: Number(threads) });
      const { seconds: first } = await timed(() => core.embed(['Opened.'], params, context));
      const { seconds: again } = await timed(() => core.embed(['Again.'], params, context));
      // Longer than the limit, so that each is cut to the same number of tokens; one batch to warm up, then two that count.
      // Of words drawn at random: a phrase again and again would send most tokens to few experts, and leave many others' weights unread.
      const text = (i) => {
        const random = new core.Random(i + 1);
        const letter = () => String.fromCharCode(97 + random.integer(26));
        const word = () => Array.from({ length: 2 + random.integer(7) }, letter).join('');
        return Array.from({ length: Number(width) }, word).join(' ');
      };
      const texts = (from, batches) =>
        Array.from({ length: (batches * Number(batch)) / Number(width) }, (_, i) => text(from + i));
      await core.embed(texts(0, 1), params, context);
      const { value, seconds } = await timed(() => core.embed(texts(1000, 2), params, context));
      return {
        load: first - again,
        seconds,
        tokens: value.tokens.reduce((sum, n) => sum + n, 0),
        resident: process.memoryUsage().rss,
      };
    } finally {
      rmSync(cache, { recursive: true, force: true });
      await core.releaseModels();
    }
  },

  async kernels(precision, threads, width, batch) {
    const { run, close } = await layerKernels(core, precision, Number(threads), Number(width), Number(batch));
    await run();
    const times = [];
    for (let i = 0; i < 3; i++) times.push((await timed(run)).seconds);
    await close();
    return { seconds: median(times), tokens: Number(batch) };
  },
};

console.log(JSON.stringify(await stages[what](...args)));
