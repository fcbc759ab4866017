import { z } from 'zod';
import { ModelError } from '../../base/errors.ts';
import { transformerModel, type LayerSpec } from '../transformer.ts';
import type { Family } from '../family.ts';
import { activationOf, type Activation } from '../graph/activation.ts';
import type { GateSpec } from '../graph/gate.ts';
import { latentAttention } from '../graph/latent-attention.ts';
import { ropeConfigOf, yarnScale } from '../graph/rope-parameters.ts';
import { commonSizes, llamaAttention } from './decoder-parts.ts';
import {
  allowOnly,
  checkActive,
  gatedExperts,
  layersToBuild,
  parseConfig,
  ropeOf,
  Tensors,
} from './parts.ts';
import { decoderKeys, flag, optionalSize, size } from './schema.ts';

const shared = {
  ...decoderKeys,
  intermediate_size: size,
  moe_intermediate_size: size,
  n_routed_experts: size,
  num_experts_per_tok: size,
  n_shared_experts: optionalSize,
  first_k_dense_replace: z.number().int().min(0).default(0),
  attention_bias: flag,
};

const firstSchema = z.looseObject({
  ...shared,
  moe_layer_freq: z.number().int().positive().default(1),
  norm_topk_prob: flag,
});

const secondSchema = z.looseObject({
  ...shared,
  q_lora_rank: optionalSize,
  kv_lora_rank: size,
  qk_nope_head_dim: size,
  qk_rope_head_dim: size,
  v_head_dim: size,
  topk_method: z.string().default('greedy'),
  n_group: optionalSize,
  topk_group: optionalSize,
  routed_scaling_factor: z.number().default(1),
  mlp_bias: flag,
});

/** DeepSeekMoE, V1 (arXiv 2401.06066; modeling_deepseek.py beside the model on the hub): Llama's attention, shared experts without a gate. */
export const deepseek: Family = {
  name: 'deepseek',
  title: 'DeepSeekMoE (V1)',
  modelTypes: ['deepseek'],
  open(config, checkpoint, options) {
    const c = parseConfig(firstSchema, config);
    allowOnly(config, { scoring_func: ['softmax'] });
    const t = new Tensors(checkpoint, 'embed_tokens.weight');
    const s = commonSizes(c);
    const bias = c.attention_bias ?? false;
    return transformerModel({
      ...frame(t, c, config),
      rope: ropeOf(config, s.headSize, c.max_position_embeddings),
      layers: Array.from({ length: layersToBuild(c.num_hidden_layers, options.layers) }, (_, i) => ({
        ...norms(t, c, i),
        attention: llamaAttention(t, `layers.${i}.self_attn`, s, { qkvBias: bias, outBias: bias }),
        ffn: ffn(t, c, i, i >= c.first_k_dense_replace && i % c.moe_layer_freq === 0, {
          kind: 'softmax',
          renormalise: (c.norm_topk_prob ?? false) && c.num_experts_per_tok > 1,
          scale: 1,
        }),
      })),
    });
  },
};

