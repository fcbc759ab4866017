import { ModelError } from '../../base/errors.ts';

/** A field of a protobuf message: a number for varints and 32-bit floats, bytes for everything with a length. */
export interface Field {
  readonly number: number;
  readonly value: number | Uint8Array;
}

/** The fields of a protobuf message (https://protobuf.dev/programming-guides/encoding). @throws ModelError when it is cut short. */
export function* protobufFields(bytes: Uint8Array, what: string): Generator<Field> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const need = (n: number): number => {
    if (n < 0 || at + n > bytes.length)
      throw new ModelError(`${what} is cut short or no SentencePiece model; download it again.`);
    at += n;
    return at - n;
  };
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 64; shift += 7) {
      const byte = bytes[need(1)];
      // Numbers beyond 2^53 are of no use here; negative ones (ten bytes) become −1.
      if (shift < 49) value += (byte & 127) * 2 ** shift;
      if (byte < 128) return shift >= 63 ? -1 : value;
    }
    throw new ModelError(`${what} is damaged; download it again.`);
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    switch (tag & 7) {
      case 0:
        yield { number, value: varint() };
        break;
      case 1:
        need(8);
        break;
      case 2: {
        const length = varint();
        const from = need(length);
        yield { number, value: bytes.subarray(from, from + length) };
        break;
      }
      case 5:
        yield { number, value: view.getFloat32(need(4), true) };
        break;
      default:
        throw new ModelError(`${what} is no SentencePiece model; download it again.`);
    }
  }
}
