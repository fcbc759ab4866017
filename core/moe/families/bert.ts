import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ModelError } from '../../base/errors.ts';
import { buildEncoder } from '../encoder/build.ts';
import { foldAttention, positionsWithType } from '../encoder/weights.ts';
import type { EncoderLayer, EncoderSpec } from '../encoder/spec.ts';
import type { Family, FamilyModel } from '../family.ts';
import { activationOf } from '../graph/activation.ts';
import { allowOnly, layersToBuild, parseConfig, Tensors } from './parts.ts';
import { size } from './schema.ts';

/** Keys of config.json that dense BERT encoders and those with mixtures share. */
export const bertKeys = {
  vocab_size: size,
  hidden_size: size,
  num_hidden_layers: size,
  num_attention_heads: size,
  max_position_embeddings: size,
  type_vocab_size: size.default(2),
  layer_norm_eps: z.number().positive().default(1e-12),
  position_embedding_type: z.literal('absolute').default('absolute'),
};
const schema = z.looseObject({
  ...bertKeys,
  intermediate_size: size,
  hidden_act: z.string().default('gelu'),
});
type BertConfig = z.output<z.ZodObject<typeof bertKeys>>;

const anchor = 'embeddings.word_embeddings.weight';

/** Dense BERT-like encoders (MiniLM, BGE, E5 …): hidden states only, the baseline to compare mixtures with. */
export const bert: Family = {
  name: 'bert',
  title: 'BERT (dense)',
  modelTypes: ['bert'],
  defaults: {
    vocab_size: 30522,
    hidden_size: 768,
    num_hidden_layers: 12,
    num_attention_heads: 12,
    intermediate_size: 3072,
    max_position_embeddings: 512,
  },
  open(config, checkpoint, options) {
    const c = parseConfig(schema, config);
    allowOnly(config, { is_decoder: [false] });
    const t = new Tensors(checkpoint, anchor, ['', 'bert.', 'model.']);
    const activation = activationOf(c.hidden_act);
    const spec = encoderSpec(t, c, layersToBuild(c.num_hidden_layers, options.layers), (i) => {
      const base = `encoder.layer.${i}`;
      return {
        up: t.linear(`${base}.intermediate.dense`, c.intermediate_size, c.hidden_size, true),
        down: t.linear(`${base}.output.dense`, c.hidden_size, c.intermediate_size, true),
        activation,
        groups: null,
      };
    });
    return encoderModel(spec, c, poolingOf(checkpoint.folder));
  },
};

/** The parts around the feed-forward layers, which are the caller's. */
export function encoderSpec(
  t: Tensors,
  c: BertConfig,
  layers: number,
  feedForward: (layer: number) => Pick<EncoderLayer, 'up' | 'down' | 'activation' | 'groups'>,
): EncoderSpec {
  const h = c.hidden_size;
  if (h % c.num_attention_heads !== 0)
    throw new ModelError(
      `config.json: hidden_size ${h} is no multiple of num_attention_heads ${c.num_attention_heads}; the file is damaged.`,
    );
  const norm = (name: string): EncoderSpec['norm'] => t.layerNorm(name, h, c.layer_norm_eps);
  return {
    hidden: h,
    heads: c.num_attention_heads,
    words: t.get(anchor, c.vocab_size, h),
    positions: positionsWithType(
      t.get('embeddings.position_embeddings.weight', c.max_position_embeddings, h),
      t.get('embeddings.token_type_embeddings.weight', c.type_vocab_size, h),
    ),
    norm: norm('embeddings.LayerNorm'),
    layers: Array.from({ length: layers }, (_, i) => {
      const base = `encoder.layer.${i}`;
      const part = (name: string): EncoderLayer['query'] => t.linear(`${base}.attention.${name}`, h, h, true);
      return {
        query: part('self.query'),
        key: { weight: part('self.key').weight },
        ...foldAttention(part('self.value'), part('output.dense')),
        attentionNorm: norm(`${base}.attention.output.LayerNorm`),
        norm: norm(`${base}.output.LayerNorm`),
        ...feedForward(i),
      };
    }),
  };
}

/** What `Family.open` returns for an encoder. */
export function encoderModel(
  spec: EncoderSpec,
  c: BertConfig,
  pooling: FamilyModel['pooling'],
): Omit<FamilyModel, 'gate'> & { gate: string } {
  return {
    hiddenSize: spec.hidden,
    layers: spec.layers.length,
    routers: spec.layers.flatMap(({ groups }, layer) =>
      groups === null
        ? []
        : [{ layer, kind: 'mlp' as const, experts: groups.experts, active: groups.active }],
    ),
    expertParameters: spec.layers.flatMap(({ groups }) =>
      groups === null
        ? []
        : [{ experts: groups.experts, active: groups.active, each: groups.width * (2 * spec.hidden + 1) }],
    ),
    gate: 'dense',
    maxTokens: c.max_position_embeddings,
    pooling,
    prefix: '',
    languages: ['en'],
    alpha: 1,
    build: (m, inputs) => buildEncoder(m, inputs, spec),
  };
}

/** sentence-transformers keep their pooling beside the model; the mean where there is none. */
function poolingOf(folder: string): FamilyModel['pooling'] {
  try {
    const file = path.join(folder, '1_Pooling', 'config.json');
    const config = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    if (config.pooling_mode_cls_token === true) return 'cls';
    if (config.pooling_mode_lasttoken === true) return 'last';
    if (config.pooling_mode_weightedmean_tokens === true) return 'weighted-mean';
  } catch {
    // Not a sentence-transformers model, or one whose pooling can't be read: the mean is what most were trained with.
  }
  return 'mean';
}
