import { ModelError } from '../../base/errors.ts';

/** Shape of a BERT-like encoder (post-LayerNorm, absolute positions), dense or with mixtures of experts as feed-forward layers. */
export interface EncoderConfig {
  readonly vocabulary: number;
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
  readonly positions: number;
  readonly epsilon: number;
  /** Neurons of the dense feed-forward layer; with experts, the shared expert's. */
  readonly inner: number;
  /** Null for a dense encoder. */
  readonly experts: ExpertConfig | null;
}

export interface ExpertConfig {
  readonly count: number;
  readonly active: number;
  /** Neurons of one routed expert. */
  readonly inner: number;
  /** The chosen experts' weights add up to this (null: they keep their softmax over all). */
  readonly renormalisedTo: number | null;
}

type Json = Record<string, unknown>;

/**
 * Reads config.json of `bert` and `bert_moe` checkpoints.
 * @throws ModelError naming the key that is missing or asks for something this encoder doesn't do.
 */
export function readEncoderConfig(json: Json): EncoderConfig {
  const whole = (key: string): number => {
    const value = json[key];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1)
      throw new ModelError(
        `config.json: ${key} is ${JSON.stringify(value)}; it must be a whole number above 0.`,
      );
    return value;
  };
  if ((json.hidden_act ?? 'gelu') !== 'gelu')
    throw new ModelError(
      `config.json: hidden_act ${String(json.hidden_act)} is not supported; BERT encoders use gelu.`,
    );
  if ((json.position_embedding_type ?? 'absolute') !== 'absolute')
    throw new ModelError(
      `config.json: position_embedding_type ${String(json.position_embedding_type)} is not supported; only absolute is.`,
    );
  const moe = json.num_experts !== undefined;
  return {
    vocabulary: whole('vocab_size'),
    hidden: whole('hidden_size'),
    layers: whole('num_hidden_layers'),
    heads: whole('num_attention_heads'),
    positions: whole('max_position_embeddings'),
    epsilon: typeof json.layer_norm_eps === 'number' ? json.layer_norm_eps : 1e-12,
    inner: moe ? whole('shared_expert_intermediate_size') : whole('intermediate_size'),
    experts: moe
      ? {
          count: whole('num_experts'),
          active: whole('num_experts_per_tok'),
          inner: whole('moe_intermediate_size'),
          renormalisedTo:
            json.norm_topk_prob === false
              ? null
              : typeof json.routed_scaling_factor === 'number'
                ? json.routed_scaling_factor
                : 1,
        }
      : null,
  };
}
