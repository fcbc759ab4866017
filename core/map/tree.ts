/** Merges as scipy's hclust has them: of n leaves, merge i makes node n + i of `left[i]` and `right[i]`. */
export interface Merges {
  readonly left: ArrayLike<number>;
  readonly right: ArrayLike<number>;
  readonly distance: ArrayLike<number>;
}

/** The leaves of each node, in the order in which a dendrogram shows them: the left part before the right one. */
export function leavesOf(merges: Merges, leaves: number): number[][] {
  const below = Array.from({ length: leaves }, (_, i) => [i]);
  for (let i = 0; i < merges.left.length; i++)
    below.push([...below[merges.left[i]], ...below[merges.right[i]]]);
  return below;
}

/** The nodes into which the tree falls when it is cut to `count` parts (all leaves when there are fewer). */
export function cut(merges: Merges, leaves: number, count: number): number[] {
  const roots = new Set(Array.from({ length: leaves }, (_, i) => i));
  for (let i = 0; i < merges.left.length && roots.size > Math.max(1, count); i++) {
    roots.delete(merges.left[i]);
    roots.delete(merges.right[i]);
    roots.add(leaves + i);
  }
  return [...roots].sort((a, b) => a - b);
}
