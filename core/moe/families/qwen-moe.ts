import { z } from 'zod';
import { ModelError } from '../../base/errors.ts';
import { transformerModel, type LayerSpec } from '../transformer.ts';
import type { Family, FamilyModel, OpenOptions } from '../family.ts';
import type { Checkpoint } from '../checkpoint/types.ts';
import { activationOf } from '../graph/activation.ts';
import { commonSizes, llamaAttention } from './decoder-parts.ts';
import { checkActive, gatedExperts, layersToBuild, parseConfig, ropeOf, Tensors } from './parts.ts';
import { decoderKeys, layerTypes, flag, size } from './schema.ts';

const schema = z.looseObject({
  ...decoderKeys,
  intermediate_size: size,
  moe_intermediate_size: size,
  num_experts: size,
  num_experts_per_tok: size,
  norm_topk_prob: flag,
  decoder_sparse_step: z.number().int().min(0).default(1),
  mlp_only_layers: z.array(z.number().int()).nullish(),
  use_sliding_window: flag,
  sliding_window: z.number().int().nullish(),
  max_window_layers: z.number().int().default(28),
  layer_types: layerTypes,
});

const qwen2Schema = schema.extend({ shared_expert_intermediate_size: size, qkv_bias: flag });
const qwen3Schema = schema.extend({ attention_bias: flag });

/** Qwen1.5-MoE and Qwen2-MoE (transformers models/qwen2_moe): a gated shared expert, biased q, k and v. */
export const qwen2Moe: Family = {
  name: 'qwen2-moe',
  title: 'Qwen1.5-MoE and Qwen2-MoE',
  modelTypes: ['qwen2_moe'],
  defaults: {
    vocab_size: 151936,
    hidden_size: 2048,
    intermediate_size: 5632,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    num_key_value_heads: 16,
    max_position_embeddings: 32768,
    sliding_window: 4096,
    moe_intermediate_size: 1408,
    shared_expert_intermediate_size: 5632,
    num_experts_per_tok: 4,
    num_experts: 60,
  },
  open(config, checkpoint, options) {
    const c = parseConfig(qwen2Schema, config);
    // The reference takes a window of no tokens for them, and fails.
    if (!c.use_sliding_window && c.layer_types?.includes('sliding_attention'))
      throw new ModelError(
        'config.json lists layers of sliding_attention but does not set use_sliding_window, so that their window is of no tokens and nothing can be computed; correct one of the two.',
      );
    const bias = c.qkv_bias ?? true;
    return qwen(c, config, checkpoint, options, {
      attention: (t, base, s, window) => llamaAttention(t, base, s, { qkvBias: bias, window }),
      window: (i) => {
        // Which layers see a window: the list in the configuration, else every other of the first ones.
        const sliding = c.layer_types
          ? c.layer_types[i] === 'sliding_attention'
          : i % 2 === 0 && i < c.max_window_layers;
        return c.use_sliding_window && c.sliding_window && sliding ? c.sliding_window : null;
      },
      shared: (t, base, hidden) => ({
        ffn: t.gatedFfn(
          {
            gate: `${base}.shared_expert.gate_proj`,
            up: `${base}.shared_expert.up_proj`,
            down: `${base}.shared_expert.down_proj`,
          },
          c.shared_expert_intermediate_size,
          hidden,
          activationOf(c.hidden_act),
        ),
        gate: t.get(`${base}.shared_expert_gate.weight`, 1, hidden),
      }),
    });
  },
};

/** Qwen3-MoE (arXiv 2505.09388; transformers models/qwen3_moe): q and k normed head by head, no shared expert. */
export const qwen3Moe: Family = {
  name: 'qwen3-moe',
  title: 'Qwen3-MoE',
  modelTypes: ['qwen3_moe'],
  aliases: { num_local_experts: 'num_experts' },
  defaults: {
    vocab_size: 151936,
    hidden_size: 2048,
    intermediate_size: 6144,
    num_hidden_layers: 24,
    num_attention_heads: 32,
    num_key_value_heads: 4,
    max_position_embeddings: 32768,
    sliding_window: 4096,
    moe_intermediate_size: 768,
    num_experts_per_tok: 8,
    num_experts: 128,
  },
  open(config, checkpoint, options) {
    const c = parseConfig(qwen3Schema, config);
    const bias = c.attention_bias ?? false;
    return qwen(c, config, checkpoint, options, {
      attention: (t, base, s, window) =>
        llamaAttention(t, base, s, {
          qkvBias: bias,
          outBias: bias,
          window,
          norm: { over: 'head', epsilon: c.rms_norm_eps },
        }),
      window: () => (c.use_sliding_window && c.sliding_window ? c.sliding_window : null),
    });
  },
};

type MoeSpecOf = Extract<LayerSpec['ffn'], { moe: unknown }>['moe'];

interface Differences {
  attention(
    t: Tensors,
    base: string,
    s: ReturnType<typeof commonSizes>,
    window: number | null,
  ): LayerSpec['attention'];
  window(layer: number): number | null;
  shared?(t: Tensors, base: string, hidden: number): MoeSpecOf['shared'];
}

function qwen(
  c: z.output<typeof schema>,
  config: Record<string, unknown>,
  checkpoint: Checkpoint,
  options: OpenOptions,
  differences: Differences,
): FamilyModel {
  checkActive(c.num_experts_per_tok, c.num_experts);
  const t = new Tensors(checkpoint, 'embed_tokens.weight');
  const s = commonSizes(c);
  const activation = activationOf(c.hidden_act);
  const epsilon = c.rms_norm_eps;
  const sparse = (i: number): boolean =>
    !(c.mlp_only_layers ?? []).includes(i) &&
    c.decoder_sparse_step > 0 &&
    (i + 1) % c.decoder_sparse_step === 0;
  const ffn = (i: number, base: string): LayerSpec['ffn'] =>
    sparse(i)
      ? {
          moe: {
            router: [t.linear(`${base}.gate`, c.num_experts, s.hidden)],
            gate: { kind: 'softmax', renormalise: c.norm_topk_prob ?? false, scale: 1 },
            experts: gatedExperts(t, `${base}.experts`, {
              count: c.num_experts,
              active: c.num_experts_per_tok,
              inner: c.moe_intermediate_size,
              hidden: s.hidden,
              activation,
            }),
            shared: differences.shared?.(t, base, s.hidden),
          },
        }
      : {
          dense: t.gatedFfn(
            { gate: `${base}.gate_proj`, up: `${base}.up_proj`, down: `${base}.down_proj` },
            c.intermediate_size,
            s.hidden,
            activation,
          ),
        };
  return transformerModel({
    hiddenSize: s.hidden,
    embedding: t.words(config, c.vocab_size, s.hidden),
    rope: ropeOf(config, s.headSize, c.max_position_embeddings),
    finalNorm: t.rms('norm', s.hidden, epsilon),
    maxTokens: c.max_position_embeddings,
    layers: Array.from({ length: layersToBuild(c.num_hidden_layers, options.layers) }, (_, i) => ({
      attentionNorm: t.rms(`layers.${i}.input_layernorm`, s.hidden, epsilon),
      attention: differences.attention(t, `layers.${i}.self_attn`, s, differences.window(i)),
      ffnNorm: t.rms(`layers.${i}.post_attention_layernorm`, s.hidden, epsilon),
      ffn: ffn(i, `layers.${i}.mlp`),
    })),
  });
}
