import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../../core/base/progress.ts';
import { readCard } from '../../core/embed/model-folder.ts';
import { PooledModel } from '../../core/embed/pooled-model.ts';
import type { Pooling } from '../../core/embed/pooling.ts';
import { convertModel } from '../../core/moe/index.ts';
import { type Expected, expectedOf, fixtures, largestDifference, withFolder } from '../moe/fixtures.ts';

/** A token's part in a text's row, by each pooling's definition (weighted-mean: SGPT, arXiv 2202.08904, section 3.1). */
const parts: Record<Pooling, (token: number, tokens: number) => number> = {
  cls: (t) => (t === 0 ? 1 : 0),
  last: (t, n) => (t === n - 1 ? 1 : 0),
  mean: (_, n) => 1 / n,
  'weighted-mean': (t, n) => (2 * (t + 1)) / (n * (n + 1)),
};

function pooled(rows: ArrayLike<number>, tokens: number, pooling: Pooling): number[] {
  const width = rows.length / tokens;
  return Array.from({ length: width }, (_, c) => {
    let sum = 0;
    for (let t = 0; t < tokens; t++) sum += parts[pooling](t, tokens) * rows[t * width + c];
    return sum;
  });
}

/** What transformers computes for a text alone, without padding on either side, pooled by hand. */
function rowOf({ ids, hidden, logits }: Expected, pooling: Pooling): number[] {
  return [...pooled(hidden, ids.length, pooling), ...logits.flatMap((l) => pooled(l, ids.length, pooling))];
}

describe('texts of unlike lengths, padded in one batch, pool as each does alone', () => {
  for (const fixture of [
    'olmoe',
    'deepseek-v2',
    'gpt-oss',
    'jetmoe',
    'mixtral-dynamic',
    'nomic-bert-moe',
    'switch',
    'bert',
  ])
    it(fixture, () =>
      withFolder(async (folder) => {
        const source = path.join(fixtures, fixture);
        const out = path.join(folder, 'model');
        await convertModel(source, out, { precision: 'fp32', device: 'cpu' }, quietContext());
        const model = await PooledModel.open(out, await readCard(out), 'cpu', 1);
        const expected = await expectedOf(source);
        expect(new Set(expected.map((e) => e.ids.length)).size).toBeGreaterThan(3);
        for (const pooling of ['cls', 'last', 'mean', 'weighted-mean'] as const)
          for (const texts of [expected, expected.toReversed(), [expected[4]]]) {
            const batch = await model.run(
              texts.map((e) => e.ids),
              pooling,
              'logits',
            );
            texts.forEach((e, i) => {
              const part = (all: Float32Array): Float32Array =>
                all.subarray((i * all.length) / texts.length, ((i + 1) * all.length) / texts.length);
              const row = [...part(batch.hidden), ...part(batch.routing)];
              expect(largestDifference(row, rowOf(e, pooling))).toBeLessThan(1e-4);
            });
          }
        await model.close();
      }),
    );
});
