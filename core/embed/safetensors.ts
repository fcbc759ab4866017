import { open } from 'node:fs/promises';
import { writeAtomically } from '../base/atomic.ts';

/** A tensor to write: float32 or int32 by its array. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** Writes tensors in the safetensors format (https://github.com/huggingface/safetensors, README: format). */
export async function writeSafetensors(
  file: string,
  tensors: readonly NamedTensor[],
  metadata: Record<string, string> = {},
): Promise<void> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let at = 0;
  for (const { name, shape, data } of tensors) {
    header[name] = {
      dtype: data instanceof Float32Array ? 'F32' : 'I32',
      shape,
      data_offsets: [at, at + data.byteLength],
    };
    at += data.byteLength;
  }
  const json = Buffer.from(JSON.stringify(header));
  // The header is filled up with spaces, so that the numbers begin on a multiple of 8.
  const padded = Buffer.alloc(Math.ceil(json.length / 8) * 8, ' ');
  json.copy(padded);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  await writeAtomically(file, async (temporary) => {
    const handle = await open(temporary, 'w');
    try {
      for (const bytes of [length, padded]) await handle.appendFile(bytes);
      for (const { data } of tensors)
        await handle.appendFile(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    } finally {
      await handle.close();
    }
  });
}
