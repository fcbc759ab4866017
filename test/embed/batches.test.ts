import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeBatches, paddingShare } from '../../core/embed/batches.ts';
import { runBatches } from '../../core/embed/run-batches.ts';
import { fakeModel } from './fake-model.ts';

const lengths = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 200 });

describe('batches', () => {
  it('hold every text once, within the budget, with little padding', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 300, max: 3000 }), (all, budget) => {
        const batches = makeBatches(all, budget);
        expect(batches.flatMap((b) => b.items).sort((a, b) => a - b)).toEqual(all.map((_, i) => i));
        for (const b of batches) {
          expect(b.width).toBe(Math.max(...b.items.map((i) => all[i])));
          expect(b.items.length * b.width).toBeLessThanOrEqual(budget);
        }
        expect(paddingShare(batches, all)).toBeLessThan(0.1);
      }),
    );
  });

  it('put a text longer than the budget in a batch of its own', () => {
    expect(makeBatches([500, 10], 100)).toEqual([
      { items: [0], width: 500 },
      { items: [1], width: 10 },
    ]);
  });
});

describe('runBatches', () => {
  const sequences = Array.from({ length: 40 }, (_, i) => Int32Array.from({ length: 1 + (i % 9) }, () => i));
  const options = { pooling: 'mean' as const, rw: 'probabilities' as const, budget: 64 };

  const collect = async (model: ReturnType<typeof fakeModel>): Promise<number[]> => {
    const seen = new Array<number>(sequences.length).fill(-1);
    await runBatches(
      model,
      sequences,
      { ...options, signal: new AbortController().signal },
      async (items, out) => {
        items.forEach((s, i) => (seen[s] = out.hidden[2 * i]));
      },
    );
    return seen;
  };
  const wanted = sequences.map((s) => s.reduce((a, b) => a + b, 0));

  it('gives each text its own row on any number of lanes', async () => {
    for (const lanes of [1, 3]) expect(await collect(fakeModel({ lanes }))).toEqual(wanted);
  });

  it('halves batches that do not fit in memory, and those after them', async () => {
    const model = fakeModel({ mostTexts: 3 });
    expect(await collect(model)).toEqual(wanted);
    expect(Math.max(...model.runs)).toBeLessThanOrEqual(3);
  });

  it('says so when a single text does not fit', async () => {
    await expect(collect(fakeModel({ mostTexts: 0 }))).rejects.toMatchObject({
      code: 'resource',
      exitStatus: 5,
    });
  });

  it('stops at once when cancelled, without waiting for what runs', async () => {
    const controller = new AbortController();
    const running = runBatches(
      fakeModel({ wait: 60_000 }),
      sequences,
      { ...options, signal: controller.signal },
      async () => undefined,
    );
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });
});
