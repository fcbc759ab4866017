import type { Matrix } from '../base/matrix.ts';

/**
 * A balanced k-d tree in heap order (children of node i: 2i + 1, 2i + 2) over points copied in leaf order. Splits, and
 * the order of points inside a leaf, are those of scikit-learn's KDTree, because the approximate spanning tree of the
 * reference depends on them.
 */
export interface KdTree {
  readonly points: number;
  readonly columns: number;
  readonly nodes: number;
  /** Row of the input at each position, and its inverse. */
  readonly order: Int32Array;
  readonly position: Int32Array;
  /** [points × columns] in leaf order. */
  readonly data: Float64Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** [nodes × columns] each. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly radius: Float64Array;
}

export function buildKdTree(input: Matrix, leafSize: number): KdTree {
  const { rows: points, columns } = input;
  const levels = Math.floor(Math.log2(Math.max(1, (points - 1) / leafSize)) + 1);
  const nodes = 2 ** levels - 1;
  const order = new Int32Array(points);
  for (let i = 0; i < points; i++) order[i] = i;
  const start = new Int32Array(nodes);
  const end = new Int32Array(nodes);
  const lower = new Float64Array(nodes * columns);
  const upper = new Float64Array(nodes * columns);
  const radius = new Float64Array(nodes);
  const values = new Float64Array(points);
  end[0] = points;
  for (let node = 0; node < nodes; node++) {
    const [from, to] = [start[node], end[node]];
    const at = node * columns;
    bounds(input, order, from, to, lower, upper, at);
    let sum = 0;
    let widest = 0;
    let axis = 0;
    for (let j = 0; j < columns; j++) {
      const spread = upper[at + j] - lower[at + j];
      sum += 0.5 * spread * (0.5 * spread);
      if (spread > widest) {
        widest = spread;
        axis = j;
      }
    }
    radius[node] = Math.sqrt(sum);
    const left = 2 * node + 1;
    if (left >= nodes) continue;
    const middle = from + ((to - from) >> 1);
    for (let i = from; i < to; i++) values[order[i]] = input.data[order[i] * columns + axis];
    selectNth(order, values, from, middle, to);
    start[left] = from;
    end[left] = start[left + 1] = middle;
    end[left + 1] = to;
  }
  const data = new Float64Array(points * columns);
  const position = new Int32Array(points);
  for (let i = 0; i < points; i++) {
    position[order[i]] = i;
    for (let j = 0; j < columns; j++) data[i * columns + j] = input.data[order[i] * columns + j];
  }
  return { points, columns, nodes, order, position, data, start, end, lower, upper, radius };
}

function bounds(
  input: Matrix,
  order: Int32Array,
  from: number,
  to: number,
  lower: Float64Array,
  upper: Float64Array,
  at: number,
): void {
  const { data, columns } = input;
  for (let j = 0; j < columns; j++) {
    let [low, high] = [Infinity, -Infinity];
    for (let i = from; i < to; i++) {
      const v = data[order[i] * columns + j];
      if (v < low) low = v;
      if (v > high) high = v;
    }
    lower[at + j] = low;
    upper[at + j] = high;
  }
}

/**
 * Partial sort of `order[from..to)` by (value, index) such that position `nth` holds what a full sort would put there.
 * The steps are those of the introselect in libstdc++, which decides the order of what is left unsorted.
 */
function selectNth(order: Int32Array, values: Float64Array, from: number, nth: number, to: number): void {
  const less = (a: number, b: number): boolean => {
    const d = values[a] - values[b];
    return d < 0 || (d === 0 && a < b);
  };
  if (from === to || nth === to) return;
  let [first, last] = [from, to];
  let depth = 2 * (31 - Math.clz32(last - first));
  while (last - first > 3) {
    if (depth === 0) {
      heapSelect(order, less, first, nth + 1, last);
      const swap = order[first];
      order[first] = order[nth];
      order[nth] = swap;
      return;
    }
    depth--;
    const cut = partition(order, less, first, last);
    if (cut <= nth) first = cut;
    else last = cut;
  }
  for (let i = first + 1; i < last; i++) {
    const x = order[i];
    let j = i - 1;
    while (j >= first && less(x, order[j])) {
      order[j + 1] = order[j];
      j--;
    }
    order[j + 1] = x;
  }
}

type Less = (a: number, b: number) => boolean;

/** Moves the median of three to the front and partitions the rest around it; returns the cut. */
function partition(order: Int32Array, less: Less, first: number, last: number): number {
  const a = first + 1;
  const b = first + ((last - first) >> 1);
  const c = last - 1;
  let median: number;
  if (less(order[a], order[b])) median = less(order[b], order[c]) ? b : less(order[a], order[c]) ? c : a;
  else median = less(order[a], order[c]) ? a : less(order[b], order[c]) ? c : b;
  const pivot = order[median];
  order[median] = order[first];
  order[first] = pivot;
  let i = first + 1;
  let j = last;
  for (;;) {
    while (less(order[i], pivot)) i++;
    j--;
    while (less(pivot, order[j])) j--;
    if (i >= j) return i;
    const swap = order[i];
    order[i] = order[j];
    order[j] = swap;
    i++;
  }
}

/** Leaves the smallest `middle − first` elements in a heap at the front (the fallback for unlucky pivots). */
function heapSelect(order: Int32Array, less: Less, first: number, middle: number, last: number): void {
  const length = middle - first;
  const sift = (hole: number, value: number): void => {
    const top = hole;
    let child = hole;
    while (child < (length - 1) >> 1) {
      child = 2 * (child + 1);
      if (less(order[first + child], order[first + child - 1])) child--;
      order[first + hole] = order[first + child];
      hole = child;
    }
    if ((length & 1) === 0 && child === (length - 2) >> 1) {
      child = 2 * (child + 1);
      order[first + hole] = order[first + child - 1];
      hole = child - 1;
    }
    let up = (hole - 1) >> 1;
    while (hole > top && less(order[first + up], value)) {
      order[first + hole] = order[first + up];
      hole = up;
      up = (hole - 1) >> 1;
    }
    order[first + hole] = value;
  };
  if (length >= 2) for (let p = (length - 2) >> 1; p >= 0; p--) sift(p, order[first + p]);
  for (let i = middle; i < last; i++)
    if (less(order[i], order[first])) {
      const value = order[i];
      order[i] = order[first];
      sift(0, value);
    }
}
