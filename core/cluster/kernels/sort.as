// The order in which edges are merged. Mutual reachability makes many edges equally long (every edge from a point to a denser neighbour
// within its core distance is as long as that core distance), and which of them comes first decides to which cluster a bridging point goes.
// The reference leaves that to NumPy's unstable argsort, so that the same data gives labels with an adjusted Rand index of only 0.98
// between machines with and without AVX-512. Here the order is fixed: it is that of NumPy 2.4 with AVX-512, on every machine, a quicksort
// by blocks of lanes over a sorting network. The values are EDGE_LENGTH, the result is EDGE_ORDER, SCRATCH has room for 4 KiB.
import { pointer, int, setInt, double, setDouble, EDGE_LENGTH, EDGE_ORDER, SCRATCH } from './header';

const LANES: i32 = 8;
const BLOCK: i32 = 32;
const NETWORK: i32 = 256;

let storeLeft: i32 = 0;
let storeRight: i32 = 0;

/** Sorts `count` edges by length. */
export function sortEdges(count: i32): void {
  const order = pointer(EDGE_ORDER);
  for (let i = 0; i < count; i++) setInt(order, i, i);
  if (count > 1) sort(0, count, 2 * (31 - clz(count)));
}

function sort(from: i32, to: i32, depth: i32): void {
  const order = pointer(EDGE_ORDER);
  const values = pointer(EDGE_LENGTH);
  if (to - from <= NETWORK) {
    sortByNetwork(from, to - from);
    return;
  }
  if (depth == 0) {
    // Pivots that keep failing have no order worth keeping: by value, then by index.
    heapSort(from, to - from);
    return;
  }
  const pivot = choosePivot(from, to);
  let least: f64 = Infinity;
  let most: f64 = -Infinity;
  for (let i = from; i < to; i++) {
    const v = double(values, int(order, i));
    least = min(least, v);
    most = max(most, v);
  }
  const cut = partition(from, to, pivot);
  if (pivot != least) sort(from, cut, depth - 1);
  if (pivot != most) sort(cut, to, depth - 1);
}

/** The upper median of eight evenly spaced values. */
function choosePivot(from: i32, to: i32): f64 {
  const sample = pointer(SCRATCH);
  const step = (to - 1 - from) / LANES;
  for (let i = 0; i < LANES; i++) {
    const v = double(pointer(EDGE_LENGTH), int(pointer(EDGE_ORDER), from + (i + 1) * step));
    let j = i;
    while (j > 0 && double(sample, j - 1) > v) {
      setDouble(sample, j, double(sample, j - 1));
      j--;
    }
    setDouble(sample, j, v);
  }
  return double(sample, LANES / 2);
}

/** Moves what is smaller than the pivot to the front, block by block; returns where the rest begins. */
function partition(left: i32, right: i32, pivot: f64): i32 {
  const order = pointer(EDGE_ORDER);
  const values = pointer(EDGE_LENGTH);
  const held = pointer(SCRATCH);
  const taken = held + <usize>(2 * BLOCK) * 4;
  for (let i = (right - left) % BLOCK; i > 0; i--) {
    const item = int(order, left);
    if (double(values, item) < pivot) left++;
    else {
      setInt(order, left, int(order, --right));
      setInt(order, right, item);
    }
  }
  // The outermost blocks are set aside, so that there is room to write at both ends.
  for (let i = 0; i < BLOCK; i++) {
    setInt(held, i, int(order, left + i));
    setInt(held, BLOCK + i, int(order, right - BLOCK + i));
  }
  storeLeft = left;
  storeRight = right;
  left += BLOCK;
  right -= BLOCK;
  while (left < right) {
    // Read where there is less room left to write.
    const fromRight = storeRight - right < left - storeLeft;
    const from = fromRight ? right - BLOCK : left;
    if (fromRight) right -= BLOCK;
    else left += BLOCK;
    memory.copy(taken, order + (<usize>from << 2), BLOCK * 4);
    distribute(taken, BLOCK, pivot);
  }
  distribute(held, 2 * BLOCK, pivot);
  return storeLeft;
}

/** Writes items to the left or the right end, lane by lane in their order. */
function distribute(items: usize, count: i32, pivot: f64): void {
  const order = pointer(EDGE_ORDER);
  const values = pointer(EDGE_LENGTH);
  for (let at = 0; at < count; at += LANES) {
    let smaller = 0;
    for (let i = at; i < at + LANES; i++) smaller += i32(double(values, int(items, i)) < pivot);
    let left = storeLeft;
    let right = storeRight - (LANES - smaller);
    storeLeft += smaller;
    storeRight = right;
    for (let i = at; i < at + LANES; i++) {
      const item = int(items, i);
      const isSmaller = i32(double(values, item) < pivot);
      setInt(order, isSmaller ? left : right, item);
      left += isSmaller;
      right += 1 - isSmaller;
    }
  }
}

/** Batcher's bitonic network with a mirrored first step; equal keys never change places. */
function sortByNetwork(from: i32, count: i32): void {
  const keys = pointer(SCRATCH);
  const items = keys + <usize>NETWORK * 8;
  const order = pointer(EDGE_ORDER);
  let size = NETWORK;
  while (size > LANES && 2 * count <= size) size >>= 1;
  for (let i = 0; i < size; i++) {
    const item = i < count ? int(order, from + i) : -1;
    setInt(items, i, item);
    setDouble(keys, i, i < count ? double(pointer(EDGE_LENGTH), item) : Infinity);
  }
  for (let width = 2; width <= size; width *= 2) {
    exchange(keys, items, size, width >> 1, width - 1);
    for (let d = width >> 2; d > 0; d >>= 1) exchange(keys, items, size, d, d);
  }
  for (let i = 0; i < count; i++) setInt(order, from + i, int(items, i));
}

/** Compares each position that lacks `bit` with its partner under `mask`. */
function exchange(keys: usize, items: usize, size: i32, bit: i32, mask: i32): void {
  for (let base = 0; base < size; base += 2 * bit)
    for (let i = base; i < base + bit; i++) {
      const j = i ^ mask;
      const x = double(keys, i);
      const y = double(keys, j);
      const keep = x <= y;
      setDouble(keys, i, select(x, y, keep));
      setDouble(keys, j, select(y, x, keep));
      const p = int(items, i);
      const q = int(items, j);
      setInt(items, i, select(p, q, keep));
      setInt(items, j, select(q, p, keep));
    }
}

function after(a: i32, b: i32): bool {
  const x = double(pointer(EDGE_LENGTH), a);
  const y = double(pointer(EDGE_LENGTH), b);
  return x > y || (x == y && a > b);
}

function heapSort(from: i32, count: i32): void {
  const order = pointer(EDGE_ORDER) + (<usize>from << 2);
  for (let top = (count >> 1) - 1; top >= 0; top--) sink(order, top, count);
  for (let end = count - 1; end > 0; end--) {
    const item = int(order, 0);
    setInt(order, 0, int(order, end));
    setInt(order, end, item);
    sink(order, 0, end);
  }
}

function sink(order: usize, top: i32, count: i32): void {
  const item = int(order, top);
  while (true) {
    let child = 2 * top + 1;
    if (child >= count) break;
    if (child + 1 < count && after(int(order, child + 1), int(order, child))) child++;
    if (!after(int(order, child), item)) break;
    setInt(order, top, int(order, child));
    top = child;
  }
  setInt(order, top, item);
}
