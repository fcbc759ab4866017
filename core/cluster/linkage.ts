/** Edges of a spanning tree: `from[i]`–`to[i]` at `distance[i]`. */
export interface Edges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly distance: Float64Array;
}

/** A single-linkage tree as in scipy's hclust format: merge i makes node n + i of `left[i]` and `right[i]`. */
export interface Linkage {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly distance: Float64Array;
  readonly size: Int32Array;
}

/**
 * Merges along a spanning tree's edges, shortest first. Edges of equal length keep the order in which they were found,
 * which is what the reference implementation's sort does.
 */
export function singleLinkage(edges: Edges): Linkage {
  const count = edges.distance.length;
  const n = count + 1;
  const order = orderByDistance(edges.distance);
  const left = new Int32Array(count);
  const right = new Int32Array(count);
  const distance = new Float64Array(count);
  const size = new Int32Array(count);
  const parent = new Int32Array(2 * n - 1).fill(-1);
  const find = (x: number): number => {
    let root = x;
    while (parent[root] !== -1) root = parent[root];
    while (x !== root) {
      const up = parent[x];
      parent[x] = root;
      x = up;
    }
    return root;
  };
  for (let i = 0; i < count; i++) {
    const e = order[i];
    const a = find(edges.from[e]);
    const b = find(edges.to[e]);
    left[i] = a;
    right[i] = b;
    distance[i] = edges.distance[e];
    size[i] = (a < n ? 1 : size[a - n]) + (b < n ? 1 : size[b - n]);
    parent[a] = parent[b] = n + i;
  }
  return { left, right, distance, size };
}

/** A stable order of non-negative numbers: a radix sort over their bits, which order as the numbers do. */
export function orderByDistance(values: Float64Array): Int32Array {
  const n = values.length;
  const bits = new Uint32Array(values.buffer, values.byteOffset, 2 * n);
  const radix = 2048;
  const counts = new Int32Array(radix);
  let order = new Int32Array(n);
  let next = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  for (let shift = 0; shift < 64; shift += 11) {
    counts.fill(0);
    for (let i = 0; i < n; i++) counts[digit(bits, i, shift)]++;
    if (n > 0 && counts[digit(bits, 0, shift)] === n) continue;
    let sum = 0;
    for (let d = 0; d < radix; d++) {
      const c = counts[d];
      counts[d] = sum;
      sum += c;
    }
    for (let i = 0; i < n; i++) next[counts[digit(bits, order[i], shift)]++] = order[i];
    [order, next] = [next, order];
  }
  return order;
}

/** Eleven bits of number i from bit `shift` on (little-endian halves). */
function digit(bits: Uint32Array, i: number, shift: number): number {
  const low = bits[2 * i];
  const high = bits[2 * i + 1];
  if (shift >= 32) return (high >>> (shift - 32)) & 2047;
  if (shift <= 21) return (low >>> shift) & 2047;
  return ((low >>> shift) | (high << (32 - shift))) & 2047;
}
