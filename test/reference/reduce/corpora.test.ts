import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readNpy } from '../../../core/base/npy.ts';
import { quietContext } from '../../../core/base/progress.ts';
import { reduce, reduceParams } from '../../../core/reduce/index.ts';
import { evenly, quality } from '../../reduce/quality.ts';
import { sharedPath } from '../../shared.ts';

/** umap-learn's figures, one for each of its seeds, by make-corpora.py. */
const reference = JSON.parse(readFileSync(new URL('./corpora.json', import.meta.url), 'utf8')) as Record<
  string,
  { rows: number } & Record<'5' | '2', { trustworthiness: number[]; continuity: number[] }>
>;
const folder = process.env.MOETOPIC_REFERENCE_EMBEDDINGS;

function embeddingsOf(name: string): string | null {
  if (name === '20newsgroups-all') return sharedPath('reference', '20newsgroups-minilm.f16.npy');
  const file = folder === undefined ? null : path.join(folder, `${name}.npy`);
  return file !== null && existsSync(file) ? file : null;
}

const mean = (values: number[]): number => values.reduce((a, b) => a + b) / values.length;

test('umap-learn was asked with several seeds on each corpus', () => {
  for (const { 5: five, 2: two } of Object.values(reference))
    for (const { trustworthiness, continuity } of [five, two])
      expect([trustworthiness.length, continuity.length].every((seeds) => seeds > 1)).toBe(true);
});

// The embeddings are not in the repository: the corpora's texts may not be. What is there is measured.
const there = Object.keys(reference).filter((name) => embeddingsOf(name) !== null);
describe.each(there)('%s', (name) => {
  test(
    'layouts are within 0.01 of umap-learn’s trustworthiness and continuity',
    { timeout: 600_000 },
    async () => {
      const data = await readNpy(embeddingsOf(name)!);
      expect(data.rows).toBe(reference[name].rows);
      const result = await reduce(data, reduceParams.parse({}), quietContext());
      const asked = evenly(data.rows, 1000);
      const found: Record<string, Record<string, string>> = {};
      for (const [layout, dimensions] of [
        [result.components, '5'],
        [result.map, '2'],
      ] as const) {
        const ours = quality(data, layout, 15, 'cosine', asked);
        for (const measure of ['trustworthiness', 'continuity'] as const) {
          const theirs = mean(reference[name][dimensions][measure]);
          (found[dimensions] ??= {})[measure] = `${ours[measure].toFixed(4)} (${theirs.toFixed(4)})`;
          expect.soft(ours[measure], `${measure}, ${dimensions}-D`).toBeGreaterThan(theirs - 0.01);
        }
      }
      console.log(name, JSON.stringify(found));
    },
  );
});
