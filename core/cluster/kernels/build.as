// The k-d tree: splits, and the order of points inside a leaf, are those of scikit-learn's KDTree, because the reference's approximate
// spanning tree depends on them. Its median is libstdc++'s nth_element by (value, index).
import {
  field, pointer, int, setInt, double, setDouble, single,
  ROWS, COLUMNS, NODES, FIRST_LEAF, PAD, INPUT, ORDER, KEYS, START, BOXES, RADIUS, LEAVES,
} from './header';

/** Bounds, radius and split of nodes `from` to `to`; a node's parent must have been built before. START holds pairs (start, end). */
export function buildNodes(from: i32, to: i32): void {
  const columns = field(COLUMNS);
  const input = pointer(INPUT);
  const order = pointer(ORDER);
  const keys = pointer(KEYS);
  const start = pointer(START);
  for (let node = from; node < to; node++) {
    const first = int(start, 2 * node);
    const last = int(start, 2 * node + 1);
    const box = pointer(BOXES) + <usize>(node * columns) * 8;
    if (columns < 4) boundsOf(box, first, last, columns);
    else
      for (let j = 0; j < columns; j += 8)
        boundsOfEight(box, first, last, columns, min(j, columns - 4), min(j + 4, columns - 4));
    let sum: f64 = 0;
    let widest: f64 = 0;
    let axis = 0;
    for (let j = 0; j < columns; j++) {
      const spread = <f64>load<f32>(box + <usize>j * 8 + 4) - <f64>load<f32>(box + <usize>j * 8);
      sum += 0.5 * spread * (0.5 * spread);
      if (spread > widest) {
        widest = spread;
        axis = j;
      }
    }
    setDouble(pointer(RADIUS), node, sqrt(sum));
    const left = 2 * node + 1;
    if (left >= field(NODES)) continue;
    const middle = first + ((last - first) >> 1);
    for (let i = first; i < last; i++) setDouble(keys, i, <f64>single(input + <usize>int(order, i) * <usize>columns * 4, axis));
    selectNth(order, keys, first, middle, last);
    setInt(start, 2 * left, first);
    setInt(start, 2 * left + 1, middle);
    setInt(start, 2 * left + 2, middle);
    setInt(start, 2 * left + 3, last);
  }
}

/** The least and largest value in each column of the rows at positions `first` to `last`. */
function boundsOf(box: usize, first: i32, last: i32, columns: i32): void {
  for (let j = 0; j < columns; j++) {
    let least = f32.MAX_VALUE;
    let most = -f32.MAX_VALUE;
    for (let i = first; i < last; i++) {
      const v = single(pointer(INPUT) + <usize>int(pointer(ORDER), i) * <usize>columns * 4, j);
      if (v < least) least = v;
      if (v > most) most = v;
    }
    store<f32>(box + <usize>j * 8, least);
    store<f32>(box + <usize>j * 8, most, 4);
  }
}

/** The same for the four columns from `a` and the four from `b` on. */
function boundsOfEight(box: usize, first: i32, last: i32, columns: i32, a: i32, b: i32): void {
  const input = pointer(INPUT);
  const order = pointer(ORDER);
  const bytes = <usize>columns * 4;
  let leastA = f32x4.splat(f32.MAX_VALUE);
  let mostA = f32x4.splat(-f32.MAX_VALUE);
  let leastB = leastA;
  let mostB = mostA;
  for (let i = first; i < last; i++) {
    const row = input + <usize>int(order, i) * bytes;
    const x = v128.load(row + (<usize>a << 2));
    const y = v128.load(row + (<usize>b << 2));
    leastA = f32x4.pmin(leastA, x);
    mostA = f32x4.pmax(mostA, x);
    leastB = f32x4.pmin(leastB, y);
    mostB = f32x4.pmax(mostB, y);
  }
  storePairs(box + (<usize>a << 3), leastA, mostA);
  storePairs(box + (<usize>b << 3), leastB, mostB);
}

// @ts-ignore: decorator
@inline
function storePairs(at: usize, least: v128, most: v128): void {
  v128.store(at, v128.shuffle<f32>(least, most, 0, 4, 1, 5));
  v128.store(at, v128.shuffle<f32>(least, most, 2, 6, 3, 7), 16);
}

