import type { ModelWriter } from '../write/model-writer.ts';
import type { HeadSizes, ScoreOptions } from './attention.ts';
import type { Frame } from './frame.ts';
import { cast, reshape } from './shape.ts';

/**
 * Whether ONNX Runtime's own attention is used: on the CPU, where it works block by block, does nothing beyond a text's end and keeps no
 * [tokens, tokens] matrix. Its kernel takes heads of a multiple of 8 and no bias.
 */
export function groupedQueryFits(m: ModelWriter, sizes: HeadSizes, options: ScoreOptions): boolean {
  return (
    m.device === 'cpu' &&
    sizes.headSize % 8 === 0 &&
    sizes.headSize === sizes.valueSize &&
    options.bias === undefined &&
    (options.causal || options.window === null)
  );
}

/**
 * The same as `attend`: q, k, v [batch, tokens, heads, size] → [batch, tokens, heads · size], for texts padded on the right. What it leaves
 * beyond a text's end may be anything (see `withinTexts`).
 */
export function groupedQueryAttention(
  frame: Frame,
  q: string,
  k: string,
  v: string,
  sizes: HeadSizes,
  options: ScoreOptions,
): string {
  const { m } = frame;
  const g = m.graph;
  const { heads, kvHeads, headSize } = sizes;
  const one = g.constant('int32', [], Int32Array.of(1));
  const last = g.op('Sub', [cast(g, reshape(g, frame.lengths, [-1]), 'int32'), one]);
  const total = cast(g, g.op('Squeeze', [frame.tokens, g.int64([0])]), 'int32');
  const flat = (x: string, count: number): string => reshape(g, x, [0, 0, count * headSize]);
  const sink = options.sinks ? ['', '', '', '', m.float(options.sinks)] : [];
  return g.ms(
    'GroupQueryAttention',
    [flat(q, heads), flat(k, kvHeads), flat(v, kvHeads), '', '', last, total, ...sink],
    {
      num_heads: heads,
      kv_num_heads: kvHeads,
      scale: { float: options.scale },
      ...(options.causal ? {} : { causal: 0 }),
      ...(options.window === null ? {} : { local_window_size: options.window }),
    },
  );
}

/** x [batch, tokens, n] within texts and 0 beyond their ends: experts and pooling multiply that by 0, which not every number survives. */
export function withinTexts(frame: Frame, x: string): string {
  const g = frame.m.graph;
  const inside = g.op('Cast', [g.op('Unsqueeze', [frame.valid, g.int64([2])])], { to: 9 });
  return g.op('Where', [inside, x, g.float32(0)]);
}
