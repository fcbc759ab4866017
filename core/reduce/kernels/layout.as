// The inner loops of the layout, in AssemblyScript with SIMD. All arrays lie in one memory that the threads share; a pointer is a
// byte offset. Positions are padded to a whole number of 4-lane vectors a point; the padding stays 0.
// A thread owns the points it is given: it reads everyone's positions of the last round (`seen`) and writes its own (`moved`), so the
// result doesn't depend on which thread owns what. A round samples the edges from `starts` to `ends` of each point.

const most: f32 = 4; // A gradient's components are clipped to ±4 before the learning rate, as in umap-learn.
const negatives: i32 = 5;

/** Finaliser of MurmurHash3: well-mixed bits for a counter. */
// @ts-ignore: decorator
@inline
function mix(value: u32): u32 {
  let h = value;
  h = (h ^ (h >>> 16)) * 0x85ebca6b;
  h = (h ^ (h >>> 13)) * 0xc2b2ae35;
  return h ^ (h >>> 16);
}

/** The sum of four lanes, in every lane. */
// @ts-ignore: decorator
@inline
function sum(v: v128): v128 {
  const pairs = f32x4.add(v, i32x4.shuffle(v, v, 2, 3, 0, 1));
  return f32x4.add(pairs, i32x4.shuffle(pairs, pairs, 1, 0, 3, 2));
}

/** A coefficient at a squared distance, in every lane: the table is indexed by the float's top bits. */
// @ts-ignore: decorator
@inline
function look(table: usize, squared: v128): v128 {
  return v128.load32_splat(table + ((<u32>i32x4.extract_lane(squared, 0) >>> 16) << 2));
}

// @ts-ignore: decorator
@inline
function clip(v: v128): v128 {
  return f32x4.pmin(f32x4.splat(most), f32x4.pmax(f32x4.splat(-most), v));
}

/** Whether an edge of this rate (samples per epoch, at most 1) is due: every 1/rate epochs. */
// @ts-ignore: decorator
@inline
function due(rate: f32, epoch: f32): bool {
  return floor<f32>(epoch * rate) != floor<f32>((epoch - 1) * rate);
}

/**
 * One round for the points from … to, in up to 4 dimensions.
 * @param others positions that attract and repel, `count` of them
 * @param pulls 2 when every edge lies at both its ends: umap-learn then moves the pair twice in an epoch, both ends each time. Either
 *   end's owner works out the pair's two moves from the same positions and so keeps its own half of them. 1 when others stay put.
 */
export function round4(
  from: i32, to: i32, seen: usize, moved: usize, others: usize, count: u32,
  starts: usize, ends: usize, targets: usize, rates: usize, attraction: usize, repulsion: usize,
  epoch: i32, alpha: f32, pulls: i32, seed: u32,
): void {
  const step = f32x4.splat(alpha);
  const time = <f32>epoch;
  const salt = mix(seed ^ mix(<u32>epoch));
  for (let i = from; i < to; i++) {
    let y = v128.load(seen + (<usize>i << 4));
    const end = load<i32>(ends + (<usize>i << 2));
    for (let e = load<i32>(starts + (<usize>i << 2)); e < end; e++) {
      if (!due(load<f32>(rates + (<usize>e << 2)), time)) continue;
      let other = v128.load(others + (<usize>load<u32>(targets + (<usize>e << 2)) << 4));
      for (let p = 0; p < pulls; p++) {
        const away = f32x4.sub(y, other);
        const pull = look(attraction, sum(f32x4.mul(away, away)));
        const move = f32x4.mul(clip(f32x4.mul(pull, away)), step);
        y = f32x4.add(y, move);
        other = f32x4.sub(other, move);
      }
      let draw = mix(salt ^ (<u32>e * 0x9e3779b1));
      let push = f32x4.splat(0);
      for (let s = 0; s < negatives; s++) {
        draw = draw * 0x915f77f5 + 0x6a09e667;
        const r = <usize>((<u64>draw * <u64>count) >>> 32);
        const away = f32x4.sub(y, v128.load(others + (r << 4)));
        push = f32x4.add(push, clip(f32x4.mul(look(repulsion, sum(f32x4.mul(away, away))), away)));
      }
      y = f32x4.add(y, f32x4.mul(push, step));
    }
    v128.store(moved + (<usize>i << 4), y);
  }
}

