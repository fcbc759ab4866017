import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readNpy } from '../../../core/base/npy.ts';
import { quietContext } from '../../../core/base/progress.ts';
import { cluster, clusterParams } from '../../../core/cluster/index.ts';
import { sameBytes } from '../../cluster/same-bytes.ts';
import { sharedPath } from '../../shared.ts';
import { adjustedRand } from './ari.ts';

const points = sharedPath('reference', '20newsgroups-umap5.npy');
const labels = sharedPath('reference', '20newsgroups-hdbscan-labels.csv');

describe.runIf(points !== null && labels !== null)('hdbscan 0.8.44 on 20 Newsgroups', () => {
  it('gives the same labels up to naming, for 1, 2 and 8 threads', async () => {
    const input = await readNpy(points ?? '');
    const theirs = readFileSync(labels ?? '', 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map(Number);
    const params = clusterParams.parse({ minTopicSize: 15, minSamples: 15 });
    const [one, two, eight] = await Promise.all(
      [1, 2, 8].map((threads) => cluster(input, params, quietContext({ threads }))),
    );
    expect(adjustedRand(one.labels, theirs)).toBeGreaterThanOrEqual(0.999);
    expect(sameBytes(two, one)).toBe(true);
    expect(sameBytes(eight, one)).toBe(true);
  });
});
