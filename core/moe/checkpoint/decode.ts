import { halfToFloat } from '../../base/npy.ts';
import type { StoredType } from './types.ts';

/** Numbers as float32 from their stored bytes (little-endian). The bytes must begin at a fresh buffer's start. */
export function decode(type: StoredType, bytes: Uint8Array): Float32Array {
  const { buffer, byteOffset: at, byteLength: length } = bytes;
  switch (type) {
    case 'F32':
      return new Float32Array(buffer, at, length / 4);
    case 'BF16':
      return decodeBf16(new Uint16Array(buffer, at, length / 2));
    case 'F16':
      return lookup(new Uint16Array(buffer, at, length / 2), halfTable());
    case 'F64':
      return Float32Array.from(new Float64Array(buffer, at, length / 8));
    case 'I64':
      return Float32Array.from(new BigInt64Array(buffer, at, length / 8), Number);
    case 'I32':
      return Float32Array.from(new Int32Array(buffer, at, length / 4));
    case 'I16':
      return Float32Array.from(new Int16Array(buffer, at, length / 2));
    case 'I8':
      return Float32Array.from(new Int8Array(buffer, at, length));
    case 'U8':
    case 'BOOL':
      return Float32Array.from(bytes);
    case 'F8_E4M3':
      return lookup(bytes, table8(e4m3));
    case 'F8_E5M2':
      return lookup(
        bytes,
        table8((b) => halfToFloat(b << 8)),
      );
    case 'F8_E8M0':
      return lookup(
        bytes,
        table8((b) => (b === 255 ? NaN : 2 ** (b - 127))),
      );
  }
}

function decodeBf16(values: Uint16Array): Float32Array {
  const bits = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) bits[i] = values[i] << 16;
  return new Float32Array(bits.buffer);
}

function lookup(codes: Uint16Array | Uint8Array, table: Float32Array): Float32Array {
  const out = new Float32Array(codes.length);
  for (let i = 0; i < codes.length; i++) out[i] = table[codes[i]];
  return out;
}

let halves: Float32Array | undefined;
function halfTable(): Float32Array {
  return (halves ??= Float32Array.from({ length: 65536 }, (_, i) => halfToFloat(i)));
}

function table8(value: (byte: number) => number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, i) => value(i));
}

/** OCP 8-bit float E4M3 (finite, NaN at 0x7f and 0xff). */
function e4m3(b: number): number {
  const sign = b & 128 ? -1 : 1;
  const exponent = (b >> 3) & 15;
  const fraction = b & 7;
  if (exponent === 15 && fraction === 7) return NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -9 : (8 + fraction) * 2 ** (exponent - 10));
}
