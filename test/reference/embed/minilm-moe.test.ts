import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../../../core/base/progress.ts';
import { openTokeniser } from '../../../core/embed/tokenise.ts';
import { TokenModel } from '../../../core/embed/token-model.ts';
import { readCard } from '../../../core/embed/model-folder.ts';
import { convertModel } from '../../../core/moe/index.ts';
import { expectedOf, largestDifference, withFolder } from '../../moe/fixtures.ts';
import { sharedPath } from '../../shared.ts';

const source = sharedPath('models', 'minilm-moe');

const texts = [
  'The pitcher threw a no-hitter against the Giants last night.',
  "NASA's shuttle will service the Hubble Space Telescope; the launch window opens at 07:27 GMT.",
  'Does anyone know how to set the IRQ of a SCSI controller under MS-DOS 5.0?',
  'Zürich – naïve café, 你好，世界！ \t tabs  and   spaces 😀',
  'a',
];

function meanCosine(a: Float32Array, b: Float32Array, columns: number): number {
  const mean = (x: Float32Array): Float64Array => {
    const out = new Float64Array(columns);
    x.forEach((v, i) => (out[i % columns] += v));
    return out;
  };
  const [x, y] = [mean(a), mean(b)];
  const dot = (u: Float64Array, v: Float64Array): number => u.reduce((s, w, i) => s + w * v[i], 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

// The checkpoint (45 MB) lies beside the checkout; its architecture is tested without it on tiny ones.
describe.runIf(source !== null)('the first minilm-moe agrees with PyTorch', () => {
  it.each(['fp32', 'int8'] as const)('%s', (precision) =>
    withFolder(async (folder) => {
      const out = path.join(folder, 'model');
      await convertModel(source!, out, { precision, device: 'cpu' }, quietContext());
      const card = await readCard(out);
      const tokeniser = await openTokeniser(out);
      const model = await TokenModel.open(out, card, 1);
      const expected = await expectedOf(source!);
      for (const [i, e] of expected.entries()) {
        const { ids } = tokeniser.encode(texts[i], 512);
        expect([...ids]).toEqual([...e.ids]);
        const states = await model.run(ids);
        if (precision === 'fp32') {
          expect(largestDifference(states.hidden.data, e.hidden)).toBeLessThan(1e-4);
          states.logits.forEach((l, r) => expect(largestDifference(l.data, e.logits[r])).toBeLessThan(1e-4));
        } else
          // Short texts are the hardest: three tokens average out nothing.
          expect(meanCosine(states.hidden.data, e.hidden, card.hiddenSize)).toBeGreaterThan(
            ids.length > 5 ? 0.99 : 0.97,
          );
      }
      await model.close();
    }),
  );
});
