import { z } from 'zod';
import { ModelError } from '../../base/errors.ts';
import { rowsOf, transposed, type Weight } from '../checkpoint/weight.ts';
import type { BuiltModel, ExpertParameters, Family, GraphInputs, RouterValues } from '../family.ts';
import { activationOf } from '../graph/activation.ts';
import { attention, type AttentionSpec, type LinearSpec } from '../graph/attention.ts';
import { feedForward, type FeedForwardSpec } from '../graph/feed-forward.ts';
import { Frame } from '../graph/frame.ts';
import { gateName, type GateSpec } from '../graph/gate.ts';
import { Masks } from '../graph/mask.ts';
import { moeLayer, type MoeSpec } from '../graph/moe-layer.ts';
import { norm, type NormSpec } from '../graph/norm.ts';
import { ropeConfigOf, ropeParameters } from '../graph/rope-parameters.ts';
import { ropeValues } from '../graph/rope.ts';
import { parametersOf } from '../transformer.ts';
import type { ModelWriter } from '../write/model-writer.ts';
import { allowOnly, checkActive, gatedFfn, layersToBuild, parseConfig, specOf, Tensors } from './parts.ts';
import { flag, optionalSize, size } from './schema.ts';

const schema = z.looseObject({
  n_embd: size,
  n_head: size,
  n_inner: size.nullish(),
  n_layer: size,
  n_positions: size.default(2048),
  max_trained_positions: optionalSize,
  activation_function: z.string().default('gelu'),
  layer_norm_epsilon: z.number().positive().default(1e-5),
  type_vocab_size: z.number().int().min(0).default(0),
  prenorm: flag,
  use_rms_norm: flag,
  causal: flag,
  qkv_proj_bias: flag,
  mlp_fc1_bias: flag,
  mlp_fc2_bias: flag,
  rotary_emb_base: z.number().positive().default(10000),
  rotary_emb_fraction: z.number().min(0).max(1).default(1),
  rotary_emb_interleaved: flag,
  num_experts: z.number().int().min(0).nullish(),
  moe_top_k: size.default(2),
  moe_every_n_layers: z.number().int().min(0).nullish(),
  moe_normalize_expert_weights: flag,
});
type Config = z.output<typeof schema>;

interface Layer {
  readonly attention: AttentionSpec;
  readonly attentionNorm: NormSpec;
  readonly ffn: { readonly dense: FeedForwardSpec } | { readonly moe: MoeSpec };
  readonly ffnNorm: NormSpec;
}

/**
 * nomic-embed-text-v2-moe (arXiv 2502.07972; modeling_hf_nomic_bert.py beside the model on the hub), and its dense elder v1: an encoder with
 * norms after its blocks, rotary positions, every other layer a mixture whose probabilities are not renormalised.
 */
export const nomicBertMoe: Family = {
  name: 'nomic-bert-moe',
  title: 'nomic-embed-text-v2-moe',
  modelTypes: ['nomic_bert'],
  open(config, checkpoint, options) {
    const c = parseConfig(schema, hubKeys(config));
    allowOnly(config, {
      expert_choice_router: [false],
      num_shared_experts: [0],
      rotary_emb_scale_base: [],
      scale_attn_weights: [true],
      scale_attn_by_inverse_layer_idx: [false],
      parallel_block: [false],
    });
    if (c.prenorm || c.use_rms_norm || c.causal)
      throw new ModelError(
        'config.json sets prenorm, use_rms_norm or causal, which no published nomic-embed-text has and MoETopic does not compute.',
      );
    const t = new Tensors(checkpoint, 'embeddings.word_embeddings.weight', [
      '',
      'bert.',
      'nomic_bert.',
      'model.',
    ]);
    const layers = Array.from({ length: layersToBuild(c.n_layer, options.layers) }, (_, i) =>
      layerOf(t, c, i),
    );
    const moe = layers.flatMap((l, layer) => ('moe' in l.ffn ? [{ layer, ...l.ffn.moe }] : []));
    const table = checkpoint.tensors.get(`${t.prefix}embeddings.word_embeddings.weight`);
    const words = t.get('embeddings.word_embeddings.weight', table?.shape[0] ?? 0, c.n_embd);
    const types = c.type_vocab_size
      ? t.get('embeddings.token_type_embeddings.weight', c.type_vocab_size, c.n_embd)
      : null;
    const embeddingNorm = t.layerNorm('emb_ln', c.n_embd, c.layer_norm_epsilon);
    return {
      hiddenSize: c.n_embd,
      layers: layers.length,
      routers: moe.map((m) => ({
        layer: m.layer,
        kind: 'mlp',
        experts: m.experts.count,
        active: m.experts.active,
      })),
      gate: moe.length ? gateName(moe[0].gate, moe[0].experts.active, moe[0].experts.count) : 'dense',
      expertParameters: moe.map((m): ExpertParameters => ({
        experts: m.experts.count,
        active: m.experts.active,
        each: parametersOf(m.experts.expert(0)),
      })),
      // rotary_scaling_factor changes nothing up to the trained length, and no longer text is read.
      maxTokens: Math.min(c.n_positions, c.max_trained_positions ?? 2048),
      pooling: 'mean',
      prefix: 'search_document: ',
      languages: moe.length ? ['*'] : ['en'],
      alpha: 1,
      build: (m, inputs) => build(m, inputs, c, { words, types, embeddingNorm, layers }),
    };
  },
};

