/**
 * Numbers clusters by falling size, ties by their first document. Returns for each old label its new one.
 * `labels` are −1 or 0 … count − 1 and are renumbered in place.
 */
export function renumberBySize(labels: Int32Array, count: number): Int32Array {
  const size = new Int32Array(count);
  const first = new Int32Array(count).fill(labels.length);
  for (let i = labels.length - 1; i >= 0; i--)
    if (labels[i] >= 0) {
      size[labels[i]]++;
      first[labels[i]] = i;
    }
  const order = Int32Array.from({ length: count }, (_, c) => c).sort(
    (a, b) => size[b] - size[a] || first[a] - first[b],
  );
  const renamed = new Int32Array(count);
  order.forEach((old, now) => (renamed[old] = now));
  for (let i = 0; i < labels.length; i++) if (labels[i] >= 0) labels[i] = renamed[labels[i]];
  return renamed;
}
