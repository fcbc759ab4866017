/** The engine's messages as JSON: typed arrays become `{ $: 'f32', b: base64 }` (read by renderer/client/wire.ts). */
export function encode(message: unknown): string {
  return JSON.stringify(message, (_key, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value;
    const kind = kindOf(value);
    if (kind === null) throw new TypeError(`The wire knows no ${value.constructor.name}.`);
    return { $: kind, b: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') };
  });
}

function kindOf(value: ArrayBufferView): string | null {
  if (value instanceof Float32Array) return 'f32';
  if (value instanceof Float64Array) return 'f64';
  if (value instanceof Int32Array) return 'i32';
  if (value instanceof Uint8Array) return 'u8';
  return null;
}
