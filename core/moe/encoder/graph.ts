import { GraphBuilder } from '../../onnx/graph.ts';
import { type EncoderConfig } from './config.ts';
import {
  type PackedEncoder,
  type PackedLayer,
  type PackedLinear,
  type PackedNorm,
  innerWidth,
  sharedGroups,
} from './pack.ts';
import { type StoredTensor } from './weights.ts';

/** Tokens as rows: everything but attention sees [batch · tokens × width]. */
interface Context {
  g: GraphBuilder;
  config: EncoderConfig;
  /** Rows of a token's residual stream → [batch, tokens, width]. */
  unflatten: (x: string, width: number) => string;
  /** int32 [batch]: index of each text's last token. */
  lastKeys: string;
  /** int32: tokens of the batch. */
  tokens: string;
}

/** The graph `model.onnx` (every token's outputs) or `pooled.onnx` (weighted means over the tokens): see ModelCard. */
export function encoderGraph(
  config: EncoderConfig,
  packed: PackedEncoder,
  kind: 'tokens' | 'pooled',
): GraphBuilder {
  const g = new GraphBuilder(`moetopic-encoder-${kind}`);
  const ids = g.input('input_ids', 'int64', ['batch', 'tokens']);
  const mask = g.input('attention_mask', 'int64', ['batch', 'tokens']);
  const shape = g.op('Shape', [ids]);
  const lengths = g.op('Cast', [g.op('ReduceSum', [mask, g.int64([1])], { keepdims: 0 })], { to: 6 });
  const c: Context = {
    g,
    config,
    lastKeys: g.op('Sub', [lengths, g.constant('int32', [], Int32Array.of(1))]),
    tokens: g.op('Cast', [g.op('Gather', [shape, g.int64(1)])], { to: 6 }),
    unflatten: (x, width) =>
      g.op('Reshape', [x, g.node('Concat', [shape, g.int64([width])], { axis: 0 })[0]]),
  };
  let x = embeddings(c, packed, ids, shape);
  const logits: string[] = [];
  const gates: string[] = [];
  for (const layer of packed.layers) {
    x = norm(c, x, attention(c, x, layer), layer.attentionNorm);
    const inner = feedForward(c, x, layer);
    if (inner.logits !== null && inner.gates !== null) {
      logits.push(inner.logits);
      gates.push(inner.gates);
    }
    x = norm(c, x, inner.out, layer.norm);
  }
  const experts = config.experts?.count ?? 0;
  if (kind === 'tokens') {
    g.node('Identity', [c.unflatten(x, config.hidden)], {}, { outputs: ['hidden'] });
    g.output('hidden', 'float32', ['batch', 'tokens', config.hidden]);
    for (const [i, l] of logits.entries()) {
      g.node('Identity', [c.unflatten(l, experts)], {}, { outputs: [`router_logits_${i}`] });
      g.output(`router_logits_${i}`, 'float32', ['batch', 'tokens', experts]);
    }
  } else pooledOutputs(c, x, logits, gates);
  return g;
}

function pooledOutputs(c: Context, x: string, logits: string[], gates: string[]): void {
  const { g, config } = c;
  const weights = g.input('pooling_weights', 'float32', ['batch', 'tokens']);
  const rows = g.op('Unsqueeze', [weights, g.int64([1])]);
  const pool = (name: string, value: string, width: number): void => {
    const sum = g.op('MatMul', [rows, c.unflatten(value, width)]);
    g.node('Squeeze', [sum, g.int64([1])], {}, { outputs: [name] });
    g.output(name, 'float32', ['batch', width]);
  };
  pool('pooled_hidden', x, config.hidden);
  if (config.experts === null) return;
  const { count } = config.experts;
  const width = count * logits.length;
  const join = (values: string[]): string => g.op('Concat', values, { axis: 1 });
  pool('pooled_probabilities', join(logits.map((l) => g.op('Softmax', [l], { axis: -1 }))), width);
  pool('pooled_logits', join(logits), width);
  const chosen = gates.map((gate) => {
    const routed = g.op('Slice', [gate, g.int64([0]), g.int64([count]), g.int64([1])]);
    return g.op('Cast', [g.op('Greater', [routed, g.float32(0)])], { to: 1 });
  });
  pool('pooled_selected', join(chosen), width);
}

function external(c: Context, t: StoredTensor): string {
  return c.g.external(t.name, t.type, t.shape, t.at);
}

function embeddings(c: Context, packed: PackedEncoder, ids: string, shape: string): string {
  const { g, config } = c;
  let words = g.op('Gather', [external(c, packed.words), ids]);
  if (packed.wordScales !== null)
    words = g.op('Mul', [
      g.op('Cast', [words], { to: 1 }),
      g.op('Gather', [external(c, packed.wordScales), ids]),
    ]);
  const tokens = g.op('Slice', [shape, g.int64([1]), g.int64([2])]);
  const positions = g.op('Slice', [external(c, packed.positions), g.int64([0]), tokens, g.int64([0])]);
  const sum = g.op('Add', [words, positions]);
  return layerNorm(c, g.op('Reshape', [sum, g.int64([-1, config.hidden])]), packed.norm);
}

function layerNorm(c: Context, x: string, n: PackedNorm): string {
  return c.g.op('LayerNormalization', [x, external(c, n.gamma), external(c, n.beta)], {
    axis: -1,
    epsilon: { float: c.config.epsilon },
  });
}

/** LayerNorm(x + y). (SkipLayerNormalization does this in one node, but 2.5 times as slowly on CPUs.) */
function norm(c: Context, x: string, y: Product, n: PackedNorm): string {
  return layerNorm(c, c.g.op('Add', [x, withBias(c, y)]), n);
}

