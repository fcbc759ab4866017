import { z } from 'zod';
import { ModelError } from '../../base/errors.ts';

/**
 * Rotary position embedding, ready to be used: an angle of position · frequency for each pair of numbers of a head,
 * cos and sin times `factor`. Texts longer than `longFrom` tokens use `long` where there is one (LongRoPE).
 */
export interface RopeParameters {
  readonly frequencies: Float32Array;
  readonly factor: number;
  /** Texts of more than `from` tokens have a base that grows with their length (dynamic NTK). */
  readonly growing?: {
    readonly theta: number;
    readonly dimension: number;
    readonly factor: number;
    readonly from: number;
  };
  readonly long?: { readonly frequencies: Float32Array; readonly factor: number; readonly from: number };
}

const schema = z.looseObject({
  rope_type: z.string().nullish(),
  type: z.string().nullish(),
  rope_theta: z.number().positive().nullish(),
  partial_rotary_factor: z.number().positive().nullish(),
  factor: z.number().positive().nullish(),
  original_max_position_embeddings: z.number().positive().nullish(),
  attention_factor: z.number().nullish(),
  beta_fast: z.number().nullish(),
  beta_slow: z.number().nullish(),
  mscale: z.number().nullish(),
  mscale_all_dim: z.number().nullish(),
  truncate: z.boolean().nullish(),
  short_factor: z.array(z.number()).nullish(),
  long_factor: z.array(z.number()).nullish(),
  short_mscale: z.number().nullish(),
  long_mscale: z.number().nullish(),
  low_freq_factor: z.number().nullish(),
  high_freq_factor: z.number().nullish(),
});
export type RopeConfig = z.output<typeof schema>;

/**
 * The rotary settings of a configuration in either style: `rope_parameters` (transformers 5) or `rope_theta` with `rope_scaling`.
 * transformers/modeling_rope_utils.py, convert_rope_params_to_dict and standardize_rope_params.
 */
export function ropeConfigOf(config: Record<string, unknown>, defaultTheta = 10000): RopeConfig {
  const { rope_scaling: scaling } = config;
  const given = scaling && Object.keys(scaling).length > 0 ? scaling : config.rope_parameters;
  const nested = (given ?? {}) as Record<string, unknown>;
  const parsed = schema.safeParse(nested);
  if (!parsed.success)
    throw new ModelError(
      `config.json: rope_parameters.${parsed.error.issues[0].path.join('.')}: ${parsed.error.issues[0].message}; the file is damaged or of an unknown kind.`,
    );
  const rope = parsed.data;
  const original = config.original_max_position_embeddings ?? rope.original_max_position_embeddings;
  return {
    ...rope,
    rope_type: rope.rope_type ?? rope.type ?? 'default',
    rope_theta: rope.rope_theta ?? (config.rope_theta as number | undefined) ?? defaultTheta,
    partial_rotary_factor:
      rope.partial_rotary_factor ?? (config.partial_rotary_factor as number | undefined) ?? 1,
    original_max_position_embeddings:
      (original as number | undefined) ?? (config.max_position_embeddings as number | undefined),
  };
}

/**
 * Frequencies by the formulas of transformers' modeling_rope_utils.py.
 * The default type rotates whole heads, whatever partial_rotary_factor says, as the reference does.
 * @throws ModelError for a type that is not known.
 */
