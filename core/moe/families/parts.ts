import type { z } from 'zod';
import { ModelError } from '../../base/errors.ts';
import type { Checkpoint } from '../checkpoint/types.ts';
import { everyRow, rowsOf, stacked, type Weight } from '../checkpoint/weight.ts';
import type { LinearSpec } from '../graph/attention.ts';
import type { Activation } from '../graph/activation.ts';
import type { FeedForwardSpec } from '../graph/feed-forward.ts';
import type { NormSpec } from '../graph/norm.ts';
import { ropeConfigOf, ropeParameters } from '../graph/rope-parameters.ts';
import type { ExpertsSpec } from '../graph/experts.ts';

/**
 * A configuration checked against a family's schema.
 * @throws ModelError naming the key of config.json.
 */
export function parseConfig<S extends z.ZodType>(schema: S, config: unknown): z.output<S> {
  const result = schema.safeParse(config);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new ModelError(
    `config.json: ${issue.path.join('.') || 'the file'}: ${issue.message}; it is damaged or of another kind of model.`,
    { cause: result.error },
  );
}

/**
 * Settings that change what a model computes in a way that is not built: each key with the values that it may have (absent and null may
 * always be). @throws ModelError for another value, which would otherwise be computed wrongly.
 */
export function allowOnly(
  config: Record<string, unknown>,
  allowed: Readonly<Record<string, readonly unknown[]>>,
): void {
  for (const [key, values] of Object.entries(allowed)) {
    const value = config[key];
    if (value === undefined || value === null || values.includes(value)) continue;
    const known = values.map((v) => JSON.stringify(v)).join(' or ');
    throw new ModelError(
      `config.json sets ${key} to ${JSON.stringify(value)}, which MoETopic does not compute; of this kind of model it reads those ${values.length > 0 ? `with ${known}` : 'without it'}.`,
    );
  }
}

/** A checkpoint's tensors under the names that a family knows, with or without the prefix of the head's class. */
export class Tensors {
  readonly prefix: string;

  constructor(
    readonly checkpoint: Checkpoint,
    /** A tensor that every checkpoint of the family has, without prefix. */
    anchor: string,
    prefixes: readonly string[] = ['model.', ''],
  ) {
    this.prefix = prefixes.find((p) => checkpoint.has(p + anchor)) ?? prefixes[0];
  }

  has(name: string): boolean {
    return this.checkpoint.has(this.prefix + name);
  }

  /** The first of several names that is there; the first one when none is, so that an error names it. */
  pick(...names: string[]): string {
    return names.find((n) => this.has(n)) ?? names[0];
  }

  get(name: string, ...shape: number[]): Weight {
    return this.checkpoint.weight(this.prefix + name, shape);
  }

  /**
   * The words' vectors [vocabulary, hidden]. Where they are tied to the head's matrix, a checkpoint may hold that one alone.
   * @param tied what the reference's class assumes where the configuration does not say
   */
  words(config: Record<string, unknown>, vocabulary: number, hidden: number, tied = false): Weight {
    const own = 'embed_tokens.weight';
    const head = 'lm_head.weight';
    const shared = (config.tie_word_embeddings ?? tied) === true;
    if (!this.has(own) && shared && this.checkpoint.has(head))
      return this.checkpoint.weight(head, [vocabulary, hidden]);
    return this.get(own, vocabulary, hidden);
  }

  /** `name.weight` [out, in] and, where asked for, `name.bias` [out]. */
  linear(name: string, outputs: number, inputs: number, bias = false): LinearSpec {
    return {
      weight: this.get(`${name}.weight`, outputs, inputs),
      bias: bias ? this.get(`${name}.bias`, outputs) : undefined,
    };
  }

  rms(name: string, size: number, epsilon: number): NormSpec {
    return { kind: 'rms', weight: this.get(`${name}.weight`, size), epsilon };
  }

  layerNorm(name: string, size: number, epsilon: number, bias = true): NormSpec {
    return {
      kind: 'layer',
      weight: this.get(`${name}.weight`, size),
      bias: bias ? this.get(`${name}.bias`, size) : undefined,
      epsilon,
    };
  }

  /** Three matrices: down(act(gate) · up). */
  gatedFfn(
    names: { gate: string; up: string; down: string },
    inner: number,
    hidden: number,
    activation: Activation,
    bias = false,
  ): FeedForwardSpec {
    return gatedFfn(
      this.linear(names.gate, inner, hidden, bias),
      this.linear(names.up, inner, hidden, bias),
      this.linear(names.down, hidden, inner, bias),
      activation,
    );
  }
}