/** A product whose bias is left to whoever uses it, to save a pass. */
interface Product {
  value: string;
  bias: string | null;
}

/** Rows divided by their largest magnitude, as uint8 around 128, and that magnitude [rows × 1]. */
interface Int8Rows {
  values: string;
  magnitude: string;
}

function quantiseRows(c: Context, x: string): Int8Rows {
  const { g } = c;
  const most = g.node('ReduceMax', [x, g.int64([-1])], { keepdims: 1 })[0];
  const least = g.node('ReduceMin', [x, g.int64([-1])], { keepdims: 1 })[0];
  // Never 0: a row of zeros stays zeros.
  const magnitude = g.op('Max', [most, g.op('Neg', [least]), g.float32(1e-12)]);
  const unit = g.op('Div', [x, magnitude]);
  return { values: toUint8(c, unit), magnitude };
}

function toUint8(c: Context, unit: string): string {
  return c.g.op('QuantizeLinear', [unit, c.g.float32(1 / 127), zeroPoint(c)]);
}

function zeroPoint(c: Context): string {
  return c.g.constant('uint8', [], Uint8Array.of(128));
}

function int8Product(c: Context, x: Int8Rows, w: PackedLinear): Product {
  const { g } = c;
  const product = g.ms('MatMulIntegerToFloat', [
    x.values,
    external(c, w.weight),
    g.float32(1),
    external(c, w.scales!),
    zeroPoint(c),
  ]);
  return { value: g.op('Mul', [product, x.magnitude]), bias: w.bias ? external(c, w.bias) : null };
}

function product(c: Context, x: string | Int8Rows, w: PackedLinear): Product {
  if (typeof x !== 'string') return int8Product(c, x, w);
  if (w.scales !== null) return int8Product(c, quantiseRows(c, x), w);
  return { value: c.g.op('MatMul', [x, external(c, w.weight)]), bias: w.bias ? external(c, w.bias) : null };
}

function withBias(c: Context, p: Product): string {
  return p.bias === null ? p.value : c.g.op('Add', [p.value, p.bias]);
}

/** Bidirectional attention over the real tokens of each text (padding is on the right). */
function attention(c: Context, x: string, layer: PackedLayer): Product {
  const { g, config } = c;
  const { hidden, heads } = config;
  const rows = layer.query.scales === null ? x : quantiseRows(c, x);
  const part = (w: PackedLinear): string => c.unflatten(withBias(c, product(c, rows, w)), hidden);
  const mixed = g.ms(
    'GroupQueryAttention',
    [part(layer.query), part(layer.key), part(layer.value), '', '', c.lastKeys, c.tokens],
    { num_heads: heads, kv_num_heads: heads, causal: 0 },
  );
  return product(c, g.op('Reshape', [mixed, g.int64([-1, hidden])]), layer.attentionOut);
}

function feedForward(
  c: Context,
  x: string,
  layer: PackedLayer,
): { out: Product; logits: string | null; gates: string | null } {
  const { g, config } = c;
  const first = product(c, x, layer.up);
  const inner = gelu(c, first);
  if (config.experts === null || layer.router === null)
    return { out: product(c, inner, layer.down), logits: null, gates: null };
  const logits = product(c, x, layer.router).value;
  const gates = gate(c, logits);
  const groups = config.experts.count + sharedGroups(config);
  const grouped = g.op('Reshape', [inner, g.int64([-1, groups, config.experts.inner])]);
  const flat = (y: string): string => g.op('Reshape', [y, g.int64([-1, innerWidth(config)])]);
  const gated = (by: string): string => flat(g.op('Mul', [grouped, g.op('Unsqueeze', [by, g.int64([2])])]));
  if (layer.down.scales === null) return { out: product(c, gated(gates), layer.down), logits, gates };
  // The largest magnitude of a gated row without a pass of its own over it: largest per group times gate; below 0, gelu is never under −0.17.
  const most = g.node('ReduceMax', [grouped, g.int64([2])], { keepdims: 0 })[0];
  const bounded = g.op('Max', [most, g.float32(0.17)]);
  const magnitude = g.node('ReduceMax', [g.op('Mul', [bounded, gates]), g.int64([1])], { keepdims: 1 })[0];
  const rows = { values: toUint8(c, gated(g.op('Div', [gates, magnitude]))), magnitude };
  return { out: int8Product(c, rows, layer.down), logits, gates };
}

function gelu(c: Context, p: Product): string {
  const { g } = c;
  return p.bias ? g.ms('BiasGelu', [p.value, p.bias]) : g.op('Gelu', [p.value]);
}

/** [rows × groups]: each routed expert's weight, 0 where it was not chosen, and 1 for the shared expert's groups. */
function gate(c: Context, logits: string): string {
  const { g, config } = c;
  const { count, active, renormalisedTo } = config.experts!;
  const from = renormalisedTo === null ? g.op('Softmax', [logits], { axis: -1 }) : logits;
  const [values, indices] = g.node('TopK', [from, g.int64([active])], { axis: -1 }, { outputs: 2 });
  const weights =
    renormalisedTo === null
      ? values
      : g.op('Mul', [g.op('Softmax', [values], { axis: -1 }), g.float32(renormalisedTo)]);
  const shared = sharedGroups(config);
  const start = g.op('Expand', [
    g.float32([...new Array<number>(count).fill(0), ...new Array<number>(shared).fill(1)]),
    g.op('Concat', [g.op('Slice', [g.op('Shape', [logits]), g.int64([0]), g.int64([1])]), g.int64([1])], {
      axis: 0,
    }),
  ]);
  return g.op('ScatterElements', [start, indices, weights], { axis: 1 });
}
