import { z } from 'zod';
import { rowsOf } from '../checkpoint/weight.ts';
import type { Family } from '../family.ts';
import { activationOf } from '../graph/activation.ts';
import { mixtureOfAttention } from '../graph/mixture-of-attention.ts';
import { transformerModel, type LayerSpec } from '../transformer.ts';
import { checkActive, fusedExperts, layersToBuild, parseConfig, ropeOf, Tensors } from './parts.ts';
import { size } from './schema.ts';

const schema = z.looseObject({
  vocab_size: size,
  hidden_size: size,
  num_hidden_layers: size,
  num_key_value_heads: size,
  kv_channels: size,
  intermediate_size: size,
  max_position_embeddings: size,
  activation_function: z.string().default('silu'),
  num_local_experts: size,
  num_experts_per_tok: size,
  rms_norm_eps: z.number().positive().default(1e-6),
});

/** The layers' norms keep their class's default; only the final norm has the configuration's. */
const layerEpsilon = 1e-6;

/** JetMoE (arXiv 2404.07413; transformers models/jetmoe): a mixture of attention and a mixture of experts in every layer. */
export const jetMoe: Family = {
  name: 'jetmoe',
  title: 'JetMoE',
  modelTypes: ['jetmoe'],
  aliases: { head_dim: 'kv_channels' },
  defaults: {
    vocab_size: 32000,
    hidden_size: 2048,
    num_hidden_layers: 12,
    num_key_value_heads: 16,
    kv_channels: 128,
    intermediate_size: 5632,
    max_position_embeddings: 4096,
    num_local_experts: 8,
    num_experts_per_tok: 2,
  },
  open(config, checkpoint, options) {
    const c = parseConfig(schema, config);
    const [experts, active, hidden, inner] = [
      c.num_local_experts,
      c.num_experts_per_tok,
      c.hidden_size,
      c.intermediate_size,
    ];
    checkActive(active, experts);
    const t = new Tensors(checkpoint, 'embed_tokens.weight');
    const width = c.kv_channels * c.num_key_value_heads;
    return transformerModel({
      hiddenSize: hidden,
      embedding: t.words(config, c.vocab_size, hidden, true),
      rope: ropeOf(config, c.kv_channels, c.max_position_embeddings),
      finalNorm: t.rms('norm', hidden, c.rms_norm_eps),
      maxTokens: c.max_position_embeddings,
      layers: Array.from(
        { length: layersToBuild(c.num_hidden_layers, options.layers) },
        (_, i): LayerSpec => {
          const attention = `layers.${i}.self_attention`;
          const mlp = `layers.${i}.mlp`;
          const kv = t.get(`${attention}.kv_proj.weight`, 2 * width, hidden);
          return {
            attentionNorm: t.rms(`layers.${i}.input_layernorm`, hidden, layerEpsilon),
            attentionRouter: { experts, active },
            attentionParameters: { experts, active, each: 2 * width * hidden },
            attention: mixtureOfAttention({
              hidden,
              kvHeads: c.num_key_value_heads,
              headSize: c.kv_channels,
              experts,
              active,
              router: t.linear(`${attention}.experts.router.layer`, experts, hidden),
              input: t.get(`${attention}.experts.input_linear.weight`, experts, width, hidden),
              output: t.get(`${attention}.experts.output_linear.weight`, experts, hidden, width),
              bias: t.get(`${attention}.experts.bias`, hidden),
              k: { weight: rowsOf(kv, 0, width) },
              v: { weight: rowsOf(kv, width, 2 * width) },
            }),
            ffnNorm: t.rms(`layers.${i}.post_attention_layernorm`, hidden, layerEpsilon),
            ffn: {
              moe: {
                router: [t.linear(`${mlp}.router.layer`, experts, hidden)],
                gate: { kind: 'softmax', renormalise: true, scale: 1 },
                bias: t.get(`${mlp}.bias`, hidden),
                experts: fusedExperts(
                  t.get(`${mlp}.input_linear.weight`, experts, 2 * inner, hidden),
                  t.get(`${mlp}.output_linear.weight`, experts, hidden, inner),
                  { count: experts, active, inner, hidden, activation: activationOf(c.activation_function) },
                ),
              },
            },
          };
        },
      ),
    });
  },
};
