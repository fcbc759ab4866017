import { z } from 'zod';
import { transformerModel } from '../transformer.ts';
import type { Family } from '../family.ts';
import { activationOf } from '../graph/activation.ts';
import { commonSizes, llamaAttention } from './decoder-parts.ts';
import { checkActive, gatedExperts, layersToBuild, parseConfig, ropeOf, Tensors } from './parts.ts';
import { decoderKeys, flag, size } from './schema.ts';

const schema = z.looseObject({
  ...decoderKeys,
  rms_norm_eps: z.number().positive().default(1e-5),
  intermediate_size: size,
  num_experts: size.default(64),
  num_experts_per_tok: size.default(8),
  norm_topk_prob: flag,
  clip_qkv: z.number().positive().nullish(),
  attention_bias: flag,
});

/** OLMoE (arXiv 2409.02060; transformers models/olmoe): q and k are normed over all heads together. */
export const olmoe: Family = {
  name: 'olmoe',
  title: 'OLMoE',
  modelTypes: ['olmoe'],
  aliases: { num_local_experts: 'num_experts' },
  defaults: {
    vocab_size: 50304,
    hidden_size: 2048,
    intermediate_size: 2048,
    num_hidden_layers: 16,
    num_attention_heads: 16,
    max_position_embeddings: 4096,
    num_experts: 64,
    num_experts_per_tok: 8,
    rms_norm_eps: 1e-5,
  },
  open(config, checkpoint, options) {
    const c = parseConfig(schema, config);
    checkActive(c.num_experts_per_tok, c.num_experts);
    const t = new Tensors(checkpoint, 'embed_tokens.weight');
    const s = commonSizes(c);
    const epsilon = c.rms_norm_eps;
    const bias = c.attention_bias ?? false;
    return transformerModel({
      hiddenSize: s.hidden,
      embedding: t.words(config, c.vocab_size, s.hidden),
      rope: ropeOf(config, s.headSize, c.max_position_embeddings),
      finalNorm: t.rms('norm', s.hidden, epsilon),
      maxTokens: c.max_position_embeddings,
      layers: Array.from({ length: layersToBuild(c.num_hidden_layers, options.layers) }, (_, i) => ({
        attentionNorm: t.rms(`layers.${i}.input_layernorm`, s.hidden, epsilon),
        attention: llamaAttention(t, `layers.${i}.self_attn`, s, {
          qkvBias: bias,
          outBias: bias,
          clip: c.clip_qkv,
          norm: { over: 'all', epsilon },
        }),
        ffnNorm: t.rms(`layers.${i}.post_attention_layernorm`, s.hidden, epsilon),
        ffn: {
          moe: {
            router: [t.linear(`layers.${i}.mlp.gate`, c.num_experts, s.hidden)],
            gate: { kind: 'softmax', renormalise: c.norm_topk_prob ?? false, scale: 1 },
            experts: gatedExperts(t, `layers.${i}.mlp.experts`, {
              count: c.num_experts,
              active: c.num_experts_per_tok,
              inner: c.intermediate_size,
              hidden: s.hidden,
              activation: activationOf(c.hidden_act),
            }),
          },
        },
      })),
    });
  },
};