/** DeepSeek-V2 and V2-Lite (arXiv 2405.04434; transformers models/deepseek_v2): latent attention, interleaved rotary positions, groups of experts. */
export const deepseekV2: Family = {
  name: 'deepseek-v2',
  title: 'DeepSeek-V2',
  modelTypes: ['deepseek_v2'],
  aliases: { num_experts: 'n_routed_experts', num_local_experts: 'n_routed_experts' },
  defaults: {
    vocab_size: 102400,
    hidden_size: 4096,
    intermediate_size: 11008,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    max_position_embeddings: 2048,
    q_lora_rank: 1536,
    kv_lora_rank: 512,
    qk_nope_head_dim: 128,
    qk_rope_head_dim: 64,
    v_head_dim: 128,
    n_routed_experts: 64,
    n_shared_experts: 2,
    moe_intermediate_size: 1407,
  },
  open(config, checkpoint, options) {
    const c = parseConfig(secondSchema, config);
    allowOnly(config, {
      scoring_func: ['softmax'],
      topk_method: ['greedy', 'group_limited_greedy'],
      moe_layer_freq: [1],
    });
    const grouped = c.topk_method === 'group_limited_greedy';
    if (grouped && !(c.n_group && c.topk_group && c.n_routed_experts % c.n_group === 0))
      throw new ModelError(
        `config.json asks for group_limited_greedy, but n_group ${c.n_group} and topk_group ${c.topk_group} don't divide ${c.n_routed_experts} experts into groups; the file is damaged.`,
      );
    const t = new Tensors(checkpoint, 'embed_tokens.weight');
    const rope = ropeConfigOf(config);
    const keySize = c.qk_nope_head_dim + c.qk_rope_head_dim;
    const mscale =
      rope.rope_type !== 'default' && rope.mscale_all_dim
        ? yarnScale(rope.factor ?? 1, rope.mscale_all_dim)
        : 1;
    // The reference scales the chosen probabilities and never renormalises them, whatever norm_topk_prob says.
    const gate: GateSpec = {
      kind: 'softmax',
      renormalise: false,
      scale: c.routed_scaling_factor,
      groups: grouped && c.n_group && c.topk_group ? { count: c.n_group, active: c.topk_group } : undefined,
    };
    return transformerModel({
      ...frame(t, c, config),
      rope: ropeOf(config, c.qk_rope_head_dim, c.max_position_embeddings, { interleaved: true }),
      layers: Array.from({ length: layersToBuild(c.num_hidden_layers, options.layers) }, (_, i) => ({
        ...norms(t, c, i),
        attention: latentAttention(t, `layers.${i}.self_attn`, {
          hidden: c.hidden_size,
          heads: c.num_attention_heads,
          queryRank: c.q_lora_rank ?? null,
          keyValueRank: c.kv_lora_rank,
          plainSize: c.qk_nope_head_dim,
          rotatedSize: c.qk_rope_head_dim,
          valueSize: c.v_head_dim,
          scale: keySize ** -0.5 * mscale * mscale,
          bias: c.attention_bias ?? false,
        }),
        ffn: ffn(t, c, i, i >= c.first_k_dense_replace, gate, c.mlp_bias ?? false),
      })),
    });
  },
};

type Config = z.output<z.ZodObject<typeof shared>>;

function frame(
  t: Tensors,
  c: Config,
  config: Record<string, unknown>,
): Pick<Parameters<typeof transformerModel>[0], 'hiddenSize' | 'embedding' | 'finalNorm' | 'maxTokens'> {
  checkActive(c.num_experts_per_tok, c.n_routed_experts);
  return {
    hiddenSize: c.hidden_size,
    embedding: t.words(config, c.vocab_size, c.hidden_size),
    finalNorm: t.rms('norm', c.hidden_size, c.rms_norm_eps),
    maxTokens: c.max_position_embeddings,
  };
}

function norms(t: Tensors, c: Config, i: number): Pick<LayerSpec, 'attentionNorm' | 'ffnNorm'> {
  return {
    attentionNorm: t.rms(`layers.${i}.input_layernorm`, c.hidden_size, c.rms_norm_eps),
    ffnNorm: t.rms(`layers.${i}.post_attention_layernorm`, c.hidden_size, c.rms_norm_eps),
  };
}

function ffn(
  t: Tensors,
  c: Config,
  i: number,
  sparse: boolean,
  gate: GateSpec,
  bias = false,
): LayerSpec['ffn'] {
  const base = `layers.${i}.mlp`;
  const activation: Activation = activationOf(c.hidden_act);
  const dense = (name: string, inner: number): ReturnType<Tensors['gatedFfn']> =>
    t.gatedFfn(
      { gate: `${name}.gate_proj`, up: `${name}.up_proj`, down: `${name}.down_proj` },
      inner,
      c.hidden_size,
      activation,
      bias,
    );
  if (!sparse) return { dense: dense(base, c.intermediate_size) };
  return {
    moe: {
      router: [t.linear(`${base}.gate`, c.n_routed_experts, c.hidden_size)],
      gate,
      experts: gatedExperts(t, `${base}.experts`, {
        count: c.n_routed_experts,
        active: c.num_experts_per_tok,
        inner: c.moe_intermediate_size,
        hidden: c.hidden_size,
        activation,
      }),
      shared: c.n_shared_experts
        ? { ffn: dense(`${base}.shared_experts`, c.moe_intermediate_size * c.n_shared_experts) }
        : undefined,
    },
  };
}
