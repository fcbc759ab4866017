import { describe, expect, it } from 'vitest';
import { makeProject } from '../../renderer/client/fake-data.ts';
import { fakeAnalysis } from '../../renderer/client/fake-analysis.ts';
import { cutHeight, cutTree, layOut } from '../../renderer/views/figures/hierarchy/tree.ts';

const { nodes, order } = fakeAnalysis(makeProject(200, 6))['topics.hierarchy']({});

describe('a cut through the tree', () => {
  it('leaves as many groups as asked for, every topic in one of them', () => {
    for (let groups = 1; groups <= 6; groups++) {
      const found = cutTree(nodes, groups);
      expect(found).toHaveLength(groups);
      expect(found.flatMap((node) => node.topics).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
    }
  });

  it('lies between the last join that is made and the first that is not', () => {
    expect(cutHeight(nodes, 6)).toBeCloseTo(nodes[6].height / 2, 12);
    expect(cutHeight(nodes, 4)).toBeCloseTo((nodes[7].height + nodes[8].height) / 2, 12);
    expect(cutHeight(nodes, 1)).toBeGreaterThan(nodes.at(-1)!.height);
  });

  it('is drawn with topics in the tree’s order and joins half-way between their children', () => {
    const { row, branches } = layOut(nodes, order);
    expect(Array.from(order, (topic) => row[nodes.findIndex((n) => n.topic === topic)])).toEqual([
      0, 1, 2, 3, 4, 5,
    ]);
    expect(branches).toHaveLength(5);
    expect(row[6]).toBe(0.5);
    expect(row[7]).toBe(1.25);
  });
});
