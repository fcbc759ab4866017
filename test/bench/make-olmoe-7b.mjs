/**
 * Writes a checkpoint with OLMoE-1B-7B's sizes and random weights (bf16, 13.8 GB, four shards, the hub's layout), to measure
 * conversion, loading and embedding: `node test/bench/make-olmoe-7b.mjs DIR [LAYERS]`.
 */
import { copyFile, mkdir, open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [out, layersText = '16'] = process.argv.slice(2);
if (!out) throw new Error('give a folder to write to');
const layers = Number(layersText);
const [hidden, inner, experts, vocabulary] = [2048, 1024, 64, 50304];
const shardBytes = 3.5e9;

const tensors = [
  ['model.embed_tokens.weight', [vocabulary, hidden]],
  ...Array.from({ length: layers }, (_, l) => {
    const p = `model.layers.${l}.`;
    return [
      [`${p}input_layernorm.weight`, [hidden]],
      ...['q', 'k', 'v', 'o'].map((n) => [`${p}self_attn.${n}_proj.weight`, [hidden, hidden]]),
      [`${p}self_attn.q_norm.weight`, [hidden]],
      [`${p}self_attn.k_norm.weight`, [hidden]],
      [`${p}post_attention_layernorm.weight`, [hidden]],
      [`${p}mlp.gate.weight`, [experts, hidden]],
      ...Array.from({ length: experts }, (_, e) => [
        [`${p}mlp.experts.${e}.gate_proj.weight`, [inner, hidden]],
        [`${p}mlp.experts.${e}.up_proj.weight`, [inner, hidden]],
        [`${p}mlp.experts.${e}.down_proj.weight`, [hidden, inner]],
      ]).flat(),
    ];
  }).flat(),
  ['model.norm.weight', [hidden]],
  ['lm_head.weight', [vocabulary, hidden]],
];

/** 8 million normal numbers (deviation 0.02) in bf16; tensors begin at different places of them, and repeat them. */
const pool = new Uint16Array(8_000_003);
const bits = new Uint32Array(new Float32Array(1).buffer);
const float = new Float32Array(bits.buffer);
let state = 1;
const uniform = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return (state + 1) / 4294967297;
};
for (let i = 0; i < pool.length; i++) {
  float[0] = 0.02 * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  pool[i] = bits[0] >>> 16;
}
const ones = new Uint16Array(hidden).fill(0x3f80);

await mkdir(out, { recursive: true });
const shards = [[]];
let size = 0;
for (const t of tensors) {
  const bytes = 2 * t[1].reduce((a, b) => a * b);
  if (size + bytes > shardBytes) {
    shards.push([]);
    size = 0;
  }
  shards.at(-1).push([...t, bytes]);
  size += bytes;
}
const map = {};
let start = 0;
for (const [i, shard] of shards.entries()) {
  const name = `model-${String(i + 1).padStart(5, '0')}-of-${String(shards.length).padStart(5, '0')}.safetensors`;
  const header = { __metadata__: { format: 'pt' } };
  let at = 0;
  for (const [tensor, shape, bytes] of shard) {
    header[tensor] = { dtype: 'BF16', shape, data_offsets: [at, at + bytes] };
    at += bytes;
    map[tensor] = name;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const file = await open(path.join(out, name), 'w');
  await file.write(length);
  await file.write(text);
  for (const [, shape, bytes] of shard) {
    if (shape.length === 1) await file.write(ones, 0, bytes);
    else
      for (let left = bytes / 2; left > 0;) {
        start = (start + 7919) % (pool.length >> 1);
        const n = Math.min(left, pool.length - start);
        await file.write(new Uint8Array(pool.buffer, 2 * start, 2 * n));
        left -= n;
      }
  }
  await file.close();
  console.log(name);
}
await writeFile(
  path.join(out, 'model.safetensors.index.json'),
  JSON.stringify({ metadata: {}, weight_map: map }),
);
await writeFile(
  path.join(out, 'config.json'),
  JSON.stringify(
    {
      architectures: ['OlmoeForCausalLM'],
      model_type: 'olmoe',
      attention_bias: false,
      clip_qkv: null,
      hidden_act: 'silu',
      hidden_size: hidden,
      intermediate_size: inner,
      max_position_embeddings: 4096,
      norm_topk_prob: false,
      num_attention_heads: 16,
      num_experts: experts,
      num_experts_per_tok: 8,
      num_hidden_layers: layers,
      num_key_value_heads: 16,
      rms_norm_eps: 1e-5,
      rope_theta: 10000,
      rope_scaling: null,
      tie_word_embeddings: false,
      torch_dtype: 'bfloat16',
      vocab_size: vocabulary,
    },
    null,
    2,
  ),
);
const tokenizer = fileURLToPath(new URL('../fixtures/moe-checkpoints/olmoe/', import.meta.url));
for (const name of ['tokenizer.json', 'tokenizer_config.json'])
  await copyFile(path.join(tokenizer, name), path.join(out, name));
