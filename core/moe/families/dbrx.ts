import { z } from 'zod';
import type { Family } from '../family.ts';
import { activationOf } from '../graph/activation.ts';
import { rowsOf, transposed } from '../checkpoint/weight.ts';
import type { NormSpec } from '../graph/norm.ts';
import { transformerModel, type LayerSpec } from '../transformer.ts';
import { commonSizes } from './decoder-parts.ts';
import { checkActive, gatedFfn, layersToBuild, parseConfig, ropeOf, specOf, Tensors } from './parts.ts';
import { optionalSize, size } from './schema.ts';

const schema = z.looseObject({
  d_model: size,
  n_heads: size,
  n_layers: size,
  max_seq_len: size,
  vocab_size: size,
  attn_config: z.looseObject({
    kv_n_heads: optionalSize,
    clip_qkv: z.number().positive().nullish(),
  }),
  ffn_config: z.looseObject({
    ffn_hidden_size: size.default(3584),
    moe_num_experts: size.default(4),
    moe_top_k: size.default(1),
    // DBRX' own config.json leaves it out, and then it is 1; null is none.
    moe_normalize_expert_weights: z.number().positive().nullable().default(1),
    ffn_act_fn: z.looseObject({ name: z.string().default('silu') }).nullish(),
  }),
});

/** LayerNorm's own default; the configuration does not set it. */
const epsilon = 1e-5;

/** DBRX (transformers models/dbrx): one matrix for q, k and v, clipped; probabilities divided by their p-norm; w2 is stored transposed. */
export const dbrx: Family = {
  name: 'dbrx',
  title: 'DBRX',
  modelTypes: ['dbrx'],
  defaults: {
    d_model: 2048,
    n_heads: 16,
    n_layers: 24,
    max_seq_len: 2048,
    vocab_size: 32000,
    attn_config: {},
    ffn_config: {},
  },
  open(config, checkpoint, options) {
    const c = parseConfig(schema, config);
    const { attn_config: a, ffn_config: f } = c;
    checkActive(f.moe_top_k, f.moe_num_experts);
    const t = new Tensors(checkpoint, 'wte.weight', ['transformer.', '', 'model.']);
    const s = commonSizes({
      hidden_size: c.d_model,
      num_attention_heads: c.n_heads,
      num_key_value_heads: a.kv_n_heads ?? 1,
    });
    const kv = s.kvHeads * s.headSize;
    const activation = activationOf(f.ffn_act_fn?.name ?? 'silu');
    const norm = (name: string): NormSpec => t.layerNorm(name, s.hidden, epsilon, false);
    return transformerModel({
      hiddenSize: s.hidden,
      embedding: t.get('wte.weight', c.vocab_size, s.hidden),
      // transformers 5 has no use for attn_config.rope_theta: the base is the one beside it or 10,000.
      rope: ropeOf(config, s.headSize, c.max_seq_len),
      finalNorm: norm('norm_f'),
      maxTokens: c.max_seq_len,
      layers: Array.from({ length: layersToBuild(c.n_layers, options.layers) }, (_, i): LayerSpec => {
        const block = `blocks.${i}.norm_attn_norm`;
        const qkv = t.get(`${block}.attn.Wqkv.weight`, s.hidden + 2 * kv, s.hidden);
        const rows = f.moe_num_experts * f.ffn_hidden_size;
        const expert = (name: string, e: number): ReturnType<Tensors['get']> =>
          rowsOf(
            t.get(`blocks.${i}.ffn.experts.mlp.${name}`, rows, s.hidden),
            e * f.ffn_hidden_size,
            (e + 1) * f.ffn_hidden_size,
          );
        return {
          attentionNorm: norm(`${block}.norm_1`),
          attention: {
            heads: s.heads,
            kvHeads: s.kvHeads,
            headSize: s.headSize,
            valueSize: s.headSize,
            scale: s.headSize ** -0.5,
            causal: true,
            window: null,
            clip: a.clip_qkv ?? undefined,
            q: { weight: rowsOf(qkv, 0, s.hidden) },
            k: { weight: rowsOf(qkv, s.hidden, s.hidden + kv) },
            v: { weight: rowsOf(qkv, s.hidden + kv, s.hidden + 2 * kv) },
            o: t.linear(`${block}.attn.out_proj`, s.hidden, s.hidden),
          },
          ffnNorm: norm(`${block}.norm_2`),
          ffn: {
            moe: {
              router: [t.linear(`blocks.${i}.ffn.router.layer`, f.moe_num_experts, s.hidden)],
              gate: {
                kind: 'softmax',
                renormalise: f.moe_normalize_expert_weights
                  ? { pNorm: f.moe_normalize_expert_weights }
                  : false,
                scale: 1,
              },
              experts: specOf(f.moe_num_experts, f.moe_top_k, (e) =>
                gatedFfn(
                  { weight: expert('w1', e) },
                  { weight: expert('v1', e) },
                  { weight: transposed(expert('w2', e)) },
                  activation,
                ),
              ),
            },
          },
        };
      }),
    });
  },
};
