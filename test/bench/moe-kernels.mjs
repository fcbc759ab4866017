/**
 * The products of one layer of OLMoE's size and its attention, as the converted model asks ONNX Runtime for them, and nothing between
 * them: no norms, no routing, no gathering, no quantising of activations. Tokens are dealt evenly to the experts.
 */
const [hidden, inner, experts, active, heads, block] = [2048, 1024, 64, 8, 16, 32];
/** Columns of an integer product's piece or plane (core/moe/write/linear-int8.ts). */
const width = 256;

/** { run, close }; `run` computes the layer once for `batch` tokens in texts of `tokens`. */
export async function layerKernels(core, precision, threads, tokens, batch) {
  const ort = await core.onnxRuntime();
  const g = new core.GraphBuilder('kernels');
  const feeds = {};
  const input = (name, type, shape, data) => {
    feeds[name] = new ort.Tensor(type, data, shape);
    return g.input(name, type, shape);
  };
  // A corner of each result leaves the session, so that nothing can be left out and little has to be copied.
  let outputs = 0;
  const keep = (x, axes) => {
    const zeros = g.int64(axes.map(() => 0));
    const name = `y${outputs++}`;
    g.node('Slice', [x, zeros, g.int64(axes.map(() => 1)), g.int64(axes)], {}, { outputs: [name] });
    g.output(
      name,
      'float32',
      axes.map(() => 1),
    );
  };
  const integer = integerProduct(g, input);
  const product = blockProduct(g, input);
  for (let i = 0; i < 4; i++)
    if (precision === 'int8')
      for (let c = 0; c < hidden; c += width) keep(integer(`p${i}c${c}`, batch, hidden, width), [0, 1, 2]);
    else keep(product(`p${i}`, batch, hidden, hidden), [0, 1]);
  const texts = batch / tokens;
  const flat = [texts, tokens, hidden];
  const qkv = input('qkv', 'float32', flat, noise(batch * hidden));
  const last = input('last', 'int32', [texts], new Int32Array(texts).fill(tokens - 1));
  const total = input('total', 'int32', [], Int32Array.of(tokens));
  keep(
    g.ms('GroupQueryAttention', [qkv, qkv, qkv, '', '', last, total], {
      num_heads: heads,
      kv_num_heads: heads,
    }),
    [0, 1, 2],
  );
  const rows = (batch * active) / experts;
  if (precision === 'int8')
    for (let e = 0; e < experts; e++) {
      keep(integer(`g${e}`, rows, hidden, inner), [0, 1, 2]);
      keep(integer(`u${e}`, rows, hidden, inner), [0, 1, 2]);
      keep(integer(`d${e}`, rows, inner, hidden), [0, 1, 2]);
    }
  else keep(fusedExperts(g, input, batch), [0, 1]);
  const session = await core.openSession(g.finish(), {
    threads,
    enableMemPattern: false,
    extra: { session: { disable_prepacking: '1' } },
  });
  return { run: () => session.run(feeds), close: () => session.release() };
}

function noise(length) {
  const out = new Float32Array(length);
  for (let i = 0; i < length; i++) out[i] = ((i * 7919) % 2003) / 1001 - 1;
  return out;
}

function bytes(length) {
  const out = new Uint8Array(length);
  for (let i = 0; i < length; i++) out[i] = (i * 7919) % 255;
  return out;
}

/**
 * Products in planes of columns, [planes, rows, width]. Activations are there once for each shape: what a product reads was just written by
 * something else, as in the model.
 */
function integerProduct(g, input) {
  const known = new Map();
  return (name, rows, inputs, out) => {
    const key = `x${rows}x${inputs}`;
    if (!known.has(key)) known.set(key, input(key, 'uint8', [rows, inputs], bytes(rows * inputs)));
    const planes = out / width;
    const numbers = new Int8Array(bytes(inputs * out).buffer);
    const weight = g.tensor(`${name}w`, 'int8', [planes, inputs, width], numbers);
    const scales = g.tensor(`${name}s`, 'float32', [planes, 1, width], noise(out));
    const zero = g.constant('uint8', [], Uint8Array.of(128));
    return g.ms('MatMulIntegerToFloat', [known.get(key), weight, g.float32(1 / 127), scales, zero]);
  };
}

function blockProduct(g, input) {
  const known = new Map();
  return (name, rows, inputs, out) => {
    const key = `x${rows}x${inputs}`;
    if (!known.has(key)) known.set(key, input(key, 'float32', [rows, inputs], noise(rows * inputs)));
    const blocks = inputs / block;
    const weight = g.tensor(`${name}w`, 'uint8', [out, blocks, block / 2], bytes((out * inputs) / 2));
    const scales = g.tensor(`${name}s`, 'float32', [out * blocks], noise(out * blocks));
    return g.ms('MatMulNBits', [known.get(key), weight, scales], {
      K: inputs,
      N: out,
      bits: 4,
      block_size: block,
    });
  };
}

function fusedExperts(g, input, batch) {
  const x = input('moe', 'float32', [batch, hidden], noise(batch * hidden));
  const router = new Float32Array(batch * experts).fill(-1e4);
  for (let t = 0; t < batch; t++)
    for (let k = 0; k < active; k++)
      router[t * experts + ((t + k * (experts / active)) % experts)] = -1 - k / 10;
  const part = (name, out, inputs) => [
    g.tensor(`${name}w`, 'uint8', [experts, out, inputs / 2], bytes((experts * out * inputs) / 2)),
    g.tensor(`${name}s`, 'float32', [experts, out, inputs / block], noise((experts * out * inputs) / block)),
    '',
  ];
  const probabilities = input('router', 'float32', [batch, experts], router);
  return g.ms('QMoE', [x, probabilities, ...part('up', 2 * inner, hidden), ...part('down', hidden, inner)], {
    k: active,
    expert_weight_bits: 4,
    block_size: block,
    activation_type: 'swiglu',
    swiglu_fusion: 1,
    activation_alpha: { float: 1 },
    activation_beta: { float: 0 },
    normalize_routing_weights: 1,
  });
}
