import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../core/base/matrix.ts';
import { readNpy, writeNpy } from '../../core/base/npy.ts';
import { blobs } from '../cluster/blobs.ts';
import { runCli, scratchFolder } from './cli.ts';

const { at, cache } = scratchFolder('bad-matrices');

/** Some rows of blobs with one number replaced. */
function broken(value: number): Matrix {
  const input = blobs(3, 20, 4);
  input.data[17 * 4 + 2] = value;
  return input;
}

const filled = (rows: number, value: number): Matrix => ({
  data: new Float32Array(rows * 4).fill(value),
  rows,
  columns: 4,
});

/** Every third row is zero: without a direction under cosine. */
function someZero(): Matrix {
  const input = blobs(3, 20, 4);
  for (let r = 0; r < input.rows; r += 3) input.data.fill(0, 4 * r, 4 * r + 4);
  return input;
}

async function reduceThenCluster(input: Matrix, reduceFlags: string[] = [], clusterFlags: string[] = []) {
  await writeNpy(at('E.npy'), input);
  const reduced = await runCli(cache, 'reduce', at('E.npy'), '--out', at('U.npy'), ...reduceFlags);
  expect([reduced.status, reduced.stderr]).toEqual([0, reduced.stderr]);
  const coordinates = await readNpy(at('U.npy'));
  expect([coordinates.rows, coordinates.data.every((v) => Number.isFinite(v))]).toEqual([input.rows, true]);
  const clustered = await runCli(cache, 'cluster', at('U.npy'), '--out', at('L.csv'), ...clusterFlags);
  expect([clustered.status, clustered.stderr]).toEqual([0, clustered.stderr]);
  const lines = readFileSync(at('L.csv'), 'utf8').trimEnd().split('\r\n').slice(1);
  expect(lines.length).toBe(input.rows);
  for (const line of lines) expect(line).toMatch(/^(-1|\d+),[01](\.\d+)?,[01](\.\d+)?$/);
  return lines.map((line) => Number(line.split(',')[0]));
}

describe('reduce and cluster give a defined result', () => {
  it.each<[string, Matrix, string[], string[]]>([
    ['zero vectors under cosine', someZero(), [], []],
    ['zero vectors by inner product', someZero(), ['--metric', 'inner-product'], []],
    ['nothing but zeros', filled(40, 0), [], []],
    ['all rows equal', filled(40, 0.25), ['--metric', 'euclidean'], []],
    ['fewer rows than neighbours', blobs(1, 6, 4), ['--neighbors', '15'], []],
    ['two rows', blobs(1, 2, 4), [], []],
    ['one row', blobs(1, 1, 4), [], []],
    ['k larger than n', blobs(2, 15, 4), ['--neighbors', '200'], ['--min-samples', '500']],
    ['a topic larger than n', blobs(2, 15, 4), [], ['--min-topic-size', '400']],
  ])('of %s', async (_, input, reduceFlags, clusterFlags) => {
    await reduceThenCluster(input, reduceFlags, clusterFlags);
  });

  it('of equal coordinates: one topic where they are enough for one, else outliers', async () => {
    const labelsOf = async (rows: number) => {
      await writeNpy(at('U.npy'), filled(rows, 3));
      expect((await runCli(cache, 'cluster', at('U.npy'), '--out', at('L.csv'))).status).toBe(0);
      const lines = readFileSync(at('L.csv'), 'utf8').trimEnd().split('\r\n').slice(1);
      return [...new Set(lines.map((line) => line.split(',')[0]))];
    };
    expect(await labelsOf(30)).toEqual(['0']);
    expect(await labelsOf(1)).toEqual(['-1']);
  });
});

describe('reduce and cluster say in a sentence what is wrong', () => {
  it.each([NaN, Infinity, -Infinity])('with a row that holds %s: its index', async (value) => {
    await writeNpy(at('B.npy'), broken(value));
    for (const command of ['reduce', 'cluster']) {
      const ran = await runCli(cache, command, at('B.npy'), '--out', at('x'));
      expect([command, ran.status]).toEqual([command, 3]);
      expect(ran.stderr).toMatch(new RegExp(`row 17, column 2 is ${value}, not a finite number; remove`));
      expect(ran.stderr.trim().split('\n').length).toBe(1);
    }
  });

  it('with more k-means topics than rows, with no rows, with a k that is none', async () => {
    await writeNpy(at('F.npy'), blobs(1, 10, 4));
    await writeNpy(at('N.npy'), filled(0, 0));
    for (const [args, status, message] of [
      [['cluster', at('F.npy'), '--clusterer', 'kmeans', '--topics', '30'], 2, /30 topics of 10 documents/],
      [['cluster', at('N.npy')], 3, /0 rows/],
      [['reduce', at('F.npy'), '--neighbors', '0'], 2, /neighbors/],
      [['cluster', at('F.npy'), '--min-topic-size', '1'], 2, /min-topic-size|minTopicSize/],
    ] as const) {
      const ran = await runCli(cache, ...args, '--out', at('x'));
      expect([args[0], ran.status, ran.stderr]).toEqual([args[0], status, expect.stringMatching(message)]);
    }
  });
});
