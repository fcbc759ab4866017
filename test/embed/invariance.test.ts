import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { assetPath } from '../../core/base/paths.ts';
import { quietContext } from '../../core/base/progress.ts';
import { Random } from '../../core/base/random.ts';
import { readCard } from '../../core/embed/model-folder.ts';
import { PooledModel } from '../../core/embed/pooled-model.ts';
import { runBatches } from '../../core/embed/run-batches.ts';
import { openTokeniser } from '../../core/embed/tokenise.ts';
import { convertModel, type Precision } from '../../core/moe/index.ts';
import { fixtures, largestDifference, withFolder } from '../moe/fixtures.ts';

const random = new Random(7);
const words =
  'The pitcher threw a no-hitter; world records of the shuttle, naïve cafés and controllers 你好 07:27'.split(
    ' ',
  );
/** Of one word to fifty, so that batches of every width come about. */
const texts = Array.from({ length: 36 }, () =>
  Array.from({ length: 1 + random.integer(50) }, () => words[random.integer(words.length)]).join(' '),
);

interface Way {
  readonly threads: number;
  /** Most tokens of a batch: 1 runs every text alone. */
  readonly budget: number;
  readonly backwards: boolean;
}

const alone: Way = { threads: 1, budget: 1, backwards: false };
const ways: readonly Way[] = [
  { threads: 1, budget: 200, backwards: false },
  { threads: 2, budget: 4096, backwards: true },
  { threads: 3, budget: 700, backwards: true },
];

/** Rows [hidden ‖ probabilities] in the texts' own order, however they were computed. */
async function rowsOf(folder: string, { threads, budget, backwards }: Way): Promise<Float32Array[]> {
  const card = await readCard(folder);
  const tokeniser = await openTokeniser(folder);
  const order = texts.map((_, i) => i);
  if (backwards) order.reverse();
  const sequences = order.map((i) => tokeniser.encode(texts[i], Math.min(128, card.maxTokens)).ids);
  const model = await PooledModel.open(folder, card, 'cpu', threads);
  const rows: Float32Array[] = [];
  const { signal } = new AbortController();
  await runBatches(
    model,
    sequences,
    { pooling: card.pooling, rw: 'probabilities', budget, signal },
    async (items, { hidden, routing }) => {
      const part = (all: Float32Array, i: number): Float32Array =>
        all.subarray((i * all.length) / items.length, ((i + 1) * all.length) / items.length);
      for (const [i, s] of items.entries())
        rows[order[s]] = Float32Array.from([...part(hidden, i), ...part(routing, i)]);
      return Promise.resolve();
    },
  );
  await model.close();
  return rows;
}

async function expectSame(folder: string): Promise<void> {
  const wanted = await rowsOf(folder, alone);
  expect(wanted.every((r) => r.every(Number.isFinite))).toBe(true);
  for (const way of ways) {
    const rows = await rowsOf(folder, way);
    rows.forEach((row, i) =>
      expect(largestDifference(row, wanted[i]), `text ${i}, ${JSON.stringify(way)}`).toBeLessThan(1e-5),
    );
  }
}

describe('a row depends on its own text alone: not on batch size, order or threads', () => {
  it('the bundled model', () => expectSame(assetPath('models', 'minilm-moe')));

  for (const family of [
    'olmoe',
    'gpt-oss',
    'deepseek-v2',
    'jetmoe',
    'granite-moe',
    'switch',
    'nomic-bert-moe',
  ])
    for (const precision of ['fp32', 'int8', 'int4'] satisfies Precision[])
      it(`${family} ${precision}`, () =>
        withFolder(async (folder) => {
          const out = path.join(folder, 'model');
          await convertModel(path.join(fixtures, family), out, { precision, device: 'cpu' }, quietContext());
          await expectSame(out);
        }));
});
