/** The typed arrays that results may hold, by the name under which the file keeps their type. */
const kinds = {
  f32: Float32Array,
  f64: Float64Array,
  i8: Int8Array,
  u8: Uint8Array,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  i64: BigInt64Array,
} as const;

export type ArrayKind = keyof typeof kinds;
export type TypedArray = InstanceType<(typeof kinds)[ArrayKind]>;

/** A typed array's kind, or null when the value is none. */
export function kindOf(value: unknown): ArrayKind | null {
  if (!ArrayBuffer.isView(value)) return null;
  // Buffers are byte arrays; other subclasses would come back as something else than what was put in.
  for (const [kind, type] of Object.entries(kinds)) if (value instanceof type) return kind as ArrayKind;
  throw new TypeError(`A ${value.constructor.name} can't be kept in a project.`);
}

/** A zeroed array and its bytes. */
export function makeArray(kind: ArrayKind, length: number): { array: TypedArray; bytes: Uint8Array } {
  const array = new kinds[kind](length);
  return { array, bytes: new Uint8Array(array.buffer) };
}

/** An array's bytes without a copy (all platforms that MoETopic runs on are little-endian). */
export function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** The parts in which an array is kept: an own copy each, because shared memory can't be handed to native code. */
export function* partsOf(array: ArrayBufferView, size: number): Generator<Uint8Array> {
  const bytes = bytesOf(array);
  for (let at = 0; at < bytes.length; at += size) yield Uint8Array.from(bytes.subarray(at, at + size));
}
