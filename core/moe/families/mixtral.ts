import { z } from 'zod';
import { transformerModel } from '../transformer.ts';
import type { Family } from '../family.ts';
import { activationOf } from '../graph/activation.ts';
import { commonSizes, llamaAttention } from './decoder-parts.ts';
import { checkActive, gatedExperts, layersToBuild, parseConfig, ropeOf, Tensors } from './parts.ts';
import { decoderKeys, optionalSize, size } from './schema.ts';

const schema = z.looseObject({
  ...decoderKeys,
  rms_norm_eps: z.number().positive().default(1e-5),
  intermediate_size: size,
  num_local_experts: size.default(8),
  num_experts_per_tok: size.default(2),
  sliding_window: optionalSize,
});

/** Mixtral (arXiv 2401.04088; transformers models/mixtral), and what MergeKit's mixtral mode writes. */
export const mixtral: Family = {
  name: 'mixtral',
  title: 'Mixtral and MergeKit frankenMoE',
  modelTypes: ['mixtral'],
  aliases: { num_experts: 'num_local_experts' },
  defaults: {
    vocab_size: 32000,
    hidden_size: 4096,
    intermediate_size: 14336,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    max_position_embeddings: 131072,
    num_local_experts: 8,
    num_experts_per_tok: 2,
    rms_norm_eps: 1e-5,
  },
  open(config, checkpoint, options) {
    const c = parseConfig(schema, config);
    checkActive(c.num_experts_per_tok, c.num_local_experts);
    const t = new Tensors(checkpoint, 'embed_tokens.weight');
    const s = commonSizes(c);
    const block = t.has('layers.0.mlp.gate.weight') ? 'mlp' : 'block_sparse_moe';
    return transformerModel({
      hiddenSize: s.hidden,
      embedding: t.words(config, c.vocab_size, s.hidden),
      rope: ropeOf(config, s.headSize, c.max_position_embeddings, { defaultTheta: 1e6 }),
      finalNorm: t.rms('norm', s.hidden, c.rms_norm_eps),
      maxTokens: c.max_position_embeddings,
      layers: Array.from({ length: layersToBuild(c.num_hidden_layers, options.layers) }, (_, i) => ({
        attentionNorm: t.rms(`layers.${i}.input_layernorm`, s.hidden, c.rms_norm_eps),
        // MergeKit makes the same from Qwen2's dense models, whose projections have biases.
        attention: llamaAttention(t, `layers.${i}.self_attn`, s, {
          window: c.sliding_window,
          qkvBias: t.has(`layers.${i}.self_attn.q_proj.bias`),
          outBias: t.has(`layers.${i}.self_attn.o_proj.bias`),
        }),
        ffnNorm: t.rms(`layers.${i}.post_attention_layernorm`, s.hidden, c.rms_norm_eps),
        ffn: {
          moe: {
            router: [t.linear(`layers.${i}.${block}.gate`, c.num_local_experts, s.hidden)],
            gate: { kind: 'softmax', renormalise: true, scale: 1 },
            experts: gatedExperts(
              t,
              `layers.${i}.${block}.experts`,
              {
                count: c.num_local_experts,
                active: c.num_experts_per_tok,
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
