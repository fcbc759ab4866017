import { readFile } from 'node:fs/promises';
import { InputError } from '../../base/errors.ts';

/** A tensor of a small file, held in memory. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array | BigInt64Array;
}

const types = {
  F32: Float32Array,
  F64: Float64Array,
  I32: Int32Array,
  I64: BigInt64Array,
} as const;
type Type = keyof typeof types;

function typeOf(data: Tensor['data']): Type {
  for (const [name, constructor] of Object.entries(types))
    if (data instanceof constructor) return name as Type;
  throw new TypeError('unknown tensor type');
}

/** The bytes of a safetensors file: header length, JSON header padded with spaces to eight bytes, tensors one after the other. */
export function encodeSafetensors(tensors: Readonly<Record<string, Tensor>>): Uint8Array {
  let at = 0;
  const header: Record<string, unknown> = {};
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    header[name] = { dtype: typeOf(data), shape, data_offsets: [at, at + data.byteLength] };
    at += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + at).fill(32, 8, 8 + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(json, 8);
  at = 8 + length;
  for (const { data } of Object.values(tensors)) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/**
 * Reads a whole safetensors file of float32, float64, int32 and int64 tensors.
 * @throws InputError when it is no such file or cut short.
 */
export async function readSafetensors(file: string): Promise<Record<string, Tensor>> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new InputError(`Can't read ${file}; check the path.`, { cause });
  }
  const broken = (what: string, cause?: unknown): InputError =>
    new InputError(`${file} is not a whole safetensors file (${what}); save it again.`, { cause });
  if (bytes.length < 8) throw broken('it has no header');
  const length = Number(bytes.readBigUInt64LE(0));
  if (length > bytes.length - 8) throw broken('its header is cut short');
  let header: Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>;
  try {
    header = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as typeof header;
  } catch (cause) {
    throw broken('its header is no JSON', cause);
  }
  const tensors: Record<string, Tensor> = {};
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    if (!(dtype in types)) throw broken(`tensor ${name} is of type ${dtype}`);
    const [from, to] = data_offsets.map((o) => o + 8 + length);
    const constructor = types[dtype as Type];
    const count = shape.reduce((a, b) => a * b, 1);
    if (to > bytes.length || to - from !== count * constructor.BYTES_PER_ELEMENT)
      throw broken(`tensor ${name} is cut short`);
    // A copy, since a typed array wants an aligned start.
    const body = bytes.buffer.slice(bytes.byteOffset + from, bytes.byteOffset + to) as ArrayBuffer;
    tensors[name] = { shape, data: new constructor(body) };
  }
  return tensors;
}