export function gatedFfn(
  gate: LinearSpec,
  up: LinearSpec,
  down: LinearSpec,
  activation: FeedForwardSpec['activation'],
): FeedForwardSpec {
  return {
    up: {
      weight: stacked([gate.weight, up.weight]),
      bias: gate.bias && up.bias && columnsStacked(gate.bias, up.bias),
    },
    gated: true,
    down,
    activation,
  };
}

/** Two vectors end to end. */
function columnsStacked(a: Weight, b: Weight): Weight {
  return {
    name: `${a.name}+${b.name}`,
    rows: 1,
    columns: a.columns + b.columns,
    async read() {
      const out = new Float32Array(a.columns + b.columns);
      out.set(await a.read(0, 1));
      out.set(await b.read(0, 1), a.columns);
      return out;
    },
  };
}

/** Sizes of a layer's routed experts. */
export interface ExpertSizes {
  readonly count: number;
  readonly active: number;
  readonly inner: number;
  readonly hidden: number;
  readonly activation: Activation;
}

/**
 * Experts with a gated inner layer, stored one by one (`experts.N.gate_proj.weight`, or the family's three names)
 * or together (`experts.gate_up_proj` [experts, 2 · inner, hidden], `experts.down_proj` [experts, hidden, inner]).
 */
export function gatedExperts(
  t: Tensors,
  base: string,
  sizes: ExpertSizes,
  names: { gate: string; up: string; down: string } = { gate: 'gate_proj', up: 'up_proj', down: 'down_proj' },
): ExpertsSpec {
  const { count, active, inner, hidden, activation } = sizes;
  const fused = t.pick(`${base}.gate_up_proj`, `${base}.gate_up_proj.weight`);
  if (!t.has(fused))
    return specOf(count, active, (e) =>
      t.gatedFfn(
        {
          gate: `${base}.${e}.${names.gate}`,
          up: `${base}.${e}.${names.up}`,
          down: `${base}.${e}.${names.down}`,
        },
        inner,
        hidden,
        activation,
      ),
    );
  const both = t.get(fused, count, 2 * inner, hidden);
  const down = t.get(t.pick(`${base}.down_proj`, `${base}.down_proj.weight`), count, hidden, inner);
  return fusedExperts(both, down, sizes);
}

/** Experts one below the other: `both` [experts · 2 · inner, hidden] (gate's rows first) and `down` [experts · hidden, inner]. */
export function fusedExperts(both: Weight, down: Weight, sizes: ExpertSizes): ExpertsSpec {
  const { count, active, inner, hidden, activation } = sizes;
  return specOf(count, active, (e) => ({
    up: { weight: rowsOf(both, e * 2 * inner, (e + 1) * 2 * inner) },
    gated: true,
    down: { weight: rowsOf(down, e * hidden, (e + 1) * hidden) },
    activation,
  }));
}

/** Experts made on first use: a description of thousands of them must cost nothing, and a missing one must be found early. */
export function specOf(count: number, active: number, make: (index: number) => FeedForwardSpec): ExpertsSpec {
  const made = Array.from({ length: count }, (_, e) => make(e));
  return { count, active, expert: (e) => made[e] };
}

/** Gate and up rows that alternate, put one after the other. */
export function unInterleaved(both: Weight): Weight {
  return stacked([everyRow(both, 0, 2), everyRow(both, 1, 2)]);
}

/** The rotary positions of a configuration, in either style. */
export function ropeOf(
  config: Record<string, unknown>,
  headSize: number,
  maxTokens: number,
  options: { defaultTheta?: number; interleaved?: boolean } = {},
): { parameters: ReturnType<typeof ropeParameters>; interleaved: boolean } {
  return {
    parameters: ropeParameters(ropeConfigOf(config, options.defaultTheta), headSize, maxTokens),
    interleaved: options.interleaved ?? false,
  };
}

/** How many of a checkpoint's layers to build. @throws ModelError when more are asked for than there are. */
export function layersToBuild(all: number, wanted: number | undefined): number {
  if (wanted === undefined) return all;
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > all)
    throw new ModelError(`The model has ${all} layers, so ${wanted} can't be kept; ask for 1 to ${all}.`);
  return wanted;
}

/** k experts of n. @throws ModelError where the configuration contradicts itself. */
export function checkActive(active: number, experts: number): void {
  if (active > experts)
    throw new ModelError(
      `config.json asks for ${active} experts a token but there are only ${experts}; the file is damaged.`,
    );
}
