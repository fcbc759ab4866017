import { ModelError } from '../../base/errors.ts';
import type { AttentionSpec } from '../graph/attention.ts';
import type { Tensors } from './parts.ts';

/** The sizes of a decoder's attention from the usual keys. */
export interface CommonSizes {
  readonly hidden: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headSize: number;
}

export function commonSizes(c: {
  hidden_size: number;
  num_attention_heads: number;
  num_key_value_heads?: number | null;
  head_dim?: number | null;
}): CommonSizes {
  const heads = c.num_attention_heads;
  const kvHeads = c.num_key_value_heads ?? heads;
  if (heads % kvHeads !== 0)
    throw new ModelError(
      `config.json: ${heads} attention heads can't share ${kvHeads} key-value heads evenly; the file is damaged.`,
    );
  return { hidden: c.hidden_size, heads, kvHeads, headSize: c.head_dim ?? Math.floor(c.hidden_size / heads) };
}

/** Llama's names: q_proj, k_proj, v_proj, o_proj under `base`. */
export function llamaAttention(
  t: Tensors,
  base: string,
  s: CommonSizes,
  options: {
    qkvBias?: boolean;
    outBias?: boolean;
    window?: number | null;
    scale?: number;
    clip?: number | null;
    norm?: { over: 'head' | 'all'; epsilon: number };
  } = {},
): AttentionSpec {
  const { heads, kvHeads, headSize, hidden } = s;
  const bias = options.qkvBias ?? false;
  const over = options.norm?.over;
  const normOf = (name: string, count: number): AttentionSpec['qNorm'] =>
    options.norm && t.rms(name, over === 'all' ? count * headSize : headSize, options.norm.epsilon);
  return {
    heads,
    kvHeads,
    headSize,
    valueSize: headSize,
    scale: options.scale ?? headSize ** -0.5,
    causal: true,
    window: options.window ?? null,
    clip: options.clip ?? undefined,
    q: t.linear(`${base}.q_proj`, heads * headSize, hidden, bias),
    k: t.linear(`${base}.k_proj`, kvHeads * headSize, hidden, bias),
    v: t.linear(`${base}.v_proj`, kvHeads * headSize, hidden, bias),
    o: t.linear(`${base}.o_proj`, hidden, heads * headSize, options.outBias ?? false),
    qNorm: normOf(`${base}.q_norm`, heads),
    kNorm: normOf(`${base}.k_norm`, kvHeads),
    normOver: over,
  };
}
