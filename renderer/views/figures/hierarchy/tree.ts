/** Where a dendrogram's lines go, and what a cut through it makes of the topics. */
import type { HierarchyNodeResult } from '../../../../core/protocol.ts';

export interface Branch {
  readonly node: HierarchyNodeResult;
  /** Rows of its two children, and the heights at which they were made. */
  readonly rows: readonly [number, number];
  readonly from: readonly [number, number];
}

/** Row of every node: topics in the dendrogram's order, a join half-way between its children. Every join as a branch. */
export function layOut(
  nodes: readonly HierarchyNodeResult[],
  order: readonly number[],
): { row: Float64Array; branches: Branch[] } {
  const place = new Map(order.map((topic, k) => [topic, k]));
  const row = new Float64Array(nodes.length);
  const branches: Branch[] = [];
  for (const node of nodes) {
    if (node.children === null) {
      row[node.node] = place.get(node.topic!) ?? 0;
      continue;
    }
    const [a, b] = node.children;
    row[node.node] = (row[a] + row[b]) / 2;
    branches.push({ node, rows: [row[a], row[b]], from: [nodes[a].height, nodes[b].height] });
  }
  return { row, branches };
}

/** The nodes that stand for themselves when joins are made until `groups` are left; largest groups of topics first. */
export function cutTree(nodes: readonly HierarchyNodeResult[], groups: number): HierarchyNodeResult[] {
  const topics = nodes.filter((node) => node.topic !== null).length;
  const made = 2 * topics - groups;
  const below = new Set<number>();
  for (const node of nodes)
    if (node.children !== null && node.node < made) for (const child of node.children) below.add(child);
  return nodes
    .filter((node) => node.node < made && !below.has(node.node))
    .sort((a, b) => b.topics.length - a.topics.length || b.count - a.count || a.node - b.node);
}

/** The height of a cut: half-way between the last join that is made and the first that isn't. */
export function cutHeight(nodes: readonly HierarchyNodeResult[], groups: number): number {
  const topics = nodes.filter((node) => node.topic !== null).length;
  const made = 2 * topics - groups;
  const last = nodes.at(-1)?.height ?? 0;
  const under = made > topics ? nodes[made - 1].height : 0;
  const over = made < nodes.length ? nodes[made].height : 1.04 * last;
  return (under + over) / 2;
}
