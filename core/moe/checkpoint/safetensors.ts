import { open } from 'node:fs/promises';
import path from 'node:path';
import { ModelError } from '../../base/errors.ts';
import { elementBytes, type StoredTensor, type StoredType } from './types.ts';

/** No real header comes near (18,000 tensors make 2.3 MB); a larger one only serves to fill the memory. */
const mostHeaderBytes = 32 * 1024 * 1024;

/** A file, here or elsewhere, of which parts can be read. */
export interface ByteSource {
  /** Bytes of the whole. */
  readonly size: number;
  read(from: number, to: number): Promise<Uint8Array>;
}

/**
 * The tensors of a safetensors file (https://huggingface.co/docs/safetensors, section Format), from its header alone.
 * @throws ModelError naming the file and, where one is at fault, the tensor.
 */
export async function readSafetensorsHeader(file: string): Promise<StoredTensor[]> {
  const name = path.basename(file);
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw new ModelError(`${name}: the file can't be opened; download the model again.`, { cause });
  });
  try {
    const { size } = await handle.stat();
    const read = async (from: number, to: number): Promise<Uint8Array> =>
      (await handle.read(Buffer.alloc(to - from), 0, to - from, from)).buffer;
    return await parseSafetensorsHeader({ size, read }, file);
  } finally {
    await handle.close();
  }
}

/** The same of a file that may be on another machine; `file` is its place once it is here. */
export async function parseSafetensorsHeader(source: ByteSource, file: string): Promise<StoredTensor[]> {
  const name = path.basename(file);
  const { size } = source;
  if (size < 8) throw new ModelError(`${name}: ${size} bytes are no safetensors file; download it again.`);
  const prefix = Buffer.from(await source.read(0, 8));
  const length = prefix.readBigUInt64LE();
  if (length > BigInt(size - 8))
    throw new ModelError(
      `${name}: its header claims ${length} bytes but the file has ${size}; it is cut short or not a safetensors file: download it again.`,
    );
  if (length > BigInt(mostHeaderBytes))
    throw new ModelError(
      `${name}: its header of ${length} bytes is larger than the ${mostHeaderBytes} that are read; this is no model's header.`,
    );
  const headerLength = Number(length);
  const text = Buffer.from(await source.read(8, 8 + headerLength));
  let header: unknown;
  try {
    header = JSON.parse(text.toString('utf8'));
  } catch (cause) {
    throw new ModelError(`${name}: its header is not JSON; download it again.`, { cause });
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw new ModelError(`${name}: its header is not a JSON object; download it again.`);
  const start = 8 + headerLength;
  const tensors = Object.entries(header)
    .filter(([key]) => key !== '__metadata__')
    .map(([key, entry]) => tensorOf(key, entry, file, name, start, size - start));
  checkLayout(tensors, name, start, size);
  return tensors;
}

function tensorOf(
  key: string,
  entry: unknown,
  file: string,
  name: string,
  start: number,
  body: number,
): StoredTensor {
  const e = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
  const where = `${name}: tensor ${JSON.stringify(key)}`;
  const { dtype, shape, data_offsets: offsets } = e;
  if (typeof dtype !== 'string' || !Object.hasOwn(elementBytes, dtype))
    throw new ModelError(
      `${where} has the element type ${JSON.stringify(dtype)}, which MoETopic does not know; it reads ${Object.keys(elementBytes).join(', ')}.`,
    );
  if (!isCounts(shape))
    throw new ModelError(`${where} has the shape ${JSON.stringify(shape)}, which is not a list of sizes.`);
  if (!isCounts(offsets) || offsets.length !== 2)
    throw new ModelError(`${where} has the offsets ${JSON.stringify(offsets)}, which are not two positions.`);
  const [from, to] = offsets;
  if (from > to || to > body)
    throw new ModelError(
      `${where} lies at bytes ${from} to ${to}, outside the ${body} bytes of data in the file; it is cut short or damaged: download it again.`,
    );
  const type = dtype as StoredType;
  const expected = shape.reduce((product, n) => product * n, elementBytes[type]);
  if (expected !== to - from)
    throw new ModelError(
      `${where} of type ${type} and shape [${shape.join(', ')}] needs ${expected} bytes but has ${to - from}; the file is damaged.`,
    );
  return { name: key, type, shape, file, begin: start + from, end: start + to };
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && (n as number) >= 0);
}

/** Tensors must follow each other without overlap or gap, as the format demands (a gap can hide other data). */
function checkLayout(tensors: readonly StoredTensor[], name: string, start: number, size: number): void {
  const sorted = [...tensors].sort((a, b) => a.begin - b.begin || a.end - b.end);
  let at = start;
  let before = 'the header';
  for (const t of sorted) {
    if (t.begin < at)
      throw new ModelError(
        `${name}: tensor ${JSON.stringify(t.name)} overlaps ${JSON.stringify(before)}; the file is damaged or hostile.`,
      );
    if (t.begin > at)
      throw new ModelError(
        `${name}: ${t.begin - at} bytes before tensor ${JSON.stringify(t.name)} belong to no tensor; the file is damaged or hostile.`,
      );
    at = t.end;
    before = t.name;
  }
  if (at !== size)
    throw new ModelError(
      `${name}: ${size - at} bytes after tensor ${JSON.stringify(before)} belong to no tensor; the file is damaged or hostile.`,
    );
}
