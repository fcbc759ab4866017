import type { AttentionBlock } from '../transformer.ts';
import type { Tensors } from '../families/parts.ts';
import { attend } from './attention.ts';
import { norm } from './norm.ts';
import { rotate } from './rope.ts';
import { reshape, split } from './shape.ts';

export interface LatentSizes {
  readonly hidden: number;
  readonly heads: number;
  /** Rank of the queries' own bottleneck, null where they have none. */
  readonly queryRank: number | null;
  readonly keyValueRank: number;
  /** Values of a head's key without and with position. */
  readonly plainSize: number;
  readonly rotatedSize: number;
  readonly valueSize: number;
  readonly scale: number;
  readonly bias: boolean;
}

/** The epsilon of the two inner norms, which the configuration does not set (DeepseekV2RMSNorm's default). */
const innerEpsilon = 1e-6;

/**
 * Multi-head latent attention (arXiv 2405.04434, section 2.1): keys and values come from one narrow vector a token,
 * and all heads share the part of the key that carries the position.
 */
export function latentAttention(t: Tensors, base: string, s: LatentSizes): AttentionBlock {
  const { heads, plainSize, rotatedSize, valueSize, keyValueRank } = s;
  const keySize = plainSize + rotatedSize;
  const query =
    s.queryRank === null
      ? { whole: t.linear(`${base}.q_proj`, heads * keySize, s.hidden) }
      : {
          down: t.linear(`${base}.q_a_proj`, s.queryRank, s.hidden, s.bias),
          norm: t.rms(`${base}.q_a_layernorm`, s.queryRank, innerEpsilon),
          up: t.linear(`${base}.q_b_proj`, heads * keySize, s.queryRank),
        };
  const narrow = t.linear(`${base}.kv_a_proj_with_mqa`, keyValueRank + rotatedSize, s.hidden, s.bias);
  const narrowNorm = t.rms(`${base}.kv_a_layernorm`, keyValueRank, innerEpsilon);
  const wide = t.linear(`${base}.kv_b_proj`, heads * (plainSize + valueSize), keyValueRank);
  const out = t.linear(`${base}.o_proj`, s.hidden, heads * valueSize, s.bias);
  const sizes = { heads, kvHeads: heads, headSize: keySize, valueSize };
  return (frame, x, rope, masks) => {
    if (!rope) throw new TypeError('latent attention needs rotary positions');
    const { m } = frame;
    const g = m.graph;
    const input = m.quantisedInput(x);
    let q: string;
    if (query.whole) q = m.linear(x, query.whole.weight, undefined, input);
    else {
      const low = m.linear(x, query.down.weight, query.down.bias, input);
      q = m.linear(norm(m, low, query.norm), query.up.weight);
    }
    const [qPlain, qRotated] = split(g, reshape(g, q, [0, 0, heads, keySize]), 3, [plainSize, rotatedSize]);
    const [latent, keyRotated] = split(g, m.linear(x, narrow.weight, narrow.bias, input), 2, [
      keyValueRank,
      rotatedSize,
    ]);
    const both = m.linear(norm(m, latent, narrowNorm), wide.weight);
    const [kPlain, v] = split(g, reshape(g, both, [0, 0, heads, plainSize + valueSize]), 3, [
      plainSize,
      valueSize,
    ]);
    const shared = rotate(frame, reshape(g, keyRotated, [0, 0, 1, rotatedSize]), rotatedSize, rope);
    const kRotated = g.op('Mul', [
      shared,
      g.constant('float32', [1, 1, heads, 1], new Float32Array(heads).fill(1)),
    ]);
    const queries = g.op('Concat', [qPlain, rotate(frame, qRotated, rotatedSize, rope)], { axis: 3 });
    const keys = g.op('Concat', [kPlain, kRotated], { axis: 3 });
    const options = { scale: s.scale, causal: true, window: null };
    const attended = attend(frame, queries, keys, v, sizes, options, masks);
    return { out: m.linear(attended, out.weight, out.bias) };
  };
}
