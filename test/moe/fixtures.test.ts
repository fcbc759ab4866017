import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../../core/base/progress.ts';
import { convertModel } from '../../core/moe/index.ts';
import { openTokenModel } from '../../core/moe/run.ts';
import { expectedOf, fixtureFolders, largestDifference, withFolder } from './fixtures.ts';

describe('fp32 agrees with the reference implementation', async () => {
  for (const source of await fixtureFolders())
    it(path.basename(source), () =>
      withFolder(async (folder) => {
        const out = path.join(folder, 'model');
        await convertModel(source, out, { precision: 'fp32', device: 'cpu' }, quietContext());
        const model = await openTokenModel(out, { threads: 1 });
        const expected = await expectedOf(source);
        // One by one, and all as one padded batch.
        const alone = [];
        for (const e of expected) alone.push(...(await model.run([e.ids])));
        const together = await model.run(expected.map((e) => e.ids));
        await model.close();
        for (const states of [alone, together])
          states.forEach((s, i) => {
            expect(largestDifference(s.hidden.data, expected[i].hidden)).toBeLessThan(1e-4);
            expect(s.logits.length).toBe(expected[i].logits.length);
            s.logits.forEach((l, r) =>
              expect(largestDifference(l.data, expected[i].logits[r])).toBeLessThan(1e-4),
            );
          });
      }),
    );
});
