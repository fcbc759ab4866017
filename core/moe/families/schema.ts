import { z } from 'zod';

/** Keys that nearly every decoder's config.json has. */
export const size = z.number().int().positive().max(1e9);
export const optionalSize = size.nullish();
export const flag = z.boolean().nullish();

/** What each layer's attention sees, where a configuration lists it. */
export const layerTypes = z.array(z.enum(['full_attention', 'sliding_attention'])).nullish();

export const decoderKeys = {
  hidden_size: size,
  num_hidden_layers: size,
  num_attention_heads: size,
  num_key_value_heads: optionalSize,
  head_dim: optionalSize,
  vocab_size: size,
  max_position_embeddings: size,
  hidden_act: z.string().default('silu'),
  rms_norm_eps: z.number().positive().default(1e-6),
};
