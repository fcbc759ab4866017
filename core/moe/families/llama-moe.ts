import { z } from 'zod';
import { ModelError } from '../../base/errors.ts';
import type { Family } from '../family.ts';
import { activationOf } from '../graph/activation.ts';
import type { GateSpec } from '../graph/gate.ts';
import { transformerModel, type LayerSpec } from '../transformer.ts';
import { commonSizes, llamaAttention } from './decoder-parts.ts';
import {
  allowOnly,
  checkActive,
  gatedFfn,
  layersToBuild,
  parseConfig,
  ropeOf,
  specOf,
  Tensors,
} from './parts.ts';
import { decoderKeys, flag, size } from './schema.ts';

const schema = z.looseObject({
  ...decoderKeys,
  intermediate_size: size,
  num_experts: size.default(16),
  num_selects: size.default(4),
  size_experts: z.array(z.union([size, z.array(size)])).nullish(),
  gate_network: z.string().default('mlp'),
  gate_use_softmax: flag,
  multiply_gate_scores: flag,
  score_scale_factor: z.union([z.number(), z.array(z.number())]).default(1),
  add_weight_norm: flag,
});
type Config = z.output<typeof schema>;

/** LLaMA-MoE v1 (arXiv 2406.16554; modeling_llama_moe_hf.py beside the model on the hub): a router of two layers, scaled experts cut out of Llama's. */
export const llamaMoe: Family = {
  name: 'llama-moe',
  title: 'LLaMA-MoE (v1)',
  modelTypes: ['llama_moe'],
  defaults: {
    vocab_size: 32000,
    hidden_size: 4096,
    intermediate_size: 11008,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    max_position_embeddings: 2048,
  },
  open(config, checkpoint, options) {
    const c = parseConfig(schema, config);
    allowOnly(config, {
      gate_type: ['TopKBalancedNoisyGate'],
      calculator_type: ['UniversalCalculator'],
      gate_network: ['mlp', 'linear'],
    });
    checkActive(c.num_selects, c.num_experts);
    if (c.add_weight_norm)
      throw new ModelError(
        'config.json sets add_weight_norm, which MoETopic does not compute; no published LLaMA-MoE has it.',
      );
    const t = new Tensors(checkpoint, 'embed_tokens.weight');
    const s = commonSizes({ ...c, head_dim: null });
    const activation = activationOf(c.hidden_act);
    return transformerModel({
      hiddenSize: s.hidden,
      embedding: t.words(config, c.vocab_size, s.hidden),
      // The reference's base is fixed, whatever rope_theta says.
      rope: ropeOf({ rope_scaling: config.rope_scaling }, s.headSize, c.max_position_embeddings),
      finalNorm: t.rms('norm', s.hidden, c.rms_norm_eps),
      maxTokens: c.max_position_embeddings,
      layers: Array.from(
        { length: layersToBuild(c.num_hidden_layers, options.layers) },
        (_, i): LayerSpec => {
          const base = `layers.${i}.mlp.calculator.experts`;
          return {
            attentionNorm: t.rms(`layers.${i}.input_layernorm`, s.hidden, c.rms_norm_eps),
            attention: llamaAttention(t, `layers.${i}.self_attn`, s),
            ffnNorm: t.rms(`layers.${i}.post_attention_layernorm`, s.hidden, c.rms_norm_eps),
            ffn: {
              moe: {
                router: router(t, `layers.${i}.mlp.gate.gate_network`, c, s.hidden),
                gate: gate(c, i),
                experts: specOf(c.num_experts, c.num_selects, (e) => {
                  const inner = innerSize(c, i, e);
                  return gatedFfn(
                    { weight: t.get(`${base}.weight_gate.${e}`, inner, s.hidden) },
                    { weight: t.get(`${base}.weight_up.${e}`, inner, s.hidden) },
                    { weight: t.get(`${base}.weight_down.${e}`, s.hidden, inner) },
                    activation,
                  );
                }),
              },
            },
          };
        },
      ),
    });
  },
};

function router(t: Tensors, base: string, c: Config, hidden: number): ReturnType<Tensors['linear']>[] {
  return c.gate_network === 'linear'
    ? [t.linear(base, c.num_experts, hidden)]
    : [t.linear(`${base}.0`, c.num_experts, hidden), t.linear(`${base}.2`, c.num_experts, c.num_experts)];
}

function gate(c: Config, layer: number): GateSpec {
  const factor = c.score_scale_factor;
  const scale = Array.isArray(factor) ? factor[layer] : factor;
  if (c.multiply_gate_scores === false) return { kind: 'plain', weights: 'equal', scale: 1 };
  if (c.gate_use_softmax === false) return { kind: 'plain', weights: 'logits', scale };
  return { kind: 'softmax', renormalise: true, scale };
}

/** Experts may have sizes of their own: by expert, or by layer and expert. */
function innerSize(c: Config, layer: number, expert: number): number {
  const sizes = c.size_experts?.[layer];
  if (Array.isArray(sizes)) return sizes[expert];
  const flat = c.size_experts?.[expert];
  return typeof flat === 'number' ? flat : Math.floor(c.intermediate_size / c.num_experts);
}