/** Copies the coordinates of leaves `from` to `to` into their places. */
export function fillLeaves(from: i32, to: i32): void {
  const columns = field(COLUMNS);
  const pad = field(PAD);
  for (let leaf = from; leaf < to; leaf++) {
    const first = int(pointer(START), 2 * (field(FIRST_LEAF) + leaf));
    const count = int(pointer(START), 2 * (field(FIRST_LEAF) + leaf) + 1) - first;
    const place = pointer(LEAVES) + <usize>leaf * <usize>(columns * pad) * 4;
    for (let i = 0; i < pad; i++)
      for (let j = 0; j < columns; j++) {
        const row = pointer(INPUT) + (i < count ? <usize>int(pointer(ORDER), first + i) * <usize>columns * 4 : 0);
        store<f32>(place + <usize>(j * pad + i) * 4, i < count ? single(row, j) : NaN);
      }
  }
}

// @ts-ignore: decorator
@inline
function less(order: usize, keys: usize, a: i32, b: i32): bool {
  const x = double(keys, a);
  const y = double(keys, b);
  return x < y || (x == y && int(order, a) < int(order, b));
}

// @ts-ignore: decorator
@inline
function lessThan(key: f64, item: i32, otherKey: f64, otherItem: i32): bool {
  return key < otherKey || (key == otherKey && item < otherItem);
}

// @ts-ignore: decorator
@inline
function swap(order: usize, keys: usize, a: i32, b: i32): void {
  const item = int(order, a);
  const key = double(keys, a);
  move(order, keys, a, b);
  setInt(order, b, item);
  setDouble(keys, b, key);
}

// @ts-ignore: decorator
@inline
function move(order: usize, keys: usize, to: i32, from: i32): void {
  setInt(order, to, int(order, from));
  setDouble(keys, to, double(keys, from));
}

function selectNth(order: usize, keys: usize, from: i32, nth: i32, to: i32): void {
  if (from == to || nth == to) return;
  let first = from;
  let last = to;
  let depth = 2 * (31 - clz(last - first));
  while (last - first > 3) {
    if (depth == 0) {
      heapSelect(order, keys, first, nth + 1, last);
      swap(order, keys, first, nth);
      return;
    }
    depth--;
    const cut = partition(order, keys, first, last);
    if (cut <= nth) first = cut;
    else last = cut;
  }
  for (let i = first + 1; i < last; i++)
    for (let j = i; j > first && less(order, keys, j, j - 1); j--) swap(order, keys, j, j - 1);
}

/** Moves the median of three to the front and partitions the rest around it; returns the cut. */
function partition(order: usize, keys: usize, first: i32, last: i32): i32 {
  const a = first + 1;
  const b = first + ((last - first) >> 1);
  const c = last - 1;
  let median: i32;
  if (less(order, keys, a, b)) median = less(order, keys, b, c) ? b : less(order, keys, a, c) ? c : a;
  else median = less(order, keys, a, c) ? a : less(order, keys, b, c) ? c : b;
  swap(order, keys, first, median);
  const key = double(keys, first);
  const item = int(order, first);
  let i = first + 1;
  let j = last;
  while (true) {
    while (lessThan(double(keys, i), int(order, i), key, item)) i++;
    j--;
    while (lessThan(key, item, double(keys, j), int(order, j))) j--;
    if (i >= j) return i;
    swap(order, keys, i, j);
    i++;
  }
}

/** Leaves the smallest `middle − first` elements in a heap at the front (the fallback for unlucky pivots). */
function heapSelect(order: usize, keys: usize, first: i32, middle: i32, last: i32): void {
  const length = middle - first;
  if (length >= 2)
    for (let p = (length - 2) >> 1; p >= 0; p--)
      sift(order, keys, first, length, p, double(keys, first + p), int(order, first + p));
  for (let i = middle; i < last; i++)
    if (less(order, keys, i, first)) {
      const key = double(keys, i);
      const item = int(order, i);
      move(order, keys, i, first);
      sift(order, keys, first, length, 0, key, item);
    }
}

function sift(order: usize, keys: usize, first: i32, length: i32, top: i32, key: f64, item: i32): void {
  let hole = top;
  let child = top;
  while (child < (length - 1) >> 1) {
    child = 2 * (child + 1);
    if (less(order, keys, first + child, first + child - 1)) child--;
    move(order, keys, first + hole, first + child);
    hole = child;
  }
  if ((length & 1) == 0 && child == (length - 2) >> 1) {
    child = 2 * (child + 1);
    move(order, keys, first + hole, first + child - 1);
    hole = child - 1;
  }
  let up = (hole - 1) >> 1;
  while (hole > top && lessThan(double(keys, first + up), int(order, first + up), key, item)) {
    move(order, keys, first + hole, first + up);
    hole = up;
    up = (hole - 1) >> 1;
  }
  setDouble(keys, first + hole, key);
  setInt(order, first + hole, item);
}
