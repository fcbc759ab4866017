// The memory that all kernels share starts with a header of i32 fields; pointers are byte offsets. hdbscan-memory.ts lays it out.
// Nodes of the k-d tree are in heap order; leaf l is node firstLeaf + l. A leaf's coordinates lie dimension by dimension, padded with NaN
// to `pad` points, so that four points are compared at once. Everything about points is indexed by their position in leaf order.

// @ts-ignore: decorator
@inline
export function field(i: i32): i32 {
  return load<i32>(<usize>i << 2);
}

// @ts-ignore: decorator
@inline
export function pointer(i: i32): usize {
  return <usize>load<i32>(<usize>i << 2);
}

// @ts-ignore: decorator
@inline
export function setField(i: i32, value: i32): void {
  store<i32>(<usize>i << 2, value);
}

export const ROWS: i32 = 0;
export const COLUMNS: i32 = 1;
export const NODES: i32 = 2;
export const FIRST_LEAF: i32 = 3;
export const PAD: i32 = 4;
export const NEIGHBOURS: i32 = 5;
export const COMPONENT_COUNT: i32 = 6;
export const EDGE_COUNT: i32 = 7;
export const DEPTH: i32 = 8;
export const APPROXIMATE: i32 = 9;

export const INPUT: i32 = 16;
export const ORDER: i32 = 17;
export const KEYS: i32 = 18;
export const START: i32 = 19;
export const BOXES: i32 = 20;
export const RADIUS: i32 = 21;
export const LEAVES: i32 = 22;
export const NEAR: i32 = 23;
export const NEAR_SQUARED: i32 = 24;
export const CORE: i32 = 25;
export const BOUNDS: i32 = 26;
export const POINT_COMPONENT: i32 = 27;
export const NODE_COMPONENT: i32 = 28;
export const CANDIDATE_FROM: i32 = 29;
export const CANDIDATE_TO: i32 = 30;
export const CANDIDATE: i32 = 31;
export const PARENT: i32 = 32;
export const RANK: i32 = 33;
export const COMPONENTS: i32 = 34;
export const EDGE_FROM: i32 = 35;
export const EDGE_TO: i32 = 36;
export const EDGE_LENGTH: i32 = 37;
export const STACK: i32 = 38;
export const EDGE_ORDER: i32 = 39;
export const SCRATCH: i32 = 40;

// @ts-ignore: decorator
@inline
export function int(base: usize, i: i32): i32 {
  return load<i32>(base + (<usize>i << 2));
}

// @ts-ignore: decorator
@inline
export function setInt(base: usize, i: i32, value: i32): void {
  store<i32>(base + (<usize>i << 2), value);
}

// @ts-ignore: decorator
@inline
export function double(base: usize, i: i32): f64 {
  return load<f64>(base + (<usize>i << 3));
}

// @ts-ignore: decorator
@inline
export function setDouble(base: usize, i: i32, value: f64): void {
  store<f64>(base + (<usize>i << 3), value);
}

// @ts-ignore: decorator
@inline
export function single(base: usize, i: i32): f32 {
  return load<f32>(base + (<usize>i << 2));
}

/** Squared distance at least as large as any that single precision takes for one of `squared`. */
// @ts-ignore: decorator
@inline
export function loosely(squared: f64, columns: i32): f32 {
  return <f32>(squared * (1.0 + 2.5e-7 * <f64>(columns + 8)) + 1e-37);
}

/** Squared distances of a point to four others in single precision; `stride` is that of both leaves, in bytes. */
// @ts-ignore: decorator
@inline
export function fourDistances(point: usize, others: usize, stride: usize, columns: i32): v128 {
  if (columns == 5)
    return fourDistances5(
      v128.load32_splat(point), v128.load32_splat(point + stride), v128.load32_splat(point + 2 * stride),
      v128.load32_splat(point + 3 * stride), v128.load32_splat(point + 4 * stride), others, stride,
    );
  let sum = f32x4.splat(0);
  for (let j = 0; j < columns; j++) {
    const d = f32x4.sub(v128.load(others), v128.load32_splat(point));
    sum = f32x4.add(sum, f32x4.mul(d, d));
    others += stride;
    point += stride;
  }
  return sum;
}

/** The same in five dimensions, the point's coordinates in all lanes of a vector each. */
// @ts-ignore: decorator
@inline
export function fourDistances5(a: v128, b: v128, c: v128, d: v128, e: v128, others: usize, stride: usize): v128 {
  a = f32x4.sub(v128.load(others), a);
  b = f32x4.sub(v128.load(others + stride), b);
  c = f32x4.sub(v128.load(others + 2 * stride), c);
  d = f32x4.sub(v128.load(others + 3 * stride), d);
  e = f32x4.sub(v128.load(others + 4 * stride), e);
  const ab = f32x4.add(f32x4.mul(a, a), f32x4.mul(b, b));
  const cd = f32x4.add(f32x4.mul(c, c), f32x4.mul(d, d));
  return f32x4.add(f32x4.add(ab, cd), f32x4.mul(e, e));
}

/** Squared distances of four points to a box, in single precision. */
// @ts-ignore: decorator
@inline
export function fourToBox(points: usize, stride: usize, box: usize, columns: i32): v128 {
  const zero = f32x4.splat(0);
  let sum = zero;
  for (let j = 0; j < columns; j++) {
    const v = v128.load(points);
    const below = f32x4.sub(v128.load32_splat(box), v);
    const above = f32x4.sub(v, v128.load32_splat(box, 4));
    const d = f32x4.pmax(zero, f32x4.pmax(below, above));
    sum = f32x4.add(sum, f32x4.mul(d, d));
    points += stride;
    box += 8;
  }
  return sum;
}

/** The squared distance in double precision, dimensions added up in their order. */
// @ts-ignore: decorator
@inline
export function exactDistance(point: usize, other: usize, stride: usize, columns: i32): f64 {
  let sum: f64 = 0;
  for (let j = 0; j < columns; j++) {
    const d = <f64>load<f32>(point) - <f64>load<f32>(other);
    sum += d * d;
    point += stride;
    other += stride;
  }
  return sum;
}

/** Squared distances of a node's box to those of two siblings, which lie one after the other: the left one's in the first lane. */
// @ts-ignore: decorator
@inline
export function boxDistances(box: usize, left: usize, bytes: usize): v128 {
  const zero = f64x2.splat(0);
  const right = left + bytes;
  let sum = zero;
  for (let j: usize = 0; j < bytes; j += 8) {
    const both = v128.load64_lane(right + j, v128.load64_zero(left + j), 1);
    const lower = f64x2.promote_low_f32x4(v128.shuffle<f32>(both, both, 0, 2, 0, 2));
    const upper = f64x2.promote_low_f32x4(v128.shuffle<f32>(both, both, 1, 3, 1, 3));
    const below = f64x2.sub(f64x2.splat(<f64>load<f32>(box + j)), upper);
    const above = f64x2.sub(lower, f64x2.splat(<f64>load<f32>(box + j, 4)));
    const d = f64x2.pmax(f64x2.pmax(below, above), zero);
    sum = f64x2.add(sum, f64x2.mul(d, d));
  }
  return sum;
}
