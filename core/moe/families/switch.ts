import { z } from 'zod';
import { ModelError } from '../../base/errors.ts';
import type { Family } from '../family.ts';
import { activationOf, type Activation } from '../graph/activation.ts';
import type { FeedForwardSpec } from '../graph/feed-forward.ts';
import { relativeBias } from '../graph/relative-bias.ts';
import { transformerModel, type LayerSpec } from '../transformer.ts';
import { gatedFfn, layersToBuild, parseConfig, specOf, Tensors } from './parts.ts';
import { flag, size } from './schema.ts';

const schema = z.looseObject({
  vocab_size: size,
  d_model: size,
  d_kv: size,
  d_ff: size,
  num_heads: size,
  num_layers: size,
  num_experts: size,
  expert_capacity: size.default(64),
  router_bias: flag,
  router_dtype: z.enum(['float32', 'float16', 'bfloat16']).default('float32'),
  relative_attention_num_buckets: size.default(32),
  relative_attention_max_distance: size.default(128),
  layer_norm_epsilon: z.number().positive().default(1e-6),
  dense_act_fn: z.string().nullish(),
  feed_forward_proj: z.string().nullish(),
  n_positions: size.default(512),
  tie_word_embeddings: flag,
});
type Config = z.output<typeof schema>;

/** Switch Transformers' encoder (arXiv 2101.03961; transformers models/switch_transformers): one expert a token, tokens beyond its capacity dropped. */
export const switchTransformers: Family = {
  name: 'switch',
  title: 'Switch Transformers (encoder)',
  modelTypes: ['switch_transformers'],
  aliases: { hidden_size: 'd_model', num_attention_heads: 'num_heads', num_hidden_layers: 'num_layers' },
  defaults: {
    vocab_size: 32128,
    d_model: 768,
    d_kv: 64,
    d_ff: 2048,
    num_heads: 12,
    num_layers: 12,
    num_experts: 8,
    num_sparse_encoder_layers: 3,
  },
  open(config, checkpoint, options) {
    const c = parseConfig(schema, config);
    const first = 'encoder.block.0.layer.0';
    const t = new Tensors(checkpoint, `${first}.layer_norm.weight`, ['', 'switch_transformers.', 'model.']);
    const norm = (name: string): ReturnType<Tensors['rms']> => t.rms(name, c.d_model, c.layer_norm_epsilon);
    const table = t.get(
      `${first}.SelfAttention.relative_attention_bias.weight`,
      c.relative_attention_num_buckets,
      c.num_heads,
    );
    const embeddings = ['shared.weight', 'encoder.embed_tokens.weight'];
    if (c.tie_word_embeddings === false) embeddings.reverse();
    return transformerModel({
      hiddenSize: c.d_model,
      embedding: t.get(t.pick(...embeddings), c.vocab_size, c.d_model),
      rope: null,
      scoreBias: (frame) => relativeBias(frame, table, c.relative_attention_max_distance),
      finalNorm: norm('encoder.final_layer_norm'),
      maxTokens: c.n_positions,
      pooling: 'mean',
      layers: Array.from({ length: layersToBuild(c.num_layers, options.layers) }, (_, i): LayerSpec => {
        const block = `encoder.block.${i}`;
        return {
          attentionNorm: norm(`${block}.layer.0.layer_norm`),
          attention: attention(t, `${block}.layer.0.SelfAttention`, c),
          ffnNorm: norm(`${block}.layer.1.layer_norm`),
          ffn: ffn(t, `${block}.layer.1.mlp`, c),
        };
      }),
    });
  },
};

function attention(t: Tensors, base: string, c: Config): LayerSpec['attention'] {
  const width = c.num_heads * c.d_kv;
  return {
    heads: c.num_heads,
    kvHeads: c.num_heads,
    headSize: c.d_kv,
    valueSize: c.d_kv,
    scale: 1,
    causal: false,
    window: null,
    q: t.linear(`${base}.q`, width, c.d_model),
    k: t.linear(`${base}.k`, width, c.d_model),
    v: t.linear(`${base}.v`, width, c.d_model),
    o: t.linear(`${base}.o`, c.d_model, width),
  };
}

/** Which layers are sparse is read off the tensors: configurations count them in two ways. */
function ffn(t: Tensors, base: string, c: Config): LayerSpec['ffn'] {
  if (!t.has(`${base}.router.classifier.weight`)) return { dense: dense(t, base, c) };
  return {
    moe: {
      router: [t.linear(`${base}.router.classifier`, c.num_experts, c.d_model, c.router_bias ?? false)],
      gate: { kind: 'capacity', room: c.expert_capacity },
      rounding: c.router_dtype === 'float32' ? undefined : c.router_dtype,
      experts: specOf(c.num_experts, 1, (e) => dense(t, `${base}.experts.expert_${e}`, c)),
    },
  };
}

function dense(t: Tensors, base: string, c: Config): FeedForwardSpec {
  const down = t.linear(`${base}.wo`, c.d_model, c.d_ff);
  const activation = activationName(c);
  if (!t.has(`${base}.wi_0.weight`))
    return { up: t.linear(`${base}.wi`, c.d_ff, c.d_model), gated: false, down, activation };
  return gatedFfn(
    t.linear(`${base}.wi_0`, c.d_ff, c.d_model),
    t.linear(`${base}.wi_1`, c.d_ff, c.d_model),
    down,
    activation,
  );
}

/** `feed_forward_proj` is "relu", "gelu" or "gated-gelu", whose gelu is the one by tanh (as in T5 v1.1). */
function activationName(c: Config): Activation {
  const name = c.dense_act_fn ?? c.feed_forward_proj?.replace(/^gated-/, '') ?? 'relu';
  if (c.feed_forward_proj === 'gated-gelu') return 'gelu_new';
  if (name === '') throw new ModelError('config.json names no dense_act_fn; the file is damaged.');
  return activationOf(name);
}
