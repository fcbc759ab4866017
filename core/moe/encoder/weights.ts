import type { Weight } from '../checkpoint/weight.ts';
import type { LinearSpec } from '../graph/attention.ts';

/** A weight made of others: read whole once, which is fine for the matrices of a small encoder. */
function made(name: string, rows: number, columns: number, make: () => Promise<Float32Array>): Weight {
  return {
    name,
    rows,
    columns,
    read: async (from, to) => (await make()).slice(from * columns, to * columns),
  };
}

const whole = (w: Weight): Promise<Float32Array> => w.read(0, w.rows);

/** Positions plus the vector of the first token type: texts have one segment. */
export function positionsWithType(positions: Weight, types: Weight): Weight {
  return made(`${positions.name}+type`, positions.rows, positions.columns, async () => {
    const type = await types.read(0, 1);
    return (await whole(positions)).map((v, i) => v + type[i % positions.columns]);
  });
}

/**
 * The key's bias adds the same to all of a query's scores, so softmax doesn't see it; the value's comes out of attention whole (its weights add
 * up to 1), so it goes through the output matrix into its bias. Neither costs anything at run time then.
 */
export function foldAttention(value: LinearSpec, out: LinearSpec): { value: LinearSpec; out: LinearSpec } {
  if (value.bias === undefined) return { value, out };
  const valueBias = value.bias;
  const size = out.weight.rows;
  const bias = made(`${out.weight.name}.bias+value`, 1, size, async () => {
    const sum = Float64Array.from(out.bias ? await whole(out.bias) : new Float32Array(size));
    const [b, w] = [await whole(valueBias), await whole(out.weight)];
    for (let r = 0; r < size; r++)
      for (let c = 0; c < out.weight.columns; c++) sum[r] += w[r * out.weight.columns + c] * b[c];
    return Float32Array.from(sum);
  });
  return { value: { weight: value.weight }, out: { weight: out.weight, bias } };
}

/** Tensors of a mixture in a bert_moe checkpoint. */
export interface MixtureWeights {
  /** [experts · width, hidden], [1, experts · width], [experts · hidden, width] */
  readonly up: Weight;
  readonly upBias: Weight;
  readonly down: Weight;
  /** The shared expert: [neurons, hidden], [1, neurons], [hidden, neurons]. */
  readonly sharedUp: Weight;
  readonly sharedUpBias: Weight;
  readonly sharedDown: Weight;
  /** [1, hidden] */
  readonly bias: Weight;
}

/** All experts side by side as two matrices; the shared one's last group is filled up with neurons of zeros. */
export function sideBySideExperts(
  name: string,
  w: MixtureWeights,
  experts: number,
  width: number,
): { up: LinearSpec; down: LinearSpec; shared: number } {
  const hidden = w.up.columns;
  const routed = experts * width;
  const neurons = w.sharedUp.rows;
  const shared = Math.ceil(neurons / width);
  const inner = routed + shared * width;
  const up = made(`${name}.up`, inner, hidden, async () => {
    const out = new Float32Array(inner * hidden);
    out.set(await whole(w.up));
    out.set(await whole(w.sharedUp), routed * hidden);
    return out;
  });
  const upBias = made(`${name}.up.bias`, 1, inner, async () => {
    const out = new Float32Array(inner);
    out.set(await whole(w.upBias));
    out.set(await whole(w.sharedUpBias), routed);
    return out;
  });
  const down = made(`${name}.down`, hidden, inner, async () => {
    const out = new Float32Array(hidden * inner);
    const [each, all] = [await whole(w.down), await whole(w.sharedDown)];
    for (let h = 0; h < hidden; h++) {
      for (let e = 0; e < experts; e++) {
        const at = (e * hidden + h) * width;
        out.set(each.subarray(at, at + width), h * inner + e * width);
      }
      out.set(all.subarray(h * neurons, (h + 1) * neurons), h * inner + routed);
    }
    return out;
  });
  return { up: { weight: up, bias: upBias }, down: { weight: down, bias: w.bias }, shared };
}
