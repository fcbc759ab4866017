import { describe, expect, it } from 'vitest';
import { quietContext } from '../../../core/base/progress.ts';
import {
  approximatePredict,
  hdbscanWithModel,
  membershipVectors,
  newMembershipVectors,
  predictionModel,
  validityIndex,
} from '../../../core/cluster/index.ts';
import type { Matrix } from '../../../core/base/matrix.ts';
import { fixtureNames, matrixOf, namesOf, paramsOf, readFixture, toNumber } from './fixture.ts';

/** Largest difference; the reference's NaN (∞ ÷ ∞ among equal points) only asks for a finite number. */
function difference(ours: ArrayLike<number>, theirs: (number | string)[]): number {
  let most = 0;
  theirs.map(toNumber).forEach((t, i) => {
    if (Number.isNaN(t)) expect(ours[i]).toBeGreaterThanOrEqual(0);
    else if (ours[i] !== t) most = Math.max(most, Math.abs(ours[i] - t));
  });
  expect(ours.length).toBe(theirs.length);
  return most;
}

/** Columns in the reference's order. */
function renamed(m: Matrix, names: Map<number, number>): Float64Array {
  const result = new Float64Array(m.data.length);
  m.data.forEach((v, at) => {
    const column = at % m.columns;
    result[at - column + (names.get(column) ?? column)] = v;
  });
  return result;
}

// An integer grid: nearly all distances are equal, so that the tree below the two halves is arbitrary. It has a test of its own.
describe.each(fixtureNames.filter((name) => name !== 'ties'))('hdbscan 0.8.44: %s', (name) => {
  const fixture = readFixture(name);
  const input = matrixOf(fixture.points, fixture.columns);
  const fitted = hdbscanWithModel(input, paramsOf(fixture), quietContext());

  it('gives the same labels, probabilities and outlier scores', async () => {
    const { clustering } = await fitted;
    const names = namesOf(clustering.labels, fixture.labels);
    expect(Array.from(clustering.labels, (l) => names.get(l))).toEqual(fixture.labels);
    expect(difference(clustering.probabilities, fixture.probabilities)).toBeLessThan(1e-6);
    expect(difference(clustering.outlierScores, fixture.outlierScores)).toBeLessThan(1e-6);
  });

  it('gives the same condensed tree', async () => {
    const tree = (await fitted).clustering.condensedTree;
    const theirs = fixture.tree;
    expect(tree?.child.length).toBe(theirs.child.length);
    // Rows of points that fall out together may come in another order: compare by child.
    const ours = new Map(Array.from(tree?.child ?? [], (child, i) => [child, i]));
    theirs.child.forEach((child, i) => {
      const at = ours.get(child) ?? -1;
      expect([tree?.parent[at], tree?.size[at]]).toEqual([theirs.parent[i], theirs.size[i]]);
      expect(difference([tree?.lambda[at] ?? NaN], [theirs.lambda[i]])).toBeLessThan(1e-6);
    });
  });

  if (fixture.validity !== undefined)
    it('gives the same validity index', async () => {
      const { index } = await validityIndex(input, (await fitted).clustering.labels, quietContext());
      expect(index).toBeCloseTo(fixture.validity ?? NaN, 6);
    });

  if (fixture.membership !== undefined)
    it('gives the same membership vectors', async () => {
      const { clustering, model } = await fitted;
      if (model === null) throw new Error('There is a model.');
      const names = namesOf(clustering.labels, fixture.labels);
      const ours = await membershipVectors(model, quietContext());
      expect(difference(renamed(ours, names), fixture.membership ?? [])).toBeLessThan(1e-6);
    });

  if (fixture.fresh !== undefined)
    it('places new points alike, also from a rebuilt model', async () => {
      const { clustering } = await fitted;
      const { fresh } = fixture;
      if (!fresh) throw new Error('There are new points.');
      const model = await predictionModel(input, clustering, quietContext());
      const names = namesOf(clustering.labels, fixture.labels);
      const points = matrixOf(fresh.points, fixture.columns);
      const { labels, probabilities } = await approximatePredict(model, points, quietContext());
      expect(Array.from(labels, (l) => names.get(l))).toEqual(fresh.labels);
      expect(difference(probabilities, fresh.probabilities)).toBeLessThan(1e-6);
      const membership = await newMembershipVectors(model, points, quietContext());
      expect(difference(renamed(membership, names), fresh.membership)).toBeLessThan(1e-6);
    });
});

describe('hdbscan 0.8.44: ties', () => {
  it('gives the same labels on a grid, and differs only in splits at the distance that all neighbours share', async () => {
    const fixture = readFixture('ties');
    const input = matrixOf(fixture.points, fixture.columns);
    const { clustering } = await hdbscanWithModel(input, paramsOf(fixture), quietContext());
    const names = namesOf(clustering.labels, fixture.labels);
    expect(Array.from(clustering.labels, (l) => names.get(l))).toEqual(fixture.labels);
    const tree = clustering.condensedTree;
    const ours = Array.from(tree?.lambda ?? []).filter((_, i) => (tree?.size[i] ?? 0) > 1);
    const theirs = fixture.tree.lambda.map(toNumber).filter((_, i) => fixture.tree.size[i] > 1);
    const split = theirs[0];
    expect(ours[0]).toBeCloseTo(split, 9);
    // 103 of 107 edges are as long as another one: both trees split only at distances √d of the grid, which many pairs share.
    expect(fixture.tied).toBe(103);
    for (const lambda of [...ours, ...theirs]) expect(lambda ** -2).toBeCloseTo(Math.round(lambda ** -2), 6);
  });
});
