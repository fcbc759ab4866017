// The k nearest points of each point, itself among them, nearest first. The points of one leaf search together.
import {
  field, pointer, int, setInt, double, setDouble, loosely, fourDistances, fourDistances5, fourToBox,
  exactDistance, boxDistances,
  COLUMNS, NODES, FIRST_LEAF, PAD, NEIGHBOURS, START, BOXES, LEAVES, NEAR, NEAR_SQUARED,
} from './header';

/** Fills the neighbours of the points in leaves `from` to `to`; `stack` is this thread's own room. */
export function nearest(from: i32, to: i32, stack: usize): void {
  const columns = field(COLUMNS);
  const boxes = pointer(BOXES);
  const boxBytes = <usize>columns * 8;
  const k = field(NEIGHBOURS);
  // Per point of the leaf, a little more than its k-th squared distance.
  const limits = stack + 4096;
  const near = pointer(NEAR);
  const squared = pointer(NEAR_SQUARED);
  for (let leaf = from; leaf < to; leaf++) {
    const own = field(FIRST_LEAF) + leaf;
    const first = int(pointer(START), 2 * own);
    const last = int(pointer(START), 2 * own + 1);
    for (let i = first * k; i < last * k; i++) {
      setInt(near, i, -1);
      setDouble(squared, i, Infinity);
    }
    const box = boxes + <usize>own * boxBytes;
    // Nothing is near enough to the padding.
    for (let i = 0; i < field(PAD); i++) store<f32>(limits + (<usize>i << 2), i < last - first ? f32.MAX_VALUE : -1);
    let bound = scan(own, own, limits);
    let depth = 1;
    setInt(stack, 0, 0);
    store<f64>(stack, 0, 8);
    while (depth > 0) {
      depth--;
      const at = stack + (<usize>depth << 4);
      const node = load<i32>(at);
      if (load<f64>(at, 8) >= bound || node == own) continue;
      const left = 2 * node + 1;
      if (left >= field(NODES)) {
        bound = scan(own, node, limits);
        continue;
      }
      const d = boxDistances(box, boxes + <usize>left * boxBytes, boxBytes);
      const dl = f64x2.extract_lane(d, 0);
      const dr = f64x2.extract_lane(d, 1);
      // The nearer child is pushed last, so that it is visited first.
      const swap = i32(dl <= dr);
      store<i32>(at, left + swap);
      store<f64>(at, select(dr, dl, swap), 8);
      store<i32>(at, left + 1 - swap, 16);
      store<f64>(at, select(dl, dr, swap), 24);
      depth += 2;
    }
  }
}

/** Offers the points of leaf b to those of leaf a; returns at least the largest k-th distance in a. */
function scan(a: i32, b: i32, limits: usize): f64 {
  const columns = field(COLUMNS);
  const stride = <usize>field(PAD) * 4;
  const leafBytes = <usize>columns * stride;
  const pointsA = pointer(LEAVES) + <usize>(a - field(FIRST_LEAF)) * leafBytes;
  const pointsB = pointer(LEAVES) + <usize>(b - field(FIRST_LEAF)) * leafBytes;
  const box = pointer(BOXES) + <usize>(b * columns) * 8;
  const first = int(pointer(START), 2 * a);
  const count = int(pointer(START), 2 * a + 1) - first;
  const firstB = int(pointer(START), 2 * b);
  const countB = int(pointer(START), 2 * b + 1) - firstB;
  let most: f32 = 0;
  for (let group = 0; group < count; group += 4) {
    const place = <usize>group * 4;
    let near = i32x4.bitmask(f32x4.le(fourToBox(pointsA + place, stride, box, columns), v128.load(limits + place)));
    while (near != 0) {
      const i = group + ctz(near);
      near &= near - 1;
      const point = pointsA + <usize>i * 4;
      const own = limits + <usize>i * 4;
      if (columns == 5) {
        const x = v128.load32_splat(point);
        const y = v128.load32_splat(point + stride);
        const z = v128.load32_splat(point + 2 * stride);
        const u = v128.load32_splat(point + 3 * stride);
        const w = v128.load32_splat(point + 4 * stride);
        let limit = v128.load32_splat(own);
        for (let v = 0; v < countB; v += 4) {
          const others = pointsB + <usize>v * 4;
          const lanes = i32x4.bitmask(f32x4.le(fourDistances5(x, y, z, u, w, others, stride), limit));
          if (lanes == 0) continue;
          offer(first + i, point, others, firstB + v, lanes, stride, columns, own);
          limit = v128.load32_splat(own);
        }
      } else
        for (let v = 0; v < countB; v += 4) {
          const others = pointsB + <usize>v * 4;
          const lanes = i32x4.bitmask(f32x4.le(fourDistances(point, others, stride, columns), v128.load32_splat(own)));
          if (lanes != 0) offer(first + i, point, others, firstB + v, lanes, stride, columns, own);
        }
    }
  }
  for (let i = 0; i < count; i++) most = max(most, load<f32>(limits + <usize>i * 4));
  return <f64>most;
}

/** Moves the entries from `first` up to before `last` one place on, several at once. */
// @ts-ignore: decorator
@inline
function makeRoom(near: usize, squared: usize, first: i32, last: i32): void {
  let i = last;
  for (; i - 2 >= first; i -= 2) {
    const at = squared + (<usize>i << 3);
    v128.store(at - 8, v128.load(at - 16));
  }
  if (i > first) setDouble(squared, i, double(squared, i - 1));
  i = last;
  for (; i - 4 >= first; i -= 4) {
    const at = near + (<usize>i << 2);
    v128.store(at - 12, v128.load(at - 16));
  }
  for (; i > first; i--) setInt(near, i, int(near, i - 1));
}

/** Takes those of four points into p's list that are near enough, and tightens its limit. */
function offer(p: i32, point: usize, others: usize, q: i32, lanes: i32, stride: usize, columns: i32, limit: usize): void {
  const k = field(NEIGHBOURS);
  const near = pointer(NEAR) + <usize>p * <usize>k * 4;
  const squared = pointer(NEAR_SQUARED) + <usize>p * <usize>k * 8;
  let worst = double(squared, k - 1);
  while (lanes != 0) {
    const lane = ctz(lanes);
    lanes &= lanes - 1;
    const d = exactDistance(point, others + <usize>lane * 4, stride, columns);
    if (d >= worst) continue;
    let i = k - 1;
    while (i > 0 && double(squared, i - 1) > d) i--;
    makeRoom(near, squared, i, k - 1);
    setDouble(squared, i, d);
    setInt(near, i, q + lane);
    worst = double(squared, k - 1);
  }
  store<f32>(limit, loosely(min(worst, <f64>f32.MAX_VALUE), columns));
}
