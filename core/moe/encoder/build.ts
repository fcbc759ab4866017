import type { BuiltModel, GraphInputs, RouterValues } from '../family.ts';
import { attend } from '../graph/attention.ts';
import { Frame } from '../graph/frame.ts';
import { Masks } from '../graph/mask.ts';
import { norm } from '../graph/norm.ts';
import { cast } from '../graph/shape.ts';
import type { ModelWriter } from '../write/model-writer.ts';
import { gatedFeedForward, plainFeedForward } from './feed-forward.ts';
import { biased, int8Rows, integerProducts, product } from './product.ts';
import type { EncoderLayer, EncoderSpec } from './spec.ts';

/** Adds an encoder to the writer's graph. Everything but attention sees tokens as rows, [batch · tokens, width]. */
export function buildEncoder(m: ModelWriter, inputs: GraphInputs, spec: EncoderSpec): BuiltModel {
  const g = m.graph;
  const frame = new Frame(m, inputs);
  const attention = attentionOf(frame, spec);
  const words = frame.unflatten(
    m.embedding(g.op('Reshape', [inputs.ids, g.int64([-1])]), spec.words),
    spec.hidden,
  );
  const positions = g.op('Slice', [m.float(spec.positions), g.int64([0]), frame.tokens, g.int64([0])]);
  const sum = g.op('Reshape', [g.op('Add', [words, positions]), g.int64([-1, spec.hidden])]);
  let x = norm(m, sum, spec.norm);
  const routers: RouterValues[] = [];
  // SkipLayerNormalization adds and normalises in one node, but takes 2.5 times as long on CPUs.
  for (const layer of spec.layers) {
    x = norm(m, g.op('Add', [x, attention(x, layer)]), layer.attentionNorm);
    if (layer.groups === null) {
      x = norm(m, g.op('Add', [x, plainFeedForward(m, x, layer)]), layer.norm);
      continue;
    }
    const { out, router } = gatedFeedForward(frame, x, layer, layer.groups);
    routers.push(router);
    x = norm(m, g.op('Add', [x, out]), layer.norm);
  }
  const { projection } = spec;
  return {
    hidden: frame.unflatten(x, spec.hidden),
    routers,
    // float32 whatever the precision: it spreads directions of little variance, which rounding would blur.
    project: projection && ((h) => m.exactLinear(h, projection)),
  };
}

type Attention = (x: string, layer: EncoderLayer) => string;

/**
 * Bidirectional attention over each text's own tokens. On CPUs GroupQueryAttention, which works block by block and stops at a text's
 * end; elsewhere standard operators, which every provider has.
 */
function attentionOf(frame: Frame, { hidden, heads }: EncoderSpec): Attention {
  const { m } = frame;
  const g = m.graph;
  const size = hidden / heads;
  const projected = (x: string, layer: EncoderLayer): string[] => {
    const rows = integerProducts(m) ? int8Rows(m, x) : x;
    return [
      biased(m, rows, layer.query),
      product(m, rows, layer.key.weight),
      product(m, rows, layer.value.weight),
    ];
  };
  // Its kernel takes heads of a multiple of 8.
  if (m.device === 'cpu' && size % 8 === 0) {
    const lengths = cast(g, g.op('ReduceSum', [frame.inputs.mask, g.int64([1])], { keepdims: 0 }), 'int32');
    const last = g.op('Sub', [lengths, g.constant('int32', [], Int32Array.of(1))]);
    const total = cast(g, g.op('Squeeze', [frame.tokens, g.int64([0])]), 'int32');
    return (x, layer) => {
      const parts = projected(x, layer).map((y) => frame.unflatten(y, hidden));
      const mixed = g.ms('GroupQueryAttention', [...parts, '', '', last, total], {
        num_heads: heads,
        kv_num_heads: heads,
        causal: 0,
      });
      return biased(m, g.op('Reshape', [mixed, g.int64([-1, hidden])]), layer.out);
    };
  }
  const masks = new Masks(frame);
  const sizes = { heads, kvHeads: heads, headSize: size, valueSize: size };
  const options = { scale: size ** -0.5, causal: false, window: null };
  return (x, layer) => {
    const [q, k, v] = projected(x, layer).map((y) => frame.unflatten(y, heads, size));
    const mixed = attend(frame, q, k, v, sizes, options, masks);
    return biased(m, g.op('Reshape', [mixed, g.int64([-1, hidden])]), layer.out);
  };
}
