import type { LinearOptions } from '../write/linear.ts';
import type { ModelWriter } from '../write/model-writer.ts';
import { groupChoices, type ExpertGroups } from './expert-groups.ts';
import type { FeedForwardSpec } from './feed-forward.ts';
import { feedForward } from './feed-forward.ts';
import type { Frame } from './frame.ts';
import type { Gating } from './gate.ts';
import { integerExperts, scalesCommute, takeRows } from './integer-experts.ts';
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
  const flat = reshape(g, x, [-1, spec.expert(0).up.weight.columns]);
  const groups = groupChoices(frame, gating.indices, spec, gating.drops ? undefined : gating.selected);
  const { quantised } = m.quantisedInput(flat);
  if (quantised && scalesCommute(spec))
    return frame.unflatten(integerExperts(m, quantised, groups, gating.values, spec), hidden);
  const byChoice = expertMap(m, flat, groups, 'token', (rows, e, options) =>
    feedForward(m, rows, spec.expert(e), options),
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
  return reshape(g, g.op('MatMul', [reshape(g, values, [-1, 1, active]), byToken]), [-1, width]);
}

/**
 * Applies expert e to the rows that chose it, for all e.
 * @param of whether x has a row for each token, or for each token's each choice
 * @returns [rows · k, width], a row for each choice, in order
 */
export function expertMap(
  m: ModelWriter,
  x: string,
  groups: ExpertGroups,
  of: 'token' | 'choice',
  apply: (rows: string, expert: number, options: LinearOptions) => string,
): string {
  const { quantised } = m.quantisedInput(x);
  const rows = of === 'token' ? groups.tokens : groups.places;
  return groups.inOrder(
    rows.map((r, e) =>
      // At int8 only the quantised rows are read, so x itself need not be gathered.
      quantised
        ? apply(x, e, { quantised: takeRows(m, quantised, r), few: true })
        : apply(m.graph.op('Gather', [x, r], { axis: 0 }), e, {}),
    ),
  );
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
