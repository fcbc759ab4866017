import { z } from 'zod';
import { mxfp4Weight } from '../checkpoint/mxfp4.ts';
import { rowsOf, transposed, unInterleavedVector, type Weight } from '../checkpoint/weight.ts';
import { transformerModel } from '../transformer.ts';
import type { Family } from '../family.ts';
import type { ExpertsSpec } from '../graph/experts.ts';
import { commonSizes, llamaAttention } from './decoder-parts.ts';
import { checkActive, layersToBuild, parseConfig, ropeOf, specOf, Tensors, unInterleaved } from './parts.ts';
import { decoderKeys, layerTypes, optionalSize, size } from './schema.ts';

const schema = z.looseObject({
  ...decoderKeys,
  rms_norm_eps: z.number().positive().default(1e-5),
  head_dim: size.nullish().transform((n) => n ?? 64),
  max_position_embeddings: size.default(131072),
  intermediate_size: size,
  num_local_experts: size,
  num_experts_per_tok: size.default(4),
  attention_bias: z.boolean().default(true),
  sliding_window: optionalSize,
  layer_types: layerTypes,
  swiglu_alpha: z.number().default(1.702),
  swiglu_limit: z.number().positive().default(7),
});

/** What the reference assumes where config.json says nothing of rotary positions. */
const defaultRope = {
  rope_type: 'yarn',
  factor: 32,
  beta_fast: 32,
  beta_slow: 1,
  truncate: false,
  original_max_position_embeddings: 4096,
};

/** gpt-oss (arXiv 2508.10925; transformers models/gpt_oss): sinks, alternating windows, biased and clamped experts, MXFP4 on the hub. */
export const gptOss: Family = {
  name: 'gpt-oss',
  title: 'gpt-oss',
  modelTypes: ['gpt_oss'],
  aliases: { num_experts: 'num_local_experts', experts_per_token: 'num_experts_per_tok' },
  defaults: {
    vocab_size: 201088,
    hidden_size: 2880,
    intermediate_size: 2880,
    num_hidden_layers: 36,
    num_attention_heads: 64,
    num_key_value_heads: 8,
    max_position_embeddings: 131072,
    num_local_experts: 128,
    num_experts_per_tok: 4,
    sliding_window: 128,
    rms_norm_eps: 1e-5,
  },
  open(config, checkpoint, options) {
    const c = parseConfig(schema, config);
    checkActive(c.num_experts_per_tok, c.num_local_experts);
    const t = new Tensors(checkpoint, 'embed_tokens.weight');
    const s = commonSizes(c);
    const bias = c.attention_bias;
    const ropeConfig =
      config.rope_parameters || config.rope_scaling ? config : { ...config, rope_parameters: defaultRope };
    const sliding = (i: number): boolean =>
      c.layer_types ? c.layer_types[i] === 'sliding_attention' : i % 2 === 0;
    return transformerModel({
      hiddenSize: s.hidden,
      embedding: t.words(config, c.vocab_size, s.hidden),
      rope: ropeOf(ropeConfig, s.headSize, c.max_position_embeddings, { defaultTheta: 150000 }),
      finalNorm: t.rms('norm', s.hidden, c.rms_norm_eps),
      maxTokens: c.max_position_embeddings,
      layers: Array.from({ length: layersToBuild(c.num_hidden_layers, options.layers) }, (_, i) => ({
        attentionNorm: t.rms(`layers.${i}.input_layernorm`, s.hidden, c.rms_norm_eps),
        attention: {
          ...llamaAttention(t, `layers.${i}.self_attn`, s, {
            qkvBias: bias,
            outBias: bias,
            window: sliding(i) ? c.sliding_window : null,
          }),
          sinks: t.get(`layers.${i}.self_attn.sinks`, s.heads),
        },
        ffnNorm: t.rms(`layers.${i}.post_attention_layernorm`, s.hidden, c.rms_norm_eps),
        ffn: {
          moe: {
            router: [t.linear(`layers.${i}.mlp.router`, c.num_local_experts, s.hidden, true)],
            gate: { kind: 'softmax', renormalise: true, scale: 1 },
            experts: experts(t, `layers.${i}.mlp.experts`, c, s.hidden),
          },
        },
      })),
    });
  },
};

/** Gate and up alternate, whether the matrices are MXFP4 [experts, 2 · inner, hidden] or plain [experts, hidden, 2 · inner]. */
function experts(t: Tensors, base: string, c: z.output<typeof schema>, hidden: number): ExpertsSpec {
  const count = c.num_local_experts;
  const inner = c.intermediate_size;
  const packed = t.has(`${base}.gate_up_proj_blocks`);
  const matrix = (name: string, rows: number, columns: number): ((e: number) => Weight) => {
    if (packed) {
      const all = mxfp4Weight(t.checkpoint, `${t.prefix}${base}.${name}`, count, rows, columns);
      return (e) => rowsOf(all, e * rows, (e + 1) * rows);
    }
    const all = t.get(`${base}.${name}`, count, columns, rows);
    return (e) => transposed(rowsOf(all, e * columns, (e + 1) * columns));
  };
  const both = matrix('gate_up_proj', 2 * inner, hidden);
  const down = matrix('down_proj', hidden, inner);
  const bothBias = t.get(`${base}.gate_up_proj_bias`, count, 2 * inner);
  const downBias = t.get(`${base}.down_proj_bias`, count, hidden);
  return specOf(count, c.num_experts_per_tok, (e) => ({
    up: { weight: unInterleaved(both(e)), bias: unInterleavedVector(rowsOf(bothBias, e, e + 1)) },
    gated: true,
    down: { weight: down(e), bias: rowsOf(downBias, e, e + 1) },
    activation: { alpha: c.swiglu_alpha, limit: c.swiglu_limit },
  }));
}
