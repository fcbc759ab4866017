// Distances of one row to some others, in AssemblyScript with SIMD. Rows are padded with zeros to a multiple of 4 numbers.

// @ts-ignore: decorator
@inline
function total(v: v128): f32 {
  return (f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1)) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/** out[i] ← |row − rows[candidates[i]]|² (differences first: equal rows are at exactly 0). `bytes` is the length of a row. */
export function squares(row: usize, rows: usize, bytes: usize, candidates: usize, count: i32, out: usize): void {
  for (let i = 0; i < count; i++) {
    const other = rows + <usize>load<u32>(candidates + (<usize>i << 2)) * bytes;
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c: usize = 0;
    for (; c + 16 < bytes; c += 32) {
      const d = f32x4.sub(v128.load(row + c), v128.load(other + c));
      const e = f32x4.sub(v128.load(row + c, 16), v128.load(other + c, 16));
      a = f32x4.add(a, f32x4.mul(d, d));
      b = f32x4.add(b, f32x4.mul(e, e));
    }
    if (c < bytes) {
      const d = f32x4.sub(v128.load(row + c), v128.load(other + c));
      a = f32x4.add(a, f32x4.mul(d, d));
    }
    store<f32>(out + (<usize>i << 2), total(f32x4.add(a, b)));
  }
}

/** out[i] ← ⟨row, rows[candidates[i]]⟩. */
export function products(row: usize, rows: usize, bytes: usize, candidates: usize, count: i32, out: usize): void {
  for (let i = 0; i < count; i++) {
    const other = rows + <usize>load<u32>(candidates + (<usize>i << 2)) * bytes;
    let a = f32x4.splat(0);
    for (let c: usize = 0; c < bytes; c += 16) a = f32x4.add(a, f32x4.mul(v128.load(row + c), v128.load(other + c)));
    store<f32>(out + (<usize>i << 2), total(a));
  }
}