/** The same in 5 to 8 dimensions. */
export function round8(
  from: i32, to: i32, seen: usize, moved: usize, others: usize, count: u32,
  starts: usize, ends: usize, targets: usize, rates: usize, attraction: usize, repulsion: usize,
  epoch: i32, alpha: f32, pulls: i32, seed: u32,
): void {
  const step = f32x4.splat(alpha);
  const time = <f32>epoch;
  const salt = mix(seed ^ mix(<u32>epoch));
  for (let i = from; i < to; i++) {
    let y0 = v128.load(seen + (<usize>i << 5));
    let y1 = v128.load(seen + (<usize>i << 5), 16);
    const end = load<i32>(ends + (<usize>i << 2));
    for (let e = load<i32>(starts + (<usize>i << 2)); e < end; e++) {
      if (!due(load<f32>(rates + (<usize>e << 2)), time)) continue;
      const at = others + (<usize>load<u32>(targets + (<usize>e << 2)) << 5);
      let other0 = v128.load(at);
      let other1 = v128.load(at, 16);
      for (let p = 0; p < pulls; p++) {
        const away0 = f32x4.sub(y0, other0);
        const away1 = f32x4.sub(y1, other1);
        const pull = look(attraction, sum(f32x4.add(f32x4.mul(away0, away0), f32x4.mul(away1, away1))));
        const move0 = f32x4.mul(clip(f32x4.mul(pull, away0)), step);
        y0 = f32x4.add(y0, move0);
        other0 = f32x4.sub(other0, move0);
        const move1 = f32x4.mul(clip(f32x4.mul(pull, away1)), step);
        y1 = f32x4.add(y1, move1);
        other1 = f32x4.sub(other1, move1);
      }
      let draw = mix(salt ^ (<u32>e * 0x9e3779b1));
      let push0 = f32x4.splat(0);
      let push1 = f32x4.splat(0);
      for (let s = 0; s < negatives; s++) {
        draw = draw * 0x915f77f5 + 0x6a09e667;
        const r = others + (<usize>((<u64>draw * <u64>count) >>> 32) << 5);
        const away0 = f32x4.sub(y0, v128.load(r));
        const away1 = f32x4.sub(y1, v128.load(r, 16));
        const push = look(repulsion, sum(f32x4.add(f32x4.mul(away0, away0), f32x4.mul(away1, away1))));
        push0 = f32x4.add(push0, clip(f32x4.mul(push, away0)));
        push1 = f32x4.add(push1, clip(f32x4.mul(push, away1)));
      }
      y0 = f32x4.add(y0, f32x4.mul(push0, step));
      y1 = f32x4.add(y1, f32x4.mul(push1, step));
    }
    v128.store(moved + (<usize>i << 5), y0);
    v128.store(moved + (<usize>i << 5), y1, 16);
  }
}

/** The same in any number of dimensions: `vectors` 4-lane vectors a point, and room for three points at `scratch`. */
export function roundAny(
  from: i32, to: i32, seen: usize, moved: usize, others: usize, count: u32,
  starts: usize, ends: usize, targets: usize, rates: usize, attraction: usize, repulsion: usize,
  epoch: i32, alpha: f32, pulls: i32, seed: u32, vectors: i32, scratch: usize,
): void {
  const step = f32x4.splat(alpha);
  const time = <f32>epoch;
  const salt = mix(seed ^ mix(<u32>epoch));
  const size = <usize>vectors << 4;
  const push = scratch + size;
  const other = scratch + 2 * size;
  for (let i = from; i < to; i++) {
    const own = scratch;
    memory.copy(own, seen + <usize>i * size, size);
    const end = load<i32>(ends + (<usize>i << 2));
    for (let e = load<i32>(starts + (<usize>i << 2)); e < end; e++) {
      if (!due(load<f32>(rates + (<usize>e << 2)), time)) continue;
      memory.copy(other, others + <usize>load<u32>(targets + (<usize>e << 2)) * size, size);
      for (let p = 0; p < pulls; p++) {
        const pull = look(attraction, apart(own, other, size));
        for (let c: usize = 0; c < size; c += 16) {
          const y = v128.load(own + c);
          const there = v128.load(other + c);
          const move = f32x4.mul(clip(f32x4.mul(pull, f32x4.sub(y, there))), step);
          v128.store(own + c, f32x4.add(y, move));
          v128.store(other + c, f32x4.sub(there, move));
        }
      }
      let draw = mix(salt ^ (<u32>e * 0x9e3779b1));
      memory.fill(push, 0, size);
      for (let s = 0; s < negatives; s++) {
        draw = draw * 0x915f77f5 + 0x6a09e667;
        const r = others + <usize>((<u64>draw * <u64>count) >>> 32) * size;
        const coefficient = look(repulsion, apart(own, r, size));
        for (let c: usize = 0; c < size; c += 16) {
          const away = f32x4.sub(v128.load(own + c), v128.load(r + c));
          v128.store(push + c, f32x4.add(v128.load(push + c), clip(f32x4.mul(coefficient, away))));
        }
      }
      for (let c: usize = 0; c < size; c += 16)
        v128.store(own + c, f32x4.add(v128.load(own + c), f32x4.mul(v128.load(push + c), step)));
    }
    memory.copy(moved + <usize>i * size, own, size);
  }
}

/** Squared distance of two points, in every lane. */
function apart(p: usize, q: usize, size: usize): v128 {
  let squares = f32x4.splat(0);
  for (let c: usize = 0; c < size; c += 16) {
    const away = f32x4.sub(v128.load(p + c), v128.load(q + c));
    squares = f32x4.add(squares, f32x4.mul(away, away));
  }
  return sum(squares);
}