/** transformers 5 has the dense kind under BERT's keys and writes its tensors under the hub's names; here its keys as on the hub. */
function hubKeys(config: Record<string, unknown>): Record<string, unknown> {
  if (config.n_embd !== undefined) return config;
  allowOnly(config, { hidden_act: ['silu', 'swish', 'gelu', 'sigmoid'] });
  const rope = ropeConfigOf(config, 1000);
  if (rope.rope_type !== 'default')
    throw new ModelError(
      `config.json asks for rotary positions of type ${JSON.stringify(rope.rope_type)}, which MoETopic does not compute for this kind of model.`,
    );
  const { hidden_act: activation } = config;
  return {
    ...config,
    n_embd: config.hidden_size ?? 768,
    n_layer: config.num_hidden_layers ?? 12,
    n_head: config.num_attention_heads ?? 12,
    n_inner: config.intermediate_size ?? 3072,
    n_positions: config.max_position_embeddings ?? 2048,
    layer_norm_epsilon: config.layer_norm_eps ?? 1e-12,
    type_vocab_size: config.type_vocab_size ?? 2,
    activation_function: activation === 'gelu' ? 'geglu' : activation === 'sigmoid' ? 'glu' : 'swiglu',
    rotary_emb_base: rope.rope_theta,
  };
}

function layerOf(t: Tensors, c: Config, i: number): Layer {
  const base = `encoder.layers.${i}`;
  const size = c.n_embd / c.n_head;
  const qkv = t.get(`${base}.attn.Wqkv.weight`, 3 * c.n_embd, c.n_embd);
  const biased = c.qkv_proj_bias ?? t.has(`${base}.attn.Wqkv.bias`);
  const qkvBias = biased ? t.get(`${base}.attn.Wqkv.bias`, 3 * c.n_embd) : undefined;
  const part = (n: number): LinearSpec => ({
    weight: rowsOf(qkv, n * c.n_embd, (n + 1) * c.n_embd),
    bias: qkvBias && vectorPart(qkvBias, n * c.n_embd, (n + 1) * c.n_embd),
  });
  const every = c.num_experts ? (c.moe_every_n_layers ?? 0) : 0;
  return {
    attention: {
      heads: c.n_head,
      kvHeads: c.n_head,
      headSize: size,
      valueSize: size,
      scale: size ** -0.5,
      causal: false,
      window: null,
      q: part(0),
      k: part(1),
      v: part(2),
      o: t.linear(`${base}.attn.out_proj`, c.n_embd, c.n_embd, biased),
    },
    attentionNorm: t.layerNorm(`${base}.norm1`, c.n_embd, c.layer_norm_epsilon),
    ffn:
      every > 0 && i % every === 1
        ? { moe: moeOf(t, `${base}.mlp`, c) }
        : { dense: denseOf(t, `${base}.mlp`, c) },
    ffnNorm: t.layerNorm(`${base}.norm2`, c.n_embd, c.layer_norm_epsilon),
  };
}

