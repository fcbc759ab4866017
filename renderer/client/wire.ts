/** Reads the engine's JSON: `{ $: 'f32', b: base64 }` becomes a typed array again (written by app/wire.ts). */
const kinds = {
  f32: Float32Array,
  f64: Float64Array,
  i32: Int32Array,
  u8: Uint8Array,
} as const;

export function decode(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('$' in value) || !('b' in value)) return value;
    const kind = kinds[value.$ as keyof typeof kinds];
    return kind === undefined ? value : new kind(bytes(value.b as string).buffer);
  });
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const out = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) out[i] = binary.charCodeAt(i);
  return out;
}
