// One step of a Chebyshev filter on a graph's random walk, in AssemblyScript with SIMD; memory and pointers as in layout.as.

/**
 * next ← factor · (P·current − centre·current) / half − previous for the rows from … to of blocks [rows × 4·vectors], where
 * P = D⁻¹A: A's entries are `weights`, the inverse row sums `inverses`. With `first` previous is taken as 0.
 */
export function step(
  from: i32, to: i32, current: usize, previous: usize, next: usize, vectors: i32,
  offsets: usize, targets: usize, weights: usize, inverses: usize,
  factor: f32, centre: f32, half: f32, first: bool,
): void {
  const size = <usize>vectors << 4;
  const scale = f32x4.splat(factor / half);
  const shift = f32x4.splat(centre);
  for (let i = from; i < to; i++) {
    const row = <usize>i * size;
    const start = load<i32>(offsets + (<usize>i << 2));
    const end = load<i32>(offsets + (<usize>i << 2), 4);
    const inverse = v128.load32_splat(inverses + (<usize>i << 2));
    for (let c: usize = 0; c < size; c += 16) {
      let sum = f32x4.splat(0);
      for (let e = start; e < end; e++) {
        const weight = v128.load32_splat(weights + (<usize>e << 2));
        const target = <usize>load<u32>(targets + (<usize>e << 2)) * size;
        sum = f32x4.add(sum, f32x4.mul(weight, v128.load(current + target + c)));
      }
      const own = f32x4.mul(shift, v128.load(current + row + c));
      let value = f32x4.mul(scale, f32x4.sub(f32x4.mul(sum, inverse), own));
      if (!first) value = f32x4.sub(value, v128.load(previous + row + c));
      v128.store(next + row + c, value);
    }
  }
}
