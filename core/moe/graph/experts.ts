import type { LinearOptions } from '../write/linear.ts';
import type { ModelWriter } from '../write/model-writer.ts';
import type { FeedForwardSpec } from './feed-forward.ts';
import { feedForward } from './feed-forward.ts';
import type { Frame } from './frame.ts';
import type { Gating } from './gate.ts';
import { reshape, split } from './shape.ts';

export interface ExpertsSpec {
  readonly count: number;
  readonly active: number;
  expert(index: number): FeedForwardSpec;
}

/**
 * Routed experts from standard operators: each expert gathers its tokens, and every token gathers its experts' results back.
 * x [batch, tokens, hidden] → the same shape. Work and memory are those of the chosen experts alone.
 */
export function gatheredExperts(frame: Frame, x: string, gating: Gating, spec: ExpertsSpec): string {
  const { m } = frame;
  const g = m.graph;
  const hidden = spec.expert(0).down.weight.rows;
  const inputs = spec.expert(0).up.weight.columns;
  const byChoice = expertMap(
    m,
    reshape(g, x, [-1, inputs]),
    gating.indices,
    spec,
    'token',
    (rows, e, options) => feedForward(m, rows, spec.expert(e), options),
  );
  return frame.unflatten(weightedSum(m, byChoice, gating.values, spec.active, hidden), hidden);
}

/** Σ over a token's choices of its experts' results [rows · k, width], weighted by values [..., k]: [rows, width]. */
export function weightedSum(
  m: ModelWriter,
  byChoice: string,
  values: string,
  active: number,
  width: number,
): string {
  const g = m.graph;
  const byToken = reshape(g, byChoice, [-1, active, width]);
  const weighted = g.op('Mul', [byToken, reshape(g, values, [-1, active, 1])]);
  return g.op('ReduceSum', [weighted, g.int64([1])], { keepdims: 0 });
}

/**
 * Applies expert e to the rows that chose it, for all e; indices [..., k].
 * @param of whether x has a row for each token, or for each token's each choice
 * @returns [rows · k, width], a row for each choice, in order
 */
export function expertMap(
  m: ModelWriter,
  x: string,
  indices: string,
  experts: { readonly count: number; readonly active: number },
  of: 'token' | 'choice',
  apply: (rows: string, expert: number, options: LinearOptions) => string,
): string {
  const g = m.graph;
  const { count, active } = experts;
  const flat = reshape(g, indices, [-1]);
  const { quantised } = m.quantisedInput(x);
  const results: string[] = [];
  const places: string[] = [];
  for (let e = 0; e < count; e++) {
    const place = reshape(g, g.op('NonZero', [g.op('Equal', [flat, g.int64(e)])]), [-1]);
    const row = active === 1 || of === 'choice' ? place : g.op('Div', [place, g.int64(active)]);
    const take = (from: string): string => g.op('Gather', [from, row], { axis: 0 });
    const options = quantised && {
      quantised: { values: take(quantised.values), scales: take(quantised.scales) },
    };
    // At int8 only the quantised rows are read, so x itself need not be gathered.
    results.push(apply(options ? x : take(x), e, options ?? {}));
    places.push(place);
  }
  const order = g.op('Concat', places, { axis: 0 });
  const [, inverse] = g.node(
    'TopK',
    [order, g.op('Shape', [order])],
    { axis: 0, largest: 0, sorted: 1 },
    { outputs: 2 },
  );
  return g.op('Gather', [g.op('Concat', results, { axis: 0 }), inverse], { axis: 0 });
}

/**
 * The same without gathering: every expert sees every token and is weighted by its gate, 0 where it was not chosen. Experts ÷ k times the
 * work, for providers that can neither gather by a condition nor have a mixture operator.
 */
export function denseExperts(m: ModelWriter, x: string, gating: Gating, spec: ExpertsSpec): string {
  const g = m.graph;
  const gates = split(g, gating.dense, -1, new Array<number>(spec.count).fill(1));
  const parts = gates.map((gate, e) => g.op('Mul', [feedForward(m, x, spec.expert(e)), gate]));
  return parts.reduce((sum, part) => g.op('Add', [sum, part]));
}
