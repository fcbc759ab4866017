import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../../core/base/progress.ts';
import { convertModel } from '../../core/moe/index.ts';
import { openTokenModel } from '../../core/moe/run.ts';
import { expectedOf, fixtures, largestDifference, withFolder } from './fixtures.ts';

// Layers with and without routers in turn, two routers a layer, an encoder, a first layer that is dense.
const cases: [string, number][] = [
  ['olmoe', 2],
  ['qwen2-moe-flags', 2],
  ['qwen2-moe-flags', 4],
  ['deepseek-v1', 1],
  ['deepseek-v1', 2],
  ['jetmoe', 2],
  ['nomic-bert-moe', 3],
  ['openmoe', 2],
  ['switch', 2],
  ['gpt-oss', 1],
];

describe('with its last layers cut off a model routes as before', () => {
  it.each(cases)('%s, %i layers', (fixture, layers) =>
    withFolder(async (folder) => {
      const source = path.join(fixtures, fixture);
      const out = path.join(folder, 'model');
      const options = { precision: 'fp32', device: 'cpu', layers } as const;
      const card = await convertModel(source, out, options, quietContext());
      expect(card.layers).toBe(layers);
      const model = await openTokenModel(out, { threads: 1 });
      const expected = await expectedOf(source);
      const states = await model.run(expected.map((e) => e.ids));
      await model.close();
      states.forEach((s, i) => {
        expect(s.logits.length).toBe(card.routers.length);
        expect(s.logits.length).toBeLessThan(
          expected[i].logits.length + Number(fixture === 'qwen2-moe-flags'),
        );
        s.logits.forEach((l, r) =>
          expect(largestDifference(l.data, expected[i].logits[r])).toBeLessThan(1e-4),
        );
        expect(s.hidden.data.every(Number.isFinite)).toBe(true);
      });
    }),
  );
});
