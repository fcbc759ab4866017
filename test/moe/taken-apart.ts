import { cp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { openCheckpoint } from '../../core/moe/checkpoint/open.ts';
import { fixtures } from './fixtures.ts';

export interface Tensor {
  type: string;
  shape: readonly number[];
  bytes: Uint8Array;
}
export type Tensors = Map<string, Tensor>;

/** A file of these tensors, one after the other. */
export function safetensors(tensors: Tensors): Buffer {
  let at = 0;
  const header: Record<string, unknown> = {};
  for (const [name, { type, shape, bytes }] of tensors)
    header[name] = { dtype: type, shape, data_offsets: [at, (at += bytes.length)] };
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, ...[...tensors.values()].map((t) => t.bytes)]);
}

/** A fixture's tensors, taken out of its files; its other files are put into `folder`. */
export async function takenApart(fixture: string, folder: string): Promise<Tensors> {
  await cp(path.join(fixtures, fixture), folder, { recursive: true });
  const checkpoint = await openCheckpoint(folder);
  const tensors: Tensors = new Map();
  for (const [name, t] of checkpoint.tensors)
    tensors.set(name, {
      type: t.type,
      shape: t.shape,
      bytes: await checkpoint.bytes(name, 0, t.end - t.begin),
    });
  await checkpoint.close();
  for (const file of await readdir(folder))
    if (/^(model|pytorch_model)/.test(file)) await rm(path.join(folder, file));
  return tensors;
}
