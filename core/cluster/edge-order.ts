/**
 * The order in which edges are merged. Mutual reachability makes many edges equally long (every edge from a point to
 * a denser neighbour within its core distance is as long as that core distance), and which of them comes first decides
 * to which cluster a bridging point goes. The reference leaves that to NumPy's unstable argsort, so the same data gives
 * labels with an adjusted Rand index of only 0.98 between machines with and without AVX-512. Here the order is fixed:
 * it is that of NumPy 2.4 with AVX-512, on every machine, a quicksort by blocks of `lanes` over a sorting network.
 */
const lanes = 8;
const unroll = 4;
const block = lanes * unroll;
const network = 256;

/** Indices that sort finite numbers ascending. */
export function edgeOrder(values: Float64Array): Int32Array {
  const order = new Int32Array(values.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  const sorter = new Sorter(values, order);
  if (order.length > 1) sorter.sort(0, order.length, 2 * (31 - Math.clz32(order.length)));
  return order;
}

class Sorter {
  private readonly keys = new Float64Array(network);
  private readonly items = new Int32Array(network);
  private readonly held = new Int32Array(2 * block);
  private readonly taken = new Int32Array(block);
  private readonly sample = new Float64Array(lanes);
  private storeLeft = 0;
  private storeRight = 0;

  constructor(
    private readonly values: Float64Array,
    private readonly order: Int32Array,
  ) {}

  /** Sorts positions `from` to `to`. */
  sort(from: number, to: number, depth: number): void {
    const { values, order } = this;
    if (to - from <= network) return this.sortByNetwork(from, to - from);
    if (depth === 0) {
      // Pivots that keep failing have no order worth keeping: by value, then by index.
      order.subarray(from, to).sort((a, b) => values[a] - values[b] || a - b);
      return;
    }
    const pivot = this.pivot(from, to);
    let least = Infinity;
    let most = -Infinity;
    for (let i = from; i < to; i++) {
      const v = values[order[i]];
      if (v < least) least = v;
      if (v > most) most = v;
    }
    const cut = this.partition(from, to, pivot);
    if (pivot !== least) this.sort(from, cut, depth - 1);
    if (pivot !== most) this.sort(cut, to, depth - 1);
  }

  /** The upper median of eight evenly spaced values. */
  private pivot(from: number, to: number): number {
    const step = Math.floor((to - 1 - from) / lanes);
    for (let i = 0; i < lanes; i++) this.sample[i] = this.values[this.order[from + (i + 1) * step]];
    return this.sample.sort()[lanes / 2];
  }

  /** Moves what is smaller than the pivot to the front, block by block; returns where the rest begins. */
  private partition(left: number, right: number, pivot: number): number {
    const { values, order, held, taken } = this;
    for (let i = (right - left) % block; i > 0; i--) {
      if (values[order[left]] < pivot) left++;
      else {
        const swap = order[left];
        order[left] = order[--right];
        order[right] = swap;
      }
    }
    // The outermost blocks are set aside, so that there is room to write at both ends.
    for (let i = 0; i < block; i++) {
      held[i] = order[left + i];
      held[block + i] = order[right - block + i];
    }
    this.storeLeft = left;
    this.storeRight = right;
    left += block;
    right -= block;
    while (left < right) {
      // Read where there is less room left to write.
      const fromRight = this.storeRight - right < left - this.storeLeft;
      const from = fromRight ? right - block : left;
      if (fromRight) right -= block;
      else left += block;
      for (let i = 0; i < block; i++) taken[i] = order[from + i];
      this.store(taken, pivot);
    }
    this.store(held, pivot);
    return this.storeLeft;
  }

  /** Writes items to the left or the right end, lane by lane in their order. */
  private store(items: Int32Array, pivot: number): void {
    const { values, order } = this;
    for (let at = 0; at < items.length; at += lanes) {
      let larger = 0;
      for (let i = at; i < at + lanes; i++) if (!(values[items[i]] < pivot)) larger++;
      let right = this.storeRight - larger;
      this.storeRight = right;
      for (let i = at; i < at + lanes; i++)
        if (values[items[i]] < pivot) order[this.storeLeft++] = items[i];
        else order[right++] = items[i];
    }
  }

  /** Batcher's bitonic network with a mirrored first step; equal keys never change places. */
  private sortByNetwork(from: number, count: number): void {
    const { keys, items, values, order } = this;
    let size = network;
    while (size > lanes && 2 * count <= size) size >>= 1;
    for (let i = 0; i < size; i++) {
      items[i] = i < count ? order[from + i] : -1;
      keys[i] = i < count ? values[items[i]] : Infinity;
    }
    for (let width = 2; width <= size; width *= 2) {
      this.exchange(size, width >> 1, width - 1);
      for (let d = width >> 2; d > 0; d >>= 1) this.exchange(size, d, d);
    }
    for (let i = 0; i < count; i++) order[from + i] = items[i];
  }

  /** Compares each position that lacks `bit` with its partner under `mask`. */
  private exchange(size: number, bit: number, mask: number): void {
    const { keys, items } = this;
    for (let i = 0; i < size; i++) {
      if (i & bit) continue;
      const j = i ^ mask;
      if (keys[i] <= keys[j]) continue;
      const key = keys[i];
      keys[i] = keys[j];
      keys[j] = key;
      const item = items[i];
      items[i] = items[j];
      items[j] = item;
    }
  }
}
