import { expect, it } from 'vitest';
import { zeros } from '../../core/base/matrix.ts';
import { Random } from '../../core/base/random.ts';
import { topicNeighbourhoods, topicsNearest } from '../../core/topics/index.ts';

/** Documents around three directions, every tenth anywhere and an outlier. */
function world(n: number) {
  const random = new Random(4);
  const matrix = zeros(n, 8);
  const labels = new Int32Array(n);
  for (let d = 0; d < n; d++) {
    labels[d] = d % 10 === 9 ? -1 : (d % 3) + 4;
    for (let c = 0; c < 8; c++)
      matrix.data[d * 8 + c] =
        labels[d] < 0 ? random.normal() : 0.2 * random.normal() + (c === labels[d] - 4 ? 1 : 0);
  }
  return { matrix, labels };
}

it('documents go to the topic that they are like, as nine in ten of its own do, and strangers to none', () => {
  const { matrix, labels } = world(600);
  const hoods = topicNeighbourhoods(matrix, labels);
  expect([...hoods.topics]).toEqual([4, 5, 6]);
  const found = topicsNearest(hoods, matrix);
  const inside = [...labels.keys()].filter((d) => labels[d] >= 0);
  const kept = inside.filter((d) => found.labels[d] === labels[d]).length / inside.length;
  expect(kept).toBeGreaterThan(0.88);
  expect(kept).toBeLessThan(0.92);
  const strangers = [...labels.keys()].filter((d) => labels[d] < 0);
  expect(strangers.filter((d) => found.labels[d] < 0).length / strangers.length).toBeGreaterThan(0.9);
  for (const d of inside) if (found.labels[d] >= 0) expect(found.similarities[d]).toBeGreaterThan(0.5);
});

it('nothing is predicted where there are no topics', () => {
  const { matrix, labels } = world(20);
  const found = topicsNearest(topicNeighbourhoods(matrix, labels.fill(-1)), matrix);
  expect(new Set(found.labels)).toEqual(new Set([-1]));
});
