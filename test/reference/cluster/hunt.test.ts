import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../../../core/base/progress.ts';
import { cluster } from '../../../core/cluster/index.ts';
import { adjustedRand } from './ari.ts';
import { matrixOf, paramsOf, type Fixture } from './fixture.ts';

type Case = Fixture & { kind: string; own: number };

// Made by hunt.py on demand: nothing of it is kept in the repository but the cases that taught something (fixtures/).
const file = process.env.MOETOPIC_HUNT;

describe('hdbscan 0.8.44, hunted', () => {
  it('differs only where the reference differs from itself', { timeout: 600_000 }, async () => {
    const cases = readFileSync(file ?? '', 'utf8')
      .trim()
      .split('\n');
    let [same, tied] = [0, 0];
    const differ: string[] = [];
    for (const [at, line] of cases.entries()) {
      const one = JSON.parse(line) as Case;
      const { labels } = await cluster(matrixOf(one.points, one.columns), paramsOf(one), quietContext());
      const ari = adjustedRand(labels, one.labels);
      if (ari >= 0.999) {
        same++;
        continue;
      }
      const what = `case ${at}: ${one.kind}, ${one.rows} × ${one.columns}, ${JSON.stringify(one.params)}`;
      differ.push(
        `${what}: ${ari.toFixed(4)}, the reference against itself ${one.own.toFixed(4)}, ${one.tied} tied edges`,
      );
      expect.soft(one.own, what).toBeLessThan(0.999);
      tied++;
    }
    console.log(differ.join('\n'));
    console.log(
      `${same} of ${cases.length} alike, ${tied} where the reference depends on the order of the rows`,
    );
  });
});
