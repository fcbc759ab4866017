import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Matrix, row } from '../../core/base/matrix.ts';
import { Random } from '../../core/base/random.ts';
import { combine, fitRecipe, routerColumns } from '../../core/embed/combine.ts';
import { poolingWeights } from '../../core/embed/pooling.ts';
import { type ModelCard } from '../../core/stages.ts';

const routers = [0, 2].map((layer) => ({ layer, kind: 'mlp' as const, experts: 3, active: 1 }));
const card = { name: 'm', routers, alpha: 0.25 } as unknown as ModelCard;

function random(rows: number, columns: number, seed: number): Matrix {
  const r = new Random(seed);
  return { data: Float32Array.from({ length: rows * columns }, () => r.normal() + 0.5), rows, columns };
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i] * b[i];
    aa += a[i] ** 2;
    bb += b[i] ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

describe('combine', () => {
  it('makes cos(HS) + α·cos(RW) the cosine of concat and sum, up to scale', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0, max: 3, noNaN: true }), (seed, alpha) => {
        const [h, r] = [random(9, 5, seed), random(9, 6, seed + 1)];
        const use = new Uint8Array(9).fill(1);
        const of = (embedding: 'hs' | 'rw' | 'concat' | 'sum'): Matrix =>
          combine(h, r, use, fitRecipe(h, r, use, { embedding, alpha, layers: 'all' }, card));
        const [hs, rw, concat, sum] = [of('hs'), of('rw'), of('concat'), of('sum')];
        const wanted =
          (cosine(row(hs, 0), row(hs, 1)) + alpha * cosine(row(rw, 0), row(rw, 1))) / (1 + alpha);
        expect(cosine(row(concat, 0), row(concat, 1))).toBeCloseTo(wanted, 4);
        expect(sum.data).toEqual(concat.data);
      }),
    );
  });

  it('standardises over the documents with text and gives the others zeros', () => {
    const [h, r] = [random(6, 4, 1), random(6, 6, 2)];
    const use = Uint8Array.of(1, 1, 0, 1, 1, 0);
    const recipe = fitRecipe(h, r, use, { embedding: 'rw', alpha: 'auto', layers: 'all' }, card);
    const out = combine(h, r, use, recipe);
    expect([...row(out, 2), ...row(out, 5)].every((v) => v === 0)).toBe(true);
    const used = [0, 1, 3, 4].map((i) => row(r, i)[0]);
    expect(recipe.routing!.mean[0]).toBeCloseTo(used.reduce((a, b) => a + b) / 4, 5);
    // A new document with the kept recipe comes out as it did in the corpus.
    const again = combine(
      { data: row(h, 3), rows: 1, columns: 4 },
      { data: row(r, 3), rows: 1, columns: 6 },
      Uint8Array.of(1),
      recipe,
    );
    expect(again.data).toEqual(row(out, 3));
  });

  it("takes the card's α for auto and the plain concatenation, both standardised, for paper", () => {
    const [h, r] = [random(50, 4, 3), random(50, 6, 4)];
    const use = new Uint8Array(50).fill(1);
    expect(fitRecipe(h, r, use, { embedding: 'concat', alpha: 'auto', layers: 'all' }, card).alpha).toBe(
      0.25,
    );
    const paper = fitRecipe(h, r, use, { embedding: 'concat', alpha: 'paper', layers: 'all' }, card);
    const out = combine(h, r, use, paper);
    for (let c = 0; c < 10; c++) {
      let mean = 0;
      for (let i = 0; i < 50; i++) mean += row(out, i)[c] / 50;
      expect(mean).toBeCloseTo(0, 5);
    }
  });

  it('picks layers by number', () => {
    expect(routerColumns(routers, 'all')).toEqual([0, 1, 2, 3, 4, 5]);
    expect(routerColumns(routers, 'last')).toEqual([3, 4, 5]);
    expect(routerColumns(routers, '0')).toEqual([0, 1, 2]);
    expect(() => routerColumns(routers, '1')).toThrow(/0, 2/);
  });

  it('refuses routing weights of a dense model and gives hidden states for the rest', () => {
    const dense = { ...card, routers: [] };
    const [h, none] = [random(3, 4, 1), { data: new Float32Array(0), rows: 3, columns: 0 }];
    const use = new Uint8Array(3).fill(1);
    const params = { alpha: 'auto' as const, layers: 'all' };
    expect(() => fitRecipe(h, none, use, { ...params, embedding: 'rw' }, dense)).toThrow(/dense/);
    expect(
      combine(h, none, use, fitRecipe(h, none, use, { ...params, embedding: 'concat' }, dense)).columns,
    ).toBe(4);
  });
});

describe('pooling weights', () => {
  it('add up to 1 over the tokens and leave padding out', () => {
    for (const pooling of ['mean', 'last', 'cls', 'weighted-mean'] as const) {
      const w = new Float32Array(8);
      poolingWeights(pooling, 5, w);
      expect(w.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
      expect([...w.subarray(5)]).toEqual([0, 0, 0]);
    }
  });
});
