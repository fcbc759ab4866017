import type { Clustering } from '../../core/stages.ts';

/** Whether two clusterings are equal to the last bit. */
export function sameBytes(a: Clustering, b: Clustering): boolean {
  const arrays = ({
    labels,
    probabilities,
    outlierScores,
    condensedTree: tree,
  }: Clustering): ArrayBufferView[] => [
    labels,
    probabilities,
    outlierScores,
    ...(tree ? [tree.parent, tree.child, tree.lambda, tree.size] : []),
  ];
  const [left, right] = [arrays(a), arrays(b)];
  return (
    left.length === right.length &&
    left.every((x, i) => bytes(x).equals(bytes(right[i]))) &&
    JSON.stringify(a.recipe) === JSON.stringify(b.recipe)
  );
}

function bytes(view: ArrayBufferView): Buffer {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}
