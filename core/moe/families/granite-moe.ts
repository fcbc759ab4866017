import { z } from 'zod';
import { transformerModel } from '../transformer.ts';
import type { Family } from '../family.ts';
import { activationOf } from '../graph/activation.ts';
import { commonSizes, llamaAttention } from './decoder-parts.ts';
import { checkActive, fusedExperts, layersToBuild, parseConfig, ropeOf, Tensors } from './parts.ts';
import { decoderKeys, flag, size } from './schema.ts';

const schema = z.looseObject({
  ...decoderKeys,
  intermediate_size: size,
  num_local_experts: size.default(8),
  num_experts_per_tok: size.default(2),
  attention_bias: flag,
  embedding_multiplier: z.number().default(1),
  residual_multiplier: z.number().default(1),
  attention_multiplier: z.number().default(1),
});

/** GraniteMoE (transformers models/granitemoe): multipliers on embeddings, attention scores and residuals. */
export const graniteMoe: Family = {
  name: 'granite-moe',
  title: 'GraniteMoE',
  modelTypes: ['granitemoe'],
  defaults: {
    vocab_size: 32000,
    hidden_size: 4096,
    intermediate_size: 11008,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    max_position_embeddings: 2048,
    num_local_experts: 8,
    num_experts_per_tok: 2,
  },
  open(config, checkpoint, options) {
    const c = parseConfig(schema, config);
    checkActive(c.num_experts_per_tok, c.num_local_experts);
    const t = new Tensors(checkpoint, 'embed_tokens.weight');
    const s = commonSizes(c);
    const bias = c.attention_bias ?? false;
    const experts = c.num_local_experts;
    const inner = c.intermediate_size;
    return transformerModel({
      hiddenSize: s.hidden,
      embedding: t.words(config, c.vocab_size, s.hidden),
      embeddingFactor: c.embedding_multiplier,
      rope: ropeOf(config, s.headSize, c.max_position_embeddings),
      finalNorm: t.rms('norm', s.hidden, c.rms_norm_eps),
      maxTokens: c.max_position_embeddings,
      layers: Array.from({ length: layersToBuild(c.num_hidden_layers, options.layers) }, (_, i) => {
        const moe = `layers.${i}.block_sparse_moe`;
        const up = t.pick(`${moe}.input_linear.weight`, `${moe}.experts.gate_up_proj`);
        const down = t.pick(`${moe}.output_linear.weight`, `${moe}.experts.down_proj`);
        return {
          attentionNorm: t.rms(`layers.${i}.input_layernorm`, s.hidden, c.rms_norm_eps),
          attention: llamaAttention(t, `layers.${i}.self_attn`, s, {
            qkvBias: bias,
            outBias: bias,
            scale: c.attention_multiplier,
          }),
          ffnNorm: t.rms(`layers.${i}.post_attention_layernorm`, s.hidden, c.rms_norm_eps),
          residual: c.residual_multiplier,
          ffn: {
            moe: {
              router: [
                {
                  weight: t.get(
                    t.pick(`${moe}.router.layer.weight`, `${moe}.router.weight`),
                    experts,
                    s.hidden,
                  ),
                },
              ],
              gate: { kind: 'softmax' as const, renormalise: true, scale: 1 },
              experts: fusedExperts(
                t.get(up, experts, 2 * inner, s.hidden),
                t.get(down, experts, s.hidden, inner),
                {
                  count: experts,
                  active: c.num_experts_per_tok,
                  inner,
                  hidden: s.hidden,
                  activation: activationOf(c.hidden_act),
                },
              ),
            },
          },
        };
      }),
    });
  },
};
