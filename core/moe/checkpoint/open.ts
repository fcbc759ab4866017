import { open, readdir, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { ModelError } from '../../base/errors.ts';
import { decode } from './decode.ts';
import { readShardIndex } from './shards.ts';
import { readSafetensorsHeader } from './safetensors.ts';
import { readTorchFile } from './torch-file.ts';
import { elementBytes, type Checkpoint, type StoredTensor } from './types.ts';

/** A file is read in pieces of at most this many bytes: Node reads no more than 2 GiB at once. */
const mostBytes = 1 << 30;

/**
 * Opens the weights of a model folder as downloaded from the hub: model.safetensors, or its shards, or pytorch_model.bin, or its shards.
 * @throws ModelError when there are none or a file is damaged.
 */
export async function openCheckpoint(folder: string): Promise<Checkpoint> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new ModelError(`${folder} is no folder that can be read; give the folder of a model.`, { cause });
  });
  const tensors = new Map<string, StoredTensor>();
  /** Where an index says that a tensor is which turned out not to be there. */
  const promised = new Map<string, string>();
  const add = (list: StoredTensor[]): void => {
    for (const t of list) tensors.set(currentName(t.name), t);
  };
  const file = (name: string): string => path.join(folder, name);
  if (names.includes('model.safetensors')) add(await readSafetensorsHeader(file('model.safetensors')));
  else if (names.includes('model.safetensors.index.json'))
    await addShards(folder, 'model.safetensors.index.json', readSafetensorsHeader, add, promised);
  else if (names.includes('pytorch_model.bin')) add(await readTorchFile(file('pytorch_model.bin')));
  else if (names.includes('pytorch_model.bin.index.json'))
    await addShards(folder, 'pytorch_model.bin.index.json', readTorchFile, add, promised);
  else throw new ModelError(noWeights(folder, names));
  return new FileCheckpoint(folder, tensors, promised);
}

/** BERT's norms had TensorFlow's names once, which transformers still reads. */
function currentName(name: string): string {
  return name.replace('LayerNorm.gamma', 'LayerNorm.weight').replace('LayerNorm.beta', 'LayerNorm.bias');
}

/** A checkpoint of which only the headers are here: enough to describe it. */
export function headersOnly(folder: string, tensors: readonly StoredTensor[]): Checkpoint {
  return new FileCheckpoint(folder, new Map(tensors.map((t) => [currentName(t.name), t])));
}

/**
 * All tensors of the files that an index names, whatever it says of where each is: as transformers does, the last of several of one name counts.
 * What it names and no file holds matters only when it is needed.
 */
async function addShards(
  folder: string,
  index: string,
  read: (file: string) => Promise<StoredTensor[]>,
  add: (list: StoredTensor[]) => void,
  promised: Map<string, string>,
): Promise<void> {
  const map = await readShardIndex(path.join(folder, index));
  const there = new Set<string>();
  for (const shard of [...new Set(map.values())].sort()) {
    const list = await read(path.join(folder, shard));
    for (const t of list) there.add(t.name);
    add(list);
  }
  for (const [name, shard] of map)
    if (!there.has(name)) promised.set(currentName(name), `${index} says that it is in ${shard}`);
}

function noWeights(folder: string, names: readonly string[]): string {
  const gguf = names.find((n) => n.endsWith('.gguf'));
  if (gguf)
    return `${gguf} is a GGUF file (llama.cpp's format), which MoETopic does not read; download the original model with its safetensors files.`;
  return `${folder} holds no model.safetensors and no pytorch_model.bin (nor their shards); download the whole model.`;
}

class FileCheckpoint implements Checkpoint {
  private readonly handles = new Map<string, Promise<FileHandle>>();

  constructor(
    readonly folder: string,
    readonly tensors: ReadonlyMap<string, StoredTensor>,
    private readonly promised: ReadonlyMap<string, string> = new Map(),
  ) {}

  has(name: string): boolean {
    return this.tensors.has(name);
  }

  weight(name: string, shape: readonly number[]): ReturnType<Checkpoint['weight']> {
    const t = this.find(name);
    if (t.shape.length !== shape.length || t.shape.some((n, i) => n !== shape[i]))
      throw new ModelError(
        `Tensor ${JSON.stringify(name)} has the shape [${t.shape.join(', ')}], but config.json asks for [${shape.join(', ')}]; the two do not belong together.`,
      );
    const columns = shape.at(-1) ?? 1;
    const rows = shape.slice(0, -1).reduce((product, n) => product * n, 1);
    const width = columns * elementBytes[t.type];
    return {
      name,
      rows,
      columns,
      read: async (from, to) =>
        decode(t.type, await this.read(t, t.begin + from * width, t.begin + to * width)),
    };
  }

  async bytes(name: string, from: number, to: number): Promise<Uint8Array> {
    const t = this.find(name);
    return this.read(t, t.begin + from, t.begin + to);
  }

  async close(): Promise<void> {
    const handles = [...this.handles.values()];
    this.handles.clear();
    for (const h of handles) await (await h).close();
  }

  private find(name: string): StoredTensor {
    const t = this.tensors.get(name);
    const promise = this.promised.get(name);
    if (!t && promise !== undefined)
      throw new ModelError(
        `The checkpoint has no tensor ${JSON.stringify(name)}: ${promise}, but it is not there; download the model again.`,
      );
    if (!t)
      throw new ModelError(
        `The checkpoint has no tensor ${JSON.stringify(name)}, which its config.json needs; the download is incomplete or the model is of another kind.`,
      );
    if (t.unreadable !== undefined) throw new ModelError(t.unreadable);
    return t;
  }

  private async read(t: StoredTensor, from: number, to: number): Promise<Uint8Array> {
    let handle = this.handles.get(t.file);
    if (!handle) this.handles.set(t.file, (handle = open(t.file, 'r')));
    const out = new Uint8Array(to - from);
    let done = 0;
    while (done < out.length) {
      const { bytesRead } = await (
        await handle
      ).read(out, done, Math.min(mostBytes, out.length - done), from + done);
      if (bytesRead === 0)
        throw new ModelError(
          `${path.basename(t.file)} ended in the middle of tensor ${JSON.stringify(t.name)}; it changed while it was read.`,
        );
      done += bytesRead;
    }
    return out;
  }
}
