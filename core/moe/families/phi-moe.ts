import { z } from 'zod';
import { ModelError } from '../../base/errors.ts';
import { transformerModel } from '../transformer.ts';
import type { Family } from '../family.ts';
import { activationOf } from '../graph/activation.ts';
import { ropeConfigOf, type RopeParameters } from '../graph/rope-parameters.ts';
import { commonSizes, llamaAttention } from './decoder-parts.ts';
import { checkActive, gatedExperts, layersToBuild, parseConfig, ropeOf, Tensors } from './parts.ts';
import { decoderKeys, flag, optionalSize, size } from './schema.ts';

const schema = z.looseObject({
  ...decoderKeys,
  rms_norm_eps: z.number().positive().default(1e-5),
  intermediate_size: size,
  num_local_experts: size.default(16),
  num_experts_per_tok: size.default(2),
  router_jitter_noise: z.number().min(0).default(0.01),
  attention_bias: flag,
  sliding_window: optionalSize,
});

/** Phi-3.5-MoE (transformers models/phimoe): SparseMixer's two experts, LayerNorm with bias, LongRoPE. */
export const phiMoe: Family = {
  name: 'phi-moe',
  title: 'Phi-3.5-MoE',
  modelTypes: ['phimoe'],
  defaults: {
    vocab_size: 32064,
    hidden_size: 4096,
    intermediate_size: 6400,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    max_position_embeddings: 131072,
    num_local_experts: 16,
    num_experts_per_tok: 2,
    rms_norm_eps: 1e-5,
    router_jitter_noise: 0.01,
  },
  open(config, checkpoint, options) {
    const c = parseConfig(schema, config);
    if (c.num_experts_per_tok !== 2)
      throw new ModelError(
        `config.json asks for ${c.num_experts_per_tok} experts a token, but SparseMixer chooses 2; the file is damaged.`,
      );
    checkActive(2, c.num_local_experts);
    const t = new Tensors(checkpoint, 'embed_tokens.weight');
    const s = commonSizes(c);
    const bias = c.attention_bias ?? false;
    // The reference's class takes the length from the rotary settings or, failing that, max_position_embeddings, never from beside them.
    const rotary = { ...config, original_max_position_embeddings: undefined };
    const rope = ropeOf(rotary, s.headSize, c.max_position_embeddings, { defaultTheta: 1e6 });
    const norm = (name: string): ReturnType<Tensors['layerNorm']> =>
      t.layerNorm(name, s.hidden, c.rms_norm_eps);
    const block = t.has('layers.0.mlp.experts.gate_up_proj') ? 'mlp' : 'block_sparse_moe';
    return transformerModel({
      hiddenSize: s.hidden,
      embedding: t.words(config, c.vocab_size, s.hidden),
      rope: { ...rope, parameters: withMscales(rope.parameters, rotary) },
      finalNorm: norm('norm'),
      maxTokens: c.max_position_embeddings,
      layers: Array.from({ length: layersToBuild(c.num_hidden_layers, options.layers) }, (_, i) => ({
        attentionNorm: norm(`layers.${i}.input_layernorm`),
        attention: llamaAttention(t, `layers.${i}.self_attn`, s, {
          qkvBias: bias,
          outBias: bias,
          window: c.sliding_window,
        }),
        ffnNorm: norm(`layers.${i}.post_attention_layernorm`),
        ffn: {
          moe: {
            router: [
              {
                weight: t.get(
                  t.pick(`layers.${i}.${block}.gate.weight`, `layers.${i}.${block}.router.weight`),
                  c.num_local_experts,
                  s.hidden,
                ),
              },
            ],
            gate: { kind: 'sparse-mixer', jitter: c.router_jitter_noise },
            experts: gatedExperts(
              t,
              `layers.${i}.${block}.experts`,
              {
                count: c.num_local_experts,
                active: 2,
                inner: c.intermediate_size,
                hidden: s.hidden,
                activation: activationOf(c.hidden_act),
              },
              { gate: 'w1', up: 'w3', down: 'w2' },
            ),
          },
        },
      })),
    });
  },
};

/**
 * The reference keeps the frequencies of short texts for long ones too; only the factor changes, to short_mscale or long_mscale,
 * and that whatever the kind of scaling (PhimoeRotaryEmbedding.forward).
 */
function withMscales(rope: RopeParameters, config: Record<string, unknown>): RopeParameters {
  const {
    rope_type,
    short_mscale,
    long_mscale,
    original_max_position_embeddings: from,
  } = ropeConfigOf(config);
  if (rope_type === 'default') return rope;
  const { frequencies, factor } = rope;
  const long = { frequencies, factor: long_mscale ?? rope.long?.factor ?? factor, from: from ?? Infinity };
  return { frequencies, factor: short_mscale ?? factor, long };
}
