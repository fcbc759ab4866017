import { open } from 'node:fs/promises';
import path from 'node:path';
import { ModelError } from '../../base/errors.ts';
import { runPickle, type Global } from './pickle-machine.ts';
import { elementBytes, type StoredTensor, type StoredType } from './types.ts';
import type { ZipEntry } from './zip.ts';

const mostPickleBytes = 64 * 1024 * 1024;

const storageTypes: Record<string, StoredType> = {
  'torch.FloatStorage': 'F32',
  'torch.DoubleStorage': 'F64',
  'torch.HalfStorage': 'F16',
  'torch.BFloat16Storage': 'BF16',
  'torch.LongStorage': 'I64',
  'torch.IntStorage': 'I32',
  'torch.ShortStorage': 'I16',
  'torch.CharStorage': 'I8',
  'torch.ByteStorage': 'U8',
  'torch.BoolStorage': 'BOOL',
};

interface Storage {
  /** Null for a kind that is not read, which `kind` names. */
  type: StoredType | null;
  kind: string;
  entry: ZipEntry;
}

interface PickledTensor {
  tensor: true;
  storage: Storage;
  offset: number;
  shape: number[];
  strides: number[];
}

/**
 * The tensors of a torch.save archive. The pickle is run by a machine that can rebuild tensors and ordered dictionaries and nothing else
 * (torch/_utils.py: _rebuild_tensor_v2, _rebuild_parameter), so loading a hostile file can't run anything.
 * @throws ModelError naming the file and the tensor, or the function that the pickle tried to call.
 */
export async function readTorchPickle(zip: Map<string, ZipEntry>, file: string): Promise<StoredTensor[]> {
  const name = path.basename(file);
  const pickle = [...zip.values()].find((e) => e.name.endsWith('/data.pkl'));
  if (!pickle)
    throw new ModelError(`${name} holds no data.pkl, so torch.save did not write it; download it again.`);
  const root = pickle.name.slice(0, -'data.pkl'.length);
  const length = pickle.end - pickle.begin;
  if (length > mostPickleBytes)
    throw new ModelError(
      `${name}: its pickle of ${length} bytes is larger than any model's; it is not read.`,
    );
  const bytes = Buffer.alloc(length);
  const handle = await open(file, 'r');
  try {
    await handle.read(bytes, 0, length, pickle.begin);
    const order = zip.get(`${root}byteorder`);
    if (order) {
      const text = Buffer.alloc(Math.min(16, order.end - order.begin));
      await handle.read(text, 0, text.length, order.begin);
      if (text.toString('latin1') !== 'little')
        throw new ModelError(
          `${name} was saved on a big-endian machine, which is not read; save it as safetensors.`,
        );
    }
  } finally {
    await handle.close();
  }
  const state = runPickle(bytes, name, {
    call: (callee, args) => call(callee, args, name),
    persistent: (id) => storageOf(id, root, zip, name),
  });
  return tensorsOf(state, file, name);
}

function call(callee: Global, args: readonly unknown[], file: string): unknown {
  switch (callee.toString()) {
    case 'collections.OrderedDict':
      return new Map();
    case 'torch._utils._rebuild_tensor_v2':
    case 'torch._utils._rebuild_tensor_v3': {
      const [storage, offset, shape, strides] = args;
      if (isStorage(storage) && isCount(offset) && isCounts(shape) && isCounts(strides))
        return { tensor: true, storage, offset, shape, strides } satisfies PickledTensor;
      throw new ModelError(
        `${file} describes a tensor in a way that is not understood; save it as safetensors.`,
      );
    }
    case 'torch._utils._rebuild_parameter':
      return args[0];
    default:
      throw new ModelError(
        `${file} was refused: its pickle wants to call ${callee.toString()}, and only tensors may be in it; save the model as safetensors if you trust it.`,
      );
  }
}

function storageOf(id: unknown, root: string, zip: Map<string, ZipEntry>, file: string): Storage {
  const [kind, type, key] = Array.isArray(id) ? (id as unknown[]) : [];
  const stored = kind === 'storage' ? storageTypes[String(type)] : undefined;
  const entry = zip.get(`${root}data/${String(key)}`);
  if (!entry)
    throw new ModelError(`${file} has no data/${String(key)}, which a tensor needs; download it again.`);
  return { type: stored ?? null, kind: String(type), entry };
}

function tensorsOf(state: unknown, file: string, name: string): StoredTensor[] {
  let dict = state;
  // Training scripts wrap the weights once more.
  if (dict instanceof Map && dict.get('state_dict') instanceof Map) dict = dict.get('state_dict');
  if (!(dict instanceof Map))
    throw new ModelError(`${name} holds no dictionary of tensors; save it as safetensors.`);
  const out: StoredTensor[] = [];
  for (const [key, value] of dict as Map<unknown, unknown>) {
    if (typeof key !== 'string' || !isTensor(value)) continue;
    const { storage, offset, shape, strides } = value;
    const where = `${name}: tensor ${JSON.stringify(key)}`;
    const why =
      storage.type === null
        ? `${where} is stored as ${storage.kind}, which is not read; save the model as safetensors.`
        : isContiguous(shape, strides)
          ? undefined
          : `${where} is a view with strides [${strides.join(', ')}] of another; save the model as safetensors.`;
    if (storage.type === null || why !== undefined) {
      // Of no consequence where the model doesn't need it.
      out.push({ name: key, type: storage.type ?? 'U8', shape, file, begin: 0, end: 0, unreadable: why });
      continue;
    }
    const width = elementBytes[storage.type];
    const begin = storage.entry.begin + offset * width;
    const end = begin + shape.reduce((product, n) => product * n, width);
    if (end > storage.entry.end)
      throw new ModelError(
        `${where} of shape [${shape.join(', ')}] reaches past its storage of ${storage.entry.end - storage.entry.begin} bytes; the file is damaged.`,
      );
    out.push({ name: key, type: storage.type, shape, file, begin, end });
  }
  return out;
}

function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  if (shape.length !== strides.length) return false;
  if (shape.includes(0)) return true;
  let expected = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    if (shape[i] !== 1 && strides[i] !== expected) return false;
    expected *= shape[i];
  }
  return true;
}

function isStorage(value: unknown): value is Storage {
  return typeof value === 'object' && value !== null && 'entry' in value;
}

function isTensor(value: unknown): value is PickledTensor {
  return typeof value === 'object' && value !== null && 'tensor' in value;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(isCount);
}
