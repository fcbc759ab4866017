import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { quietContext } from '../../core/base/progress.ts';
import { readCard } from '../../core/embed/model-folder.ts';
import { PooledModel } from '../../core/embed/pooled-model.ts';
import { convertModel } from '../../core/moe/index.ts';
import { openTokenModel } from '../../core/moe/run.ts';
import { expectedOf, fixtures, largestDifference, withFolder } from './fixtures.ts';
import { safetensors, takenApart } from './taken-apart.ts';

/** The fixture with one more tensor and `projection` in its configuration, as whiten.py writes them. */
async function withProjection(folder: string, weight: Float32Array, size: number): Promise<string> {
  const to = path.join(folder, 'checkpoint');
  const tensors = await takenApart('bert-moe', to);
  const bytes = new Uint8Array(weight.buffer);
  tensors.set('projection.weight', { type: 'F32', shape: [size, size], bytes });
  await writeFile(path.join(to, 'model.safetensors'), safetensors(tensors));
  const config = path.join(to, 'config.json');
  const said = JSON.parse(await readFile(config, 'utf8')) as object;
  await writeFile(config, JSON.stringify({ ...said, projection: true }));
  return to;
}

/** rows [n × size] · weightᵀ */
function times(rows: Float32Array, weight: Float32Array, size: number): Float32Array {
  return rows.map((_, i) => {
    const r = Math.floor(i / size) * size;
    const w = (i % size) * size;
    let sum = 0;
    for (let c = 0; c < size; c++) sum += rows[r + c] * weight[w + c];
    return sum;
  });
}

it('a projection maps the hidden states of tokens and of texts and leaves the routers alone', () =>
  withFolder(async (folder) => {
    const expected = await expectedOf(path.join(fixtures, 'bert-moe'));
    const size = expected[0].hidden.length / expected[0].ids.length;
    const weight = Float32Array.from({ length: size * size }, (_, i) => Math.sin(i * 1.7) / Math.sqrt(size));
    const out = path.join(folder, 'model');
    const source = await withProjection(folder, weight, size);
    await convertModel(source, out, { precision: 'fp32', device: 'cpu' }, quietContext());

    const tokens = await openTokenModel(out, { threads: 1 });
    const texts = expected.map((e) => e.ids);
    const states = await tokens.run(texts);
    await tokens.close();
    states.forEach((s, i) => {
      expect(largestDifference(s.hidden.data, times(expected[i].hidden, weight, size))).toBeLessThan(1e-4);
      s.logits.forEach((l, r) => expect(largestDifference(l.data, expected[i].logits[r])).toBeLessThan(1e-4));
    });

    const model = await PooledModel.open(out, await readCard(out), 'cpu', 1);
    const { hidden } = await model.run(texts, 'mean', 'logits');
    await model.close();
    expected.forEach(({ ids, hidden: all }, i) => {
      const mean = new Float32Array(size);
      all.forEach((v, j) => (mean[j % size] += v / ids.length));
      const row = hidden.subarray(i * size, (i + 1) * size);
      expect(largestDifference(row, times(mean, weight, size))).toBeLessThan(1e-4);
    });
  }));
