import type { ModelWriter } from '../write/model-writer.ts';
import type { FeedForwardSpec } from './feed-forward.ts';
import { feedForward } from './feed-forward.ts';
import type { Gating } from './gate.ts';
import { reshape } from './shape.ts';

export interface ExpertsSpec {
  readonly count: number;
  readonly active: number;
  expert(index: number): FeedForwardSpec;
}

/**
 * Routed experts from standard operators: each expert gathers its tokens, and every token gathers its experts' results back.
 * x [rows, hidden] → [rows, hidden]. Work and memory are those of the chosen experts alone.
 */
export function gatheredExperts(m: ModelWriter, x: string, gating: Gating, spec: ExpertsSpec): string {
  const g = m.graph;
  const { count, active } = spec;
  const flat = reshape(g, gating.indices, [-1]);
  const { quantised } = m.quantisedInput(x);
  const results: string[] = [];
  const places: string[] = [];
  for (let e = 0; e < count; e++) {
    const place = reshape(g, g.op('NonZero', [g.op('Equal', [flat, g.int64(e)])]), [-1]);
    const token = active === 1 ? place : g.op('Div', [place, g.int64(active)]);
    const take = (from: string): string => g.op('Gather', [from, token], { axis: 0 });
    const options = quantised && {
      quantised: { values: take(quantised.values), scales: take(quantised.scales) },
    };
    // At int8 only the quantised rows are read, so x itself need not be gathered.
    results.push(feedForward(m, options ? x : take(x), spec.expert(e), options));
    places.push(place);
  }
  const order = g.op('Concat', places, { axis: 0 });
  const [, inverse] = g.node(
    'TopK',
    [order, g.op('Shape', [order])],
    { axis: 0, largest: 0, sorted: 1 },
    { outputs: 2 },
  );
  const sorted = g.op('Gather', [g.op('Concat', results, { axis: 0 }), inverse], { axis: 0 });
  const hidden = spec.expert(0).down.weight.rows;
  const byToken = reshape(g, sorted, [-1, active, hidden]);
  const weighted = g.op('Mul', [byToken, g.op('Unsqueeze', [gating.values, g.int64([-1])])]);
  return g.op('ReduceSum', [weighted, g.int64([1])], { keepdims: 0 });
}
