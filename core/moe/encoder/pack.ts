import { type EncoderConfig } from './config.ts';
import { int8Columns, int8Rows, transpose } from './quantise.ts';
import { type StoredTensor, type WeightWriter } from './weights.ts';

export type EncoderPrecision = 'fp32' | 'int8';

/** Reads one tensor of the checkpoint as float32, checking its shape. */
export type ReadTensor = (name: string, shape: readonly number[]) => Promise<Float32Array>;

/** y = x · weight + bias, weight [rows × columns]; with scales the weight is int8, one scale a column. */
export interface PackedLinear {
  readonly rows: number;
  readonly columns: number;
  readonly weight: StoredTensor;
  readonly scales: StoredTensor | null;
  readonly bias: StoredTensor | null;
}

export interface PackedNorm {
  readonly gamma: StoredTensor;
  readonly beta: StoredTensor;
}

export interface PackedLayer {
  readonly query: PackedLinear;
  readonly key: PackedLinear;
  readonly value: PackedLinear;
  readonly attentionOut: PackedLinear;
  readonly attentionNorm: PackedNorm;
  readonly up: PackedLinear;
  readonly down: PackedLinear;
  readonly router: PackedLinear | null;
  readonly norm: PackedNorm;
}

export interface PackedEncoder {
  /** [vocabulary × hidden], int8 with one scale a row or float32. */
  readonly words: StoredTensor;
  readonly wordScales: StoredTensor | null;
  /** Position plus token type 0, [positions × hidden]: texts have one segment. */
  readonly positions: StoredTensor;
  readonly norm: PackedNorm;
  readonly layers: readonly PackedLayer[];
}

/** Shared neurons are cut into groups as wide as a routed expert (the last one filled up with zeros), so that one [groups] vector gates a token's whole inner layer. */
export function sharedGroups(config: EncoderConfig): number {
  return config.experts === null ? 0 : Math.ceil(config.inner / config.experts.inner);
}

/** Width of the inner layer as it is computed. */
export function innerWidth(config: EncoderConfig): number {
  return config.experts === null
    ? config.inner
    : (config.experts.count + sharedGroups(config)) * config.experts.inner;
}

/** Quantises and writes every weight of the checkpoint, in the order in which the graph uses them. */
export async function packEncoder(
  config: EncoderConfig,
  precision: EncoderPrecision,
  read: ReadTensor,
  writer: WeightWriter,
): Promise<PackedEncoder> {
  const { hidden } = config;
  const vector = async (name: string, to: string): Promise<StoredTensor> =>
    writer.add(to, 'float32', [hidden], await read(name, [hidden]));
  const norm = async (from: string, to: string): Promise<PackedNorm> => ({
    gamma: await vector(`${from}.weight`, `${to}.gamma`),
    beta: await vector(`${from}.bias`, `${to}.beta`),
  });
  const linear = async (
    to: string,
    rows: number,
    columns: number,
    weight: Float32Array,
    bias: Float32Array | null,
    as: EncoderPrecision = precision,
  ): Promise<PackedLinear> => {
    const quantised = as === 'int8' ? int8Columns(weight, rows, columns) : null;
    return {
      rows,
      columns,
      weight: await writer.add(
        `${to}.weight`,
        quantised ? 'int8' : 'float32',
        [rows, columns],
        quantised?.data ?? weight,
      ),
      // The activations' 1/127 is folded in: they arrive divided by their row's largest magnitude and times 127.
      scales: quantised
        ? await writer.add(
            `${to}.scales`,
            'float32',
            [columns],
            quantised.scales.map((s) => s / 127),
          )
        : null,
      bias: bias ? await writer.add(`${to}.bias`, 'float32', [columns], bias) : null,
    };
  };

  const words = await read('embeddings.word_embeddings.weight', [config.vocabulary, hidden]);
  const quantised = precision === 'int8' ? int8Rows(words, config.vocabulary, hidden) : null;
  const packed = {
    words: await writer.add(
      'words',
      quantised ? 'int8' : 'float32',
      [config.vocabulary, hidden],
      quantised?.data ?? words,
    ),
    wordScales: quantised
      ? await writer.add('words.scales', 'float32', [config.vocabulary, 1], quantised.scales)
      : null,
    positions: await writer.add(
      'positions',
      'float32',
      [config.positions, hidden],
      await positionTable(config, read),
    ),
    norm: await norm('embeddings.LayerNorm', 'embeddings.norm'),
  };

  const layers: PackedLayer[] = [];
  for (let l = 0; l < config.layers; l++) {
    const from = `encoder.layer.${l}`;
    const to = `layer.${l}`;
    const inner = config.experts ? await mixture(config, from, read) : await dense(config, from, read);
    const self = await selfAttention(config, from, read);
    layers.push({
      query: await linear(`${to}.query`, hidden, hidden, self.query, self.queryBias),
      key: await linear(`${to}.key`, hidden, hidden, self.key, null),
      value: await linear(`${to}.value`, hidden, hidden, self.value, null),
      attentionOut: await linear(`${to}.attention`, hidden, hidden, self.out, self.outBias),
      attentionNorm: await norm(`${from}.attention.output.LayerNorm`, `${to}.attention.norm`),
      router: inner.router
        ? await linear(`${to}.router`, hidden, config.experts!.count, inner.router, null, 'fp32')
        : null,
      up: await linear(`${to}.up`, hidden, innerWidth(config), inner.up, inner.upBias),
      down: await linear(`${to}.down`, innerWidth(config), hidden, inner.down, inner.downBias),
      norm: await norm(`${from}.output.LayerNorm`, `${to}.norm`),
    });
  }
  return { ...packed, layers };
}

