import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { quietContext } from '../../core/base/progress.ts';
import { openCheckpoint } from '../../core/moe/checkpoint/open.ts';
import { convertModel } from '../../core/moe/index.ts';
import { openTokenModel } from '../../core/moe/run.ts';
import { expectedOf, fixtures, largestDifference, withFolder } from './fixtures.ts';
import { safetensors, takenApart, type Tensor, type Tensors } from './taken-apart.ts';

/** The last fixture text's largest difference from the reference, of a folder that holds the fixture's numbers in another way. */
async function differenceOf(
  fixture: string,
  write: (folder: string, tensors: Tensors) => Promise<void>,
): Promise<number> {
  return withFolder(async (folder) => {
    const source = path.join(folder, 'checkpoint');
    await write(source, await takenApart(fixture, source));
    const out = path.join(folder, 'model');
    await convertModel(source, out, { precision: 'fp32', device: 'cpu' }, quietContext());
    const model = await openTokenModel(out, { threads: 1 });
    const expected = (await expectedOf(path.join(fixtures, fixture)))[0];
    const [states] = await model.run([expected.ids]);
    await model.close();
    return largestDifference(states.hidden.data, expected.hidden);
  });
}

/** Two shards and an index; `inIndex` may change what the index says. */
async function sharded(
  folder: string,
  tensors: Tensors,
  names: readonly [string, string],
  inIndex: (map: Record<string, string>) => void = () => undefined,
): Promise<void> {
  const map: Record<string, string> = {};
  for (const [i, file] of names.entries()) {
    const part: Tensors = new Map([...tensors].filter((_, at) => at % 2 === i));
    for (const name of part.keys()) map[name] = file;
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), safetensors(part));
  }
  inIndex(map);
  await writeFile(path.join(folder, 'model.safetensors.index.json'), JSON.stringify({ weight_map: map }));
}

/** float32 numbers from bfloat16's, and the same as float64. */
function widened({ shape, bytes }: Tensor, type: 'F32' | 'F64'): Tensor {
  const words = new Uint16Array(bytes.slice().buffer);
  const wide = new Float32Array(Uint32Array.from(words, (w) => w << 16).buffer);
  const out = type === 'F32' ? wide : Float64Array.from(wide);
  return { type, shape, bytes: new Uint8Array(out.buffer) };
}

async function setKeys(folder: string, keys: object): Promise<void> {
  const file = path.join(folder, 'config.json');
  const config = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...config, ...keys }));
}

describe('the same numbers in other files are the same model', () => {
  const cases: [string, string, (folder: string, tensors: Tensors) => Promise<void>][] = [
    [
      'shards with odd names',
      'olmoe',
      (f, t) => sharded(f, t, ['-a (1).safetensors', 'моё 2+3.safetensors']),
    ],
    [
      'shards in folders',
      'olmoe',
      (f, t) => sharded(f, t, ['parts/a.safetensors', 'parts/more/b.safetensors']),
    ],
    [
      'an index that leaves tensors out and names others',
      'olmoe',
      (f, t) =>
        sharded(f, t, ['a.safetensors', 'b.safetensors'], (map) => {
          delete map['model.norm.weight'];
          delete map['model.embed_tokens.weight'];
          map['model.layers.0.self_attn.rotary_emb.inv_freq'] = 'a.safetensors';
        }),
    ],
    [
      'a pytorch_model.bin beside, which is not read',
      'olmoe',
      async (f, t) => {
        await writeFile(path.join(f, 'model.safetensors'), safetensors(t));
        await writeFile(path.join(f, 'pytorch_model.bin'), 'older than the rest');
      },
    ],
    [
      'numbers of 64 and 32 bits, and no torch_dtype',
      'olmoe',
      async (f, t) => {
        const wide = [...t].map(([name, tensor], i): [string, Tensor] => [
          name,
          widened(tensor, i % 2 ? 'F64' : 'F32'),
        ]);
        await writeFile(path.join(f, 'model.safetensors'), safetensors(new Map(wide)));
        await setKeys(f, { torch_dtype: undefined, dtype: undefined });
      },
    ],
    [
      "tied embeddings that are stored under the head's name alone",
      'olmoe',
      async (f, t) => {
        const words = t.get('model.embed_tokens.weight')!;
        t.set('lm_head.weight', words);
        t.delete('model.embed_tokens.weight');
        await writeFile(path.join(f, 'model.safetensors'), safetensors(t));
        await setKeys(f, { tie_word_embeddings: true });
      },
    ],
    [
      "norms with TensorFlow's names",
      'bert',
      async (f, t) => {
        const renamed = [...t].map(([name, tensor]): [string, Tensor] => [
          `bert.${name.replace('LayerNorm.weight', 'LayerNorm.gamma').replace('LayerNorm.bias', 'LayerNorm.beta')}`,
          tensor,
        ]);
        await writeFile(path.join(f, 'model.safetensors'), safetensors(new Map(renamed)));
      },
    ],
  ];
  for (const [name, fixture, write] of cases)
    it(name, async () => expect(await differenceOf(fixture, write)).toBeLessThan(1e-4));

  it('but a tensor that an index promises and no file holds is missed when it is needed', async () => {
    const without = differenceOf('olmoe', (f, t) => {
      t.delete('model.norm.weight');
      return sharded(f, t, ['a.safetensors', 'b.safetensors'], (map) => {
        map['model.norm.weight'] = 'b.safetensors';
      });
    });
    await expect(without).rejects.toThrow(
      /no tensor "model.norm.weight": model.safetensors.index.json says that it is in b.safetensors, but it is not there/,
    );
  });
});

it('reads 8-bit floats as PyTorch does', () =>
  withFolder(async (folder) => {
    const bytes = Uint8Array.of(0x00, 0x01, 0x08, 0x38, 0x7e, 0x80, 0xb9, 0xff);
    const tensors: Tensors = new Map(
      ['F8_E4M3', 'F8_E5M2'].map((type) => [type, { type, shape: [8], bytes }]),
    );
    await writeFile(path.join(folder, 'model.safetensors'), safetensors(tensors));
    const checkpoint = await openCheckpoint(folder);
    const read = async (name: string): Promise<number[]> => [
      ...(await checkpoint.weight(name, [8]).read(0, 1)),
    ];
    // torch.tensor([0, 1, 8, 56, 126, 128, 185, 255], dtype=torch.uint8).view(torch.float8_e4m3fn).float(), and float8_e5m2
    expect(await read('F8_E4M3')).toEqual([0, 2 ** -9, 2 ** -6, 1, 448, -0, -1.125, NaN]);
    expect(await read('F8_E5M2')).toEqual([0, 2 ** -16, 2 ** -13, 0.5, NaN, -0, -0.625, NaN]);
    await checkpoint.close();
  }));
