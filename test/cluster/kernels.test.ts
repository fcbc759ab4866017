import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../../core/base/progress.ts';
import { findNeighbours } from '../../core/cluster/find-neighbours.ts';
import { KernelMemory } from '../../core/cluster/kernel-memory.ts';
import { spanningTree } from '../../core/cluster/spanning-tree.ts';
import type { Matrix } from '../../core/base/matrix.ts';
import { blobs } from './blobs.ts';

// A script without types.
const compiler = new URL('../../core/cluster/kernels/compile.mjs', import.meta.url).href;

describe('the compiled kernels', () => {
  it('match their source', async () => {
    const { compileKernels } = (await import(compiler)) as {
      compileKernels: () => Promise<string>;
    };
    const file = new URL('../../core/cluster/kernels/hdbscan.wasm.ts', import.meta.url);
    const code = (text: string): string => /'([^']+)'/.exec(text)?.[1] ?? '';
    expect(code(readFileSync(file, 'utf8'))).toBe(code(await compileKernels()));
  });

  it('find the exact neighbours', async () => {
    for (const columns of [1, 2, 5, 7]) {
      const input = blobs(6, 50, columns, 1, 30);
      const memory = new KernelMemory(input, 9, 13, true);
      await findNeighbours(memory, quietContext(), () => undefined);
      for (let p = 0; p < input.rows; p += 11) {
        const all = Array.from({ length: input.rows }, (_, i) => squared(input, memory.order[p], i));
        all.sort((a, b) => a - b);
        expect(Array.from(memory.nearSquared.subarray(9 * p, 9 * p + 9))).toEqual(all.slice(0, 9));
      }
    }
  });

  it('make a minimal spanning tree, and with kept bounds one that is hardly longer', async () => {
    for (const [columns, seed] of [
      [2, 1],
      [5, 2],
      [3, 3],
    ]) {
      const input = blobs(7, 60, columns, 1, 50, seed);
      const length = async (approximate: boolean): Promise<number> => {
        const { edges } = await spanningTree(input, 6, approximate, quietContext());
        expect(edges.distance.length).toBe(input.rows - 1);
        expect([...edges.distance].sort((a, b) => a - b)).toEqual([...edges.distance]);
        return edges.distance.reduce((a, b) => a + b, 0);
      };
      const least = prim(input, 6);
      expect(await length(false)).toBeCloseTo(least, 8);
      expect(await length(true)).toBeGreaterThan(least - 1e-8);
      expect(await length(true)).toBeLessThan(1.01 * least);
    }
  });

  it('sort any number of edges, many of them tied', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 1500 }),
        fc.integer({ min: 1, max: 40 }),
        async (rows, values) => {
          const data = Float32Array.from(
            { length: rows },
            (_, i) => ((i * 7919) % values) + i * (values % 2 ? 0 : 1e-3),
          );
          const { edges } = await spanningTree({ data, rows, columns: 1 }, 1, true, quietContext());
          for (let i = 1; i < rows - 1; i++)
            expect(edges.distance[i]).toBeGreaterThanOrEqual(edges.distance[i - 1]);
          const seen = new Set(edges.from);
          for (const to of edges.to) seen.add(to);
          expect(seen.size).toBe(rows);
        },
      ),
      { numRuns: 25 },
    );
  });
});

function squared({ data, columns }: Matrix, a: number, b: number): number {
  let sum = 0;
  for (let j = 0; j < columns; j++) sum += (data[a * columns + j] - data[b * columns + j]) ** 2;
  return sum;
}

/** Length of the minimum spanning tree of mutual reachability, by comparing all pairs. */
function prim(input: Matrix, minSamples: number): number {
  const { rows } = input;
  const distance = (a: number, b: number): number => Math.sqrt(squared(input, a, b));
  const core = Array.from({ length: rows }, (_, i) => {
    const all = Array.from({ length: rows }, (_, j) => distance(i, j));
    return all.sort((a, b) => a - b)[minSamples];
  });
  const nearest = new Float64Array(rows).fill(Infinity);
  const done = new Uint8Array(rows);
  let total = 0;
  let current = 0;
  for (let step = 1; step < rows; step++) {
    done[current] = 1;
    let next = -1;
    for (let j = 0; j < rows; j++) {
      if (done[j]) continue;
      nearest[j] = Math.min(nearest[j], Math.max(distance(current, j), core[current], core[j]));
      if (next < 0 || nearest[j] < nearest[next]) next = j;
    }
    total += nearest[next];
    current = next;
  }
  return total;
}