function moeOf(t: Tensors, base: string, c: Config): MoeSpec {
  const experts = c.num_experts ?? 0;
  checkActive(c.moe_top_k, experts);
  const inner = innerSize(c);
  const w1 = t.get(`${base}.experts.mlp.w1`, experts * inner, c.n_embd);
  const w2 = t.get(`${base}.experts.mlp.w2`, experts * inner, c.n_embd);
  const gate: GateSpec = { kind: 'softmax', renormalise: c.moe_normalize_expert_weights ?? false, scale: 1 };
  const activation = activationOf(c.activation_function);
  return {
    router: [t.linear(`${base}.router.layer`, experts, c.n_embd)],
    gate,
    bias: t.get(`${base}.experts.bias`, c.n_embd),
    experts: specOf(experts, c.moe_top_k, (e) => ({
      up: { weight: rowsOf(w1, e * inner, (e + 1) * inner) },
      gated: false,
      // Stored [inner, hidden], as it multiplies from the right.
      down: { weight: transposed(rowsOf(w2, e * inner, (e + 1) * inner)) },
      activation,
    })),
  };
}

function denseOf(t: Tensors, base: string, c: Config): FeedForwardSpec {
  const inner = innerSize(c);
  const down = t.linear(`${base}.fc2`, c.n_embd, inner, c.mlp_fc2_bias ?? t.has(`${base}.fc2.bias`));
  const gated = { swiglu: 'silu', geglu: 'gelu', glu: 'sigmoid' }[c.activation_function];
  const bias = c.mlp_fc1_bias ?? t.has(`${base}.${gated ? 'fc11' : 'fc1'}.bias`);
  if (!gated)
    return {
      up: t.linear(`${base}.fc1`, inner, c.n_embd, bias),
      gated: false,
      down,
      activation: activationOf(c.activation_function),
    };
  return gatedFfn(
    t.linear(`${base}.fc12`, inner, c.n_embd, bias),
    t.linear(`${base}.fc11`, inner, c.n_embd, bias),
    down,
    activationOf(gated),
  );
}

function innerSize(c: Config): number {
  return c.n_inner ?? 4 * c.n_embd;
}

function vectorPart(w: Weight, from: number, to: number): Weight {
  return {
    name: `${w.name}[${from}:${to}]`,
    rows: 1,
    columns: to - from,
    read: async () => (await w.read(0, 1)).slice(from, to),
  };
}

function build(
  m: ModelWriter,
  inputs: GraphInputs,
  c: Config,
  parts: { words: Weight; types: Weight | null; embeddingNorm: NormSpec; layers: readonly Layer[] },
): BuiltModel {
  const g = m.graph;
  const frame = new Frame(m, inputs);
  const masks = new Masks(frame);
  const rotated = Math.floor((c.n_embd / c.n_head) * c.rotary_emb_fraction);
  const rope =
    rotated > 0
      ? ropeValues(
          frame,
          ropeParameters({ rope_type: 'default', rope_theta: c.rotary_emb_base }, rotated, c.n_positions),
          c.rotary_emb_interleaved ?? false,
        )
      : null;
  let x = m.embedding(inputs.ids, parts.words);
  // All tokens are of the first type.
  if (parts.types) x = g.op('Add', [x, m.float(rowsOf(parts.types, 0, 1))]);
  x = norm(m, x, parts.embeddingNorm);
  const routers: RouterValues[] = [];
  for (const layer of parts.layers) {
    x = norm(m, g.op('Add', [x, attention(frame, x, layer.attention, rope, masks)]), layer.attentionNorm);
    let added: string;
    if ('moe' in layer.ffn) {
      const { out, router } = moeLayer(frame, x, layer.ffn.moe);
      routers.push(router);
      added = out;
    } else added = feedForward(m, x, layer.ffn.dense, m.quantisedInput(x));
    x = norm(m, g.op('Add', [x, added]), layer.ffnNorm);
  }
  return { hidden: x, routers, perText: true };
}