export function ropeParameters(rope: RopeConfig, headSize: number, maxPositions: number): RopeParameters {
  const partial = rope.rope_type === 'default' ? 1 : (rope.partial_rotary_factor ?? 1);
  const dimension = Math.floor(headSize * partial);
  const theta = rope.rope_theta ?? 10000;
  const plain = Float32Array.from(
    { length: Math.ceil(dimension / 2) },
    (_, i) => 1 / theta ** ((2 * i) / dimension),
  );
  switch (rope.rope_type) {
    case 'default':
      return { frequencies: plain, factor: 1 };
    case 'dynamic':
      return {
        frequencies: plain,
        factor: 1,
        growing: { theta, dimension, factor: rope.factor ?? 1, from: maxPositions },
      };
    case 'linear':
      return { frequencies: plain.map((f) => f / (rope.factor ?? 1)), factor: 1 };
    case 'llama3':
      return { frequencies: plain.map((f) => llama3(f, rope)), factor: 1 };
    case 'yarn':
      return yarn(rope, dimension, theta, plain, maxPositions);
    case 'longrope':
    case 'su':
      return longRope(rope, dimension, theta, maxPositions);
    default:
      throw new ModelError(
        `config.json asks for rotary positions of type ${JSON.stringify(rope.rope_type)}, which MoETopic does not know; it knows default, linear, dynamic, yarn, longrope and llama3.`,
      );
  }
}

function llama3(frequency: number, rope: RopeConfig): number {
  const factor = rope.factor ?? 1;
  const low = rope.low_freq_factor ?? 1;
  const high = rope.high_freq_factor ?? 4;
  const length = rope.original_max_position_embeddings ?? 8192;
  const wave = (2 * Math.PI) / frequency;
  if (wave < length / high) return frequency;
  if (wave > length / low) return frequency / factor;
  const smooth = (length / wave - low) / (high - low);
  return ((1 - smooth) * frequency) / factor + smooth * frequency;
}

function yarn(
  rope: RopeConfig,
  dimension: number,
  theta: number,
  plain: Float32Array,
  maxPositions: number,
): RopeParameters {
  const length = rope.original_max_position_embeddings ?? maxPositions;
  const factor = rope.factor ?? maxPositions / length;
  const correction = (rotations: number): number =>
    (dimension * Math.log(length / (rotations * 2 * Math.PI))) / (2 * Math.log(theta));
  let low = correction(rope.beta_fast || 32);
  let high = correction(rope.beta_slow || 1);
  if (rope.truncate ?? true) {
    low = Math.floor(low);
    high = Math.ceil(high);
  }
  low = Math.max(low, 0);
  high = Math.min(high, dimension - 1);
  if (low === high) high += 0.001;
  const frequencies = plain.map((f, i) => {
    const ramp = Math.min(1, Math.max(0, (i - low) / (high - low)));
    return (f / factor) * ramp + f * (1 - ramp);
  });
  const scale =
    rope.mscale && rope.mscale_all_dim
      ? yarnScale(factor, rope.mscale) / yarnScale(factor, rope.mscale_all_dim)
      : yarnScale(factor, 1);
  return { frequencies, factor: rope.attention_factor ?? scale };
}

/** YaRN's temperature (arXiv 2309.00071, equation 22). */
export function yarnScale(factor: number, mscale: number): number {
  return factor <= 1 ? 1 : 0.1 * mscale * Math.log(factor) + 1;
}

function longRope(rope: RopeConfig, dimension: number, theta: number, maxPositions: number): RopeParameters {
  const length = rope.original_max_position_embeddings ?? maxPositions;
  const half = dimension / 2;
  const { short_factor: short, long_factor: long } = rope;
  if (short?.length !== half || long?.length !== half)
    throw new ModelError(
      `config.json: longrope needs short_factor and long_factor of ${half} numbers each, but they have ${short?.length ?? 0} and ${long?.length ?? 0}.`,
    );
  const scaled = (factors: readonly number[]): Float32Array =>
    Float32Array.from(factors, (f, i) => 1 / (f * theta ** ((2 * i) / dimension)));
  const stretch = rope.factor ?? maxPositions / length;
  const factor =
    rope.attention_factor ?? (stretch <= 1 ? 1 : Math.sqrt(1 + Math.log(stretch) / Math.log(length)));
  return {
    frequencies: scaled(short),
    factor: rope.short_mscale ?? factor,
    long: { frequencies: scaled(long), factor: rope.long_mscale ?? factor, from: length },
  };
}
