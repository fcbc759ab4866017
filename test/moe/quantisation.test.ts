import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../../core/base/progress.ts';
import { convertModel } from '../../core/moe/index.ts';
import { openTokenModel } from '../../core/moe/run.ts';
import { expectedOf, fixtures, withFolder } from './fixtures.ts';

/** What weight-only quantisation of the same kind costs in PyTorch (test/reference/moe/simulate-quantisation.py). */
const simulated = JSON.parse(
  await readFile(new URL('../reference/moe/quantisation.json', import.meta.url), 'utf8'),
) as Record<string, Record<'int8' | 'int4', number>>;

function pooled(x: Float32Array, width: number): Float64Array {
  const sum = new Float64Array(width);
  x.forEach((v, i) => (sum[i % width] += v));
  return sum;
}

function cosine(a: Float64Array, b: Float64Array): number {
  const dot = (x: Float64Array, y: Float64Array): number => x.reduce((s, v, i) => s + v * y[i], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

describe('quantised models lose no more than the same quantisation simulated in PyTorch', () => {
  for (const [name, figures] of Object.entries(simulated))
    for (const precision of ['int8', 'int4'] as const)
      it(`${name} ${precision}`, () =>
        withFolder(async (folder) => {
          const source = path.join(fixtures, name);
          await convertModel(source, folder + '/model', { precision, device: 'cpu' }, quietContext());
          const model = await openTokenModel(folder + '/model', { threads: 1 });
          const expected = await expectedOf(source);
          const states = await model.run(expected.map((e) => e.ids));
          await model.close();
          const width = model.card.hiddenSize;
          const cosines = states.map((s, i) =>
            cosine(pooled(s.hidden.data, width), pooled(expected[i].hidden, width)),
          );
          expect(Math.min(...cosines)).toBeGreaterThanOrEqual(figures[precision] - 0.005);
        }));
});
