import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../core/base/errors.ts';
import { quietContext } from '../../core/base/progress.ts';
import { openCheckpoint } from '../../core/moe/checkpoint/open.ts';
import { convertModel, describeModel } from '../../core/moe/index.ts';
import { fixtures, withFolder } from './fixtures.ts';

type Header = Record<string, { dtype: string; shape: number[]; data_offsets: number[] }>;

function safetensors(header: Header | string, body: number, claimed?: bigint): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(claimed ?? BigInt(text.length));
  return Buffer.concat([length, text, Buffer.alloc(body)]);
}

const tensor = (from: number, to: number, shape = [(to - from) / 4], dtype = 'F32'): Header[string] => ({
  dtype,
  shape,
  data_offsets: [from, to],
});

async function refusal(bytes: Buffer, name = 'model.safetensors'): Promise<string> {
  return withFolder(async (folder) => {
    await writeFile(path.join(folder, name), bytes);
    const error = await openCheckpoint(folder).then(
      () => null,
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(ModelError);
    return (error as ModelError).message;
  });
}

describe('damaged and hostile safetensors', () => {
  const cases: [string, Buffer, RegExp][] = [
    ['nothing', Buffer.alloc(3), /3 bytes are no safetensors file/],
    ['a header longer than the file', safetensors('{}', 0, 1n << 40n), /claims 1099511627776 bytes/],
    ['a header of the largest number', safetensors('{}', 0, (1n << 64n) - 1n), /claims 18446744073709551615/],
    ['a header that is no JSON', safetensors('{"a":', 0), /not JSON/],
    ['a header that is a list', safetensors('[]', 0), /not a JSON object/],
    [
      'an unknown type',
      safetensors({ a: tensor(0, 8, [2], 'F4') }, 8),
      /tensor "a" has the element type "F4"/,
    ],
    ['a type from the prototype', safetensors({ a: tensor(0, 8, [2], 'toString') }, 8), /"toString"/],
    ['a negative size', safetensors({ a: tensor(0, 8, [-2]) }, 8), /tensor "a" has the shape \[-2\]/],
    ['a fraction of a size', safetensors({ a: tensor(0, 8, [0.5]) }, 8), /tensor "a" has the shape/],
    ['offsets past the end', safetensors({ a: tensor(0, 80, [20]) }, 8), /tensor "a" lies at bytes 0 to 80/],
    ['offsets backwards', safetensors({ a: tensor(8, 0, [0]) }, 8), /tensor "a" lies at bytes 8 to 0/],
    [
      'a shape that does not fit',
      safetensors({ a: tensor(0, 8, [3]) }, 8),
      /tensor "a" .* needs 12 bytes but has 8/,
    ],
    ['a shape that overflows', safetensors({ a: tensor(0, 8, [2 ** 40, 2 ** 40]) }, 8), /tensor "a"/],
    ['overlapping tensors', safetensors({ a: tensor(0, 8), b: tensor(4, 12) }, 12), /"b" overlaps "a"/],
    ['a gap', safetensors({ a: tensor(0, 8), b: tensor(12, 20) }, 20), /4 bytes before tensor "b"/],
    ['bytes after the end', safetensors({ a: tensor(0, 8) }, 9), /1 bytes after tensor "a"/],
  ];
  for (const [name, bytes, message] of cases)
    it(name, async () => expect(await refusal(bytes)).toMatch(message));

  it('a header of 100 MB', async () => {
    expect(await refusal(safetensors(' '.repeat(100e6), 0))).toMatch(/header of 100000000 bytes is larger/);
  });
});

describe('shard indices', () => {
  const index = (shard: unknown): Promise<string> =>
    withFolder(async (folder) => {
      await writeFile(
        path.join(folder, 'model.safetensors.index.json'),
        JSON.stringify({ weight_map: { a: shard } }),
      );
      return openCheckpoint(folder).then(
        () => 'read',
        (e: Error) => e.message,
      );
    });
  for (const shard of [
    '../secret.safetensors',
    '/etc/passwd',
    'a/../../b',
    'a//b',
    './a',
    'a\\b',
    'C:a',
    'a\0',
    '..',
    '',
    7,
    null,
  ])
    it(`refuses the shard ${JSON.stringify(shard)}`, async () =>
      expect(await index(shard)).toMatch(/tensor "a" is said to be in .* not the plain name of a file/));

  it('names a shard that is missing', async () => {
    expect(await index('model-1.safetensors')).toMatch(/model-1.safetensors: the file can't be opened/);
    expect(await index('parts/model-1.safetensors')).toMatch(/model-1.safetensors: the file can't be opened/);
  });
});

/** A fixture with one thing changed. */
async function changed(name: string, change: (folder: string) => Promise<void>): Promise<string> {
  return withFolder(async (folder) => {
    const copy = path.join(folder, 'model');
    await mkdir(copy);
    for (const f of await readdir(path.join(fixtures, name)))
      await copyFile(path.join(fixtures, name, f), path.join(copy, f));
    await change(copy);
    return convertModel(
      copy,
      path.join(folder, 'out'),
      { precision: 'int8', device: 'cpu' },
      quietContext(),
    ).then(
      () => 'converted',
      (e: Error) => {
        expect(e).toBeInstanceOf(ModelError);
        return e.message;
      },
    );
  });
}

async function withConfig(name: string, keys: Record<string, unknown>): Promise<string> {
  return changed(name, async (folder) => {
    const file = path.join(folder, 'config.json');
    const config = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    await writeFile(file, JSON.stringify({ ...config, ...keys }));
  });
}

describe('checkpoints that contradict their configuration', () => {
  it('names a tensor of another shape', async () => {
    expect(await withConfig('olmoe', { intermediate_size: 25 })).toMatch(
      /Tensor "model.layers.0.mlp.experts.0.gate_proj.weight" has the shape \[24, 32\], but config.json asks for \[25, 32\]/,
    );
  });
  it('names a tensor that is missing', async () => {
    expect(await withConfig('olmoe', { num_hidden_layers: 4 })).toMatch(
      /no tensor "model.layers.3.input_layernorm.weight"/,
    );
  });
  it('names the nearest kinds of an unknown one', async () => {
    expect(await withConfig('olmoe', { model_type: 'qwen9_moe' })).toMatch(
      /"qwen9_moe" is not a kind of model that MoETopic reads; the nearest it does are qwen2_moe .* qwen3_moe/,
    );
    expect(await withConfig('olmoe', { model_type: undefined })).toMatch(/names no model_type/);
    expect(await withConfig('olmoe', { model_type: 'llama' })).toMatch(/"llama" is not a kind/);
  });
  it('names a key that is wrong', async () => {
    expect(await withConfig('olmoe', { hidden_size: 'many' })).toMatch(/config.json: hidden_size: /);
    expect(await withConfig('olmoe', { hidden_act: 'wiggle' })).toMatch(/activation "wiggle"/);
    expect(await withConfig('olmoe', { num_experts_per_tok: 9 })).toMatch(
      /9 experts a token but there are only 8/,
    );
    expect(await withConfig('olmoe', { rope_scaling: { rope_type: 'spiral' } })).toMatch(/"spiral"/);
  });
  for (const [fixture, keys, sentence] of [
    ['deepseek-v1', { scoring_func: 'sigmoid' }, /sets scoring_func to "sigmoid", .* with "softmax"/],
    ['deepseek-v2', { topk_method: 'noaux_tc' }, /sets topk_method to "noaux_tc"/],
    ['deepseek-v2', { topk_method: 'group_limited_greedy', n_group: null }, /n_group null .* groups/],
    ['deepseek-v2', { topk_method: 'group_limited_greedy', n_group: 3 }, /n_group 3 .* groups/],
    ['gpt-oss', { layer_types: ['full_attention', 'chunked_attention'] }, /layer_types.1: /],
    ['qwen2-moe-flags', { layer_types: ['linear_attention'] }, /layer_types.0: /],
    [
      'qwen2-moe-flags',
      { use_sliding_window: false, layer_types: Array(5).fill('sliding_attention') },
      /sliding_attention but does not set use_sliding_window/,
    ],
    ['llama-moe', { gate_type: 'SwitchBalancedGate' }, /sets gate_type to "SwitchBalancedGate"/],
    ['llama-moe', { calculator_type: 'SwitchDropTokenCalculator' }, /sets calculator_type/],
    ['openmoe', { router_drop_tks: false }, /sets router_drop_tks to false/],
    ['openmoe', { drop_tks: false }, /sets drop_tks to false/],
    ['openmoe', { mlp_gated: undefined, gated: false }, /asks for ungated/],
    ['nomic-bert-moe', { expert_choice_router: true }, /sets expert_choice_router to true/],
    ['nomic-bert-moe', { rotary_emb_scale_base: 512 }, /sets rotary_emb_scale_base to 512, .* without it/],
    ['switch', { router_dtype: 'float64' }, /router_dtype: /],
    ['bert', { is_decoder: true }, /sets is_decoder to true/],
  ] as const)
    it(`refuses ${JSON.stringify(keys)} of ${fixture} rather than computing something else`, async () => {
      expect(await withConfig(fixture, keys)).toMatch(sentence);
    });

  it('refuses quantised checkpoints by name, quoting their configuration', async () => {
    for (const [method, name] of [
      ['gptq', 'GPTQ'],
      ['awq', 'AWQ'],
      ['bitsandbytes', 'bitsandbytes'],
    ])
      expect(await withConfig('olmoe', { quantization_config: { quant_method: method, bits: 4 } })).toMatch(
        new RegExp(`quantised with ${name}.*"quant_method":"${method}"`),
      );
    expect(await withConfig('olmoe', { quantization_config: { load_in_4bit: true } })).toMatch(
      /bitsandbytes/,
    );
    await withFolder(async (folder) => {
      await writeFile(path.join(folder, 'model-q4.gguf'), 'GGUF');
      await expect(openCheckpoint(folder)).rejects.toThrow(/model-q4.gguf is a GGUF file/);
    });
  });
});

describe('pytorch_model.bin', () => {
  it('is read by a machine that builds tensors and nothing else', async () => {
    const description = await describeModel(path.join(fixtures, 'llama-moe'));
    expect(description.family).toBe('llama-moe');
    expect(description.routers.length).toBe(3);
  });
  it('refuses a pickle that calls something else', async () => {
    const file = path.join(fixtures, 'llama-moe', 'pytorch_model.bin');
    const bytes = await readFile(file);
    const from = Buffer.from('ctorch._utils\n_rebuild_tensor_v2\n');
    const to = Buffer.from('cos__________\nsystem_____________\n'.slice(0, from.length - 1) + '\n');
    const at = bytes.indexOf(from);
    expect(at).toBeGreaterThan(0);
    to.copy(bytes, at);
    expect(await refusal(bytes, 'pytorch_model.bin')).toMatch(
      /refused: its pickle wants to call os_+\.system_+, and only tensors may be in it/,
    );
  });
  it('refuses instructions that no tensor needs', async () => {
    const bytes = await readFile(path.join(fixtures, 'llama-moe', 'pytorch_model.bin'));
    const pickle = bytes.indexOf(Buffer.from([0x80, 2]));
    bytes[pickle + 2] = 'i'.charCodeAt(0); // INST: import and call
    expect(await refusal(bytes, 'pytorch_model.bin')).toMatch(/pickle uses the instruction 0x69/);
  });
  it('refuses files that are cut short or no archives', async () => {
    const bytes = await readFile(path.join(fixtures, 'llama-moe', 'pytorch_model.bin'));
    expect(await refusal(bytes.subarray(0, 5000), 'pytorch_model.bin')).toMatch(/not a zip archive/);
    expect(await refusal(Buffer.from('\x80\x02}q\x00.'), 'pytorch_model.bin')).toMatch(/not a zip archive/);
  });
  it('reads what it can and complains of the rest only when it is needed', async () => {
    // torch.save({'plain': arange(6.).reshape(2, 3), 'complex': ones(2, dtype=complex64), 'view': arange(6.).reshape(2, 3).t(),
    // 'float8': ones(2, dtype=float8_e4m3fn)})
    await withFolder(async (folder) => {
      await copyFile(
        path.join(import.meta.dirname, 'odd-tensors.bin'),
        path.join(folder, 'pytorch_model.bin'),
      );
      const checkpoint = await openCheckpoint(folder);
      expect([...(await checkpoint.weight('plain', [2, 3]).read(1, 2))]).toEqual([3, 4, 5]);
      expect(() => checkpoint.weight('complex', [2])).toThrow(/"complex" is stored as .*Complex/);
      expect(() => checkpoint.weight('view', [3, 2])).toThrow(/"view" is a view with strides \[1, 3\]/);
      expect(() => checkpoint.weight('float8', [2])).toThrow(/"float8" is stored as/);
      await checkpoint.close();
    });
  });
});