async function positionTable(config: EncoderConfig, read: ReadTensor): Promise<Float32Array> {
  const { hidden, positions } = config;
  const table = Float32Array.from(await read('embeddings.position_embeddings.weight', [positions, hidden]));
  const types = await read('embeddings.token_type_embeddings.weight', [2, hidden]);
  return table.map((v, i) => v + types[i % hidden]);
}

interface SelfAttention {
  query: Float32Array;
  queryBias: Float32Array;
  key: Float32Array;
  value: Float32Array;
  out: Float32Array;
  outBias: Float32Array;
}

/**
 * The key's bias adds the same to all of a query's scores, so softmax doesn't see it; the value's bias comes out whole
 * (attention weights add up to 1), so it goes through the output matrix into its bias. Both cost nothing at run time then.
 */
async function selfAttention(
  { hidden }: EncoderConfig,
  from: string,
  read: ReadTensor,
): Promise<SelfAttention> {
  const matrix = async (name: string): Promise<Float32Array> =>
    transpose(await read(`${from}.${name}.weight`, [hidden, hidden]), hidden, hidden);
  const bias = async (name: string): Promise<Float32Array> => read(`${from}.${name}.bias`, [hidden]);
  const out = await matrix('attention.output.dense');
  const valueBias = await bias('attention.self.value');
  const outBias = Float64Array.from(await bias('attention.output.dense'));
  for (let r = 0; r < hidden; r++)
    for (let c = 0; c < hidden; c++) outBias[c] += valueBias[r] * out[r * hidden + c];
  return {
    query: await matrix('attention.self.query'),
    queryBias: await bias('attention.self.query'),
    key: await matrix('attention.self.key'),
    value: await matrix('attention.self.value'),
    out,
    outBias: Float32Array.from(outBias),
  };
}

/** A feed-forward layer as two matrices [hidden × inner] and [inner × hidden]. */
interface FeedForward {
  up: Float32Array;
  upBias: Float32Array;
  down: Float32Array;
  downBias: Float32Array;
  /** [hidden × experts] */
  router: Float32Array | null;
}

async function dense({ hidden, inner }: EncoderConfig, from: string, read: ReadTensor): Promise<FeedForward> {
  return {
    up: transpose(await read(`${from}.intermediate.dense.weight`, [inner, hidden]), inner, hidden),
    upBias: await read(`${from}.intermediate.dense.bias`, [inner]),
    down: transpose(await read(`${from}.output.dense.weight`, [hidden, inner]), hidden, inner),
    downBias: await read(`${from}.output.dense.bias`, [hidden]),
    router: null,
  };
}

/** All experts side by side, the routed ones first, then the shared one's groups. */
async function mixture(config: EncoderConfig, from: string, read: ReadTensor): Promise<FeedForward> {
  const { hidden, inner: shared } = config;
  const { count, inner } = config.experts!;
  const width = innerWidth(config);
  const up = new Float32Array(hidden * width);
  const upBias = new Float32Array(width);
  const down = new Float32Array(width * hidden);
  const w1 = await read(`${from}.moe.experts.w1`, [count, inner, hidden]);
  const w2 = await read(`${from}.moe.experts.w2`, [count, hidden, inner]);
  place(up, width, 0, 0, transpose(w1, count * inner, hidden), count * inner);
  upBias.set(await read(`${from}.moe.experts.b1`, [count, inner]));
  for (let e = 0; e < count; e++) {
    const one = w2.subarray(e * hidden * inner, (e + 1) * hidden * inner);
    down.set(transpose(one, hidden, inner), e * inner * hidden);
  }
  const s1 = await read(`${from}.moe.shared.w1`, [shared, hidden]);
  place(up, width, 0, count * inner, transpose(s1, shared, hidden), shared);
  upBias.set(await read(`${from}.moe.shared.b1`, [shared]), count * inner);
  const s2 = await read(`${from}.moe.shared.w2`, [hidden, shared]);
  down.set(transpose(s2, hidden, shared), count * inner * hidden);
  const router = await read(`${from}.moe.router.weight`, [count, hidden]);
  return {
    up,
    upBias,
    down,
    downBias: await read(`${from}.moe.bias`, [hidden]),
    router: transpose(router, count, hidden),
  };
}

/** Copies a row-major block of the given width into a wider row-major matrix at (top, left). */
function place(
  into: Float32Array,
  columns: number,
  top: number,
  left: number,
  block: Float32Array,
  width: number,
): void {
  for (let r = 0; r * width < block.length; r++)
    into.set(block.subarray(r * width, (r + 1) * width), (top + r) * columns + left);
}
