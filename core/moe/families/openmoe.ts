import { z } from 'zod';
import { ModelError } from '../../base/errors.ts';
import { rowsOf, stacked, transposed, type Weight } from '../checkpoint/weight.ts';
import type { Family } from '../family.ts';
import type { ExpertsSpec } from '../graph/experts.ts';
import type { FeedForwardSpec } from '../graph/feed-forward.ts';
import { transformerModel, type LayerSpec } from '../transformer.ts';
import { commonSizes, llamaAttention } from './decoder-parts.ts';
import { allowOnly, checkActive, layersToBuild, parseConfig, ropeOf, specOf, Tensors } from './parts.ts';
import { decoderKeys, size } from './schema.ts';

const schema = z.looseObject({
  ...decoderKeys,
  hidden_act: z.string().default('swiglu'),
  max_position_embeddings: size.default(2048),
  intermediate_size: size,
  num_experts: size,
  router_topk: size.default(2),
  moe_layer_interval: size,
  router_capacity_factor_eval: z.number().positive().default(2),
  router_min_capacity: z.number().int().min(1).default(4),
  mlp_gated: z.boolean().default(true),
});

/** OpenMoE (arXiv 2402.01739; ColossalAI examples/language/openmoe): unscaled attention, capacity, a dense block after each sparse one. */
export const openMoe: Family = {
  name: 'openmoe',
  title: 'OpenMoE',
  modelTypes: ['openmoe', 'llama'],
  // Its configurations on the hub say model_type llama.
  matches: (config) => config.moe_layer_interval !== undefined,
  open(config, checkpoint, options) {
    const c = parseConfig(schema, {
      ...config,
      router_topk: config.router_topk ?? config.topk,
      router_capacity_factor_eval: config.router_capacity_factor_eval ?? config.capacity_factor_eval,
      router_min_capacity: config.router_min_capacity ?? config.min_capacity,
      mlp_gated: config.mlp_gated ?? config.gated,
    });
    allowOnly(config, { router_drop_tks: [true], drop_tks: [true] });
    if (c.hidden_act !== 'swiglu' || !c.mlp_gated)
      throw new ModelError(
        `config.json asks for ${c.mlp_gated ? 'gated' : 'ungated'} ${JSON.stringify(c.hidden_act)} layers; OpenMoE's are gated "swiglu".`,
      );
    checkActive(c.router_topk, c.num_experts);
    const t = new Tensors(checkpoint, 'embed_tokens.weight');
    const s = commonSizes(c);
    const norm = (name: string): ReturnType<Tensors['rms']> => t.rms(name, s.hidden, c.rms_norm_eps);
    const dense = (base: string): FeedForwardSpec => ({
      up: {
        weight: stacked([
          t.get(`${base}.gate_proj.weight`, 2 * c.intermediate_size, s.hidden),
          t.get(`${base}.up_proj.weight`, c.intermediate_size, s.hidden),
        ]),
      },
      gated: true,
      down: t.linear(`${base}.down_proj`, s.hidden, c.intermediate_size),
      activation: 'three-factor',
    });
    return transformerModel({
      hiddenSize: s.hidden,
      embedding: t.words(config, c.vocab_size, s.hidden),
      // The reference's positions are fixed: base 10,000, no scaling.
      rope: ropeOf({}, s.headSize, c.max_position_embeddings),
      finalNorm: norm('norm'),
      maxTokens: c.max_position_embeddings,
      layers: Array.from(
        { length: layersToBuild(c.num_hidden_layers, options.layers) },
        (_, i): LayerSpec => {
          const base = `layers.${i}`;
          const sparse = (i + 1) % c.moe_layer_interval === 0;
          return {
            attentionNorm: norm(`${base}.input_layernorm`),
            attention: llamaAttention(t, `${base}.self_attn`, s, { scale: 1 }),
            ffnNorm: norm(`${base}.post_attention_layernorm`),
            ffn: sparse
              ? {
                  moe: {
                    router: [{ weight: t.get(`${base}.mlp.gate_weight`, c.num_experts, s.hidden) }],
                    gate: {
                      kind: 'capacity',
                      room: { factor: c.router_capacity_factor_eval, minimum: c.router_min_capacity },
                    },
                    experts: experts(t, `${base}.mlp.experts`, c, s.hidden),
                  },
                }
              : { dense: dense(`${base}.mlp`) },
            extra: sparse
              ? { norm: norm(`${base}.pre_extra_mlp_layernorm`), ffn: dense(`${base}.extra_mlp`) }
              : undefined,
          };
        },
      ),
    });
  },
};

/** Matrices are stored as they multiply from the right: [experts, in, out]. */
function experts(t: Tensors, base: string, c: z.output<typeof schema>, hidden: number): ExpertsSpec {
  const { num_experts: count, intermediate_size: inner } = c;
  const part = (name: string, rows: number, columns: number): ((e: number) => Weight) => {
    const all = t.get(`${base}.${name}`, count, rows, columns);
    return (e) => transposed(rowsOf(all, e * rows, (e + 1) * rows));
  };
  const gate = part('wi_gate', hidden, 2 * inner);
  const up = part('wi_up', hidden, inner);
  const down = part('wo', inner, hidden);
  return specOf(count, c.router_topk, (e) => ({
    up: { weight: stacked([gate(e), up(e)]) },
    gated: true,
    down: { weight: down(e) },
    activation: 'three-factor',
  }));
}
