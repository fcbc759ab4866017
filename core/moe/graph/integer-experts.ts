import { rowsOf } from '../checkpoint/weight.ts';
import { planeColumns, quantisedPlanes, unscaledPlanes, zeroPlanes } from '../write/linear-int8.ts';
import type { QuantisedRows } from '../write/linear.ts';
import type { ModelWriter } from '../write/model-writer.ts';
import { activate, type Activation } from './activation.ts';
import type { ExpertGroups } from './expert-groups.ts';
import type { ExpertsSpec } from './experts.ts';
import type { FeedForwardSpec } from './feed-forward.ts';
import { reshape } from './shape.ts';

/** Whether a row's scale passes through the experts: what multiplies the ungated half multiplies the result. */
export function scalesCommute(spec: ExpertsSpec): boolean {
  return Array.from({ length: spec.count }, (_, e) => spec.expert(e)).every(
    ({ gated, activation, up, down }) =>
      gated && typeof activation === 'string' && activation !== 'three-factor' && !up.bias && !down.bias,
  );
}

/**
 * The weighted sums of routed experts with int8 weights on the CPU: quantised rows of all tokens → [tokens, hidden]. Rows' scales go to the gate's
 * values rather than to the results, so that passes over the larger half of the numbers are saved; results stay in planes of columns until
 * they are summed. What is one number a row is looked up and multiplied for all experts at once.
 * @param values the gate's, float32 [..., k]
 */
export function integerExperts(
  m: ModelWriter,
  tokens: QuantisedRows,
  groups: ExpertGroups,
  values: string,
  spec: ExpertsSpec,
): string {
  const g = m.graph;
  const { active } = spec;
  const { rows: hidden, columns: inner } = spec.expert(0).down.weight;
  const width = planeColumns(hidden);
  const sorted = groups.sorted(tokens.scales);
  const scales = groups.apart(sorted, 0);
  const zeros = groups.apart(zeroPlanes(m, sorted, inner), 1);
  const results = groups.tokens.map((t, e) => {
    const rows = { values: g.op('Gather', [tokens.values, t], { axis: 0 }), scales: scales[e] };
    return unscaledFeedForward(m, rows, zeros[e], spec.expert(e));
  });
  const between = groups.inOrder(
    results.map((r) => r.scales),
    1,
  );
  const byToken = g.op('Mul', [reshape(g, values, [-1, 1, active]), reshape(g, tokens.scales, [-1, 1, 1])]);
  const weights = g.op('Mul', [byToken, reshape(g, between, [-1, 1, active])]);
  const byChoice = groups.inOrder(
    results.map((r) => r.values),
    1,
  );
  // [tokens, 1, k] by [planes, tokens, k, width]
  const sums = g.op('MatMul', [weights, reshape(g, byChoice, [hidden / width, -1, active, width])]);
  const planes = reshape(g, sums, [hidden / width, -1, width]);
  return reshape(g, g.op('Transpose', [planes], { perm: [1, 0, 2] }), [-1, hidden]);
}

/** Some of the rows, with their scales. */
export function takeRows(m: ModelWriter, x: QuantisedRows, rows: string): QuantisedRows {
  const take = (from: string): string => m.graph.op('Gather', [from, rows], { axis: 0 });
  return { values: take(x.values), scales: take(x.scales) };
}

/** An expert's result [planes, rows, width], with scales [1, rows, 1] by which its rows, and those of what it was given, are still to be multiplied. */
function unscaledFeedForward(
  m: ModelWriter,
  rows: QuantisedRows,
  zeros: string,
  spec: FeedForwardSpec,
): QuantisedRows {
  const g = m.graph;
  const inner = spec.up.weight.rows / 2;
  const gate = unscaledPlanes(m, rows.values, rowsOf(spec.up.weight, 0, inner));
  const up = unscaledPlanes(m, rows.values, rowsOf(spec.up.weight, inner, 2 * inner));
  const gated = activate(m, g.op('Mul', [gate, rows.scales]), spec.activation as Activation);
  const between = quantisedPlanes(m, g.op('Mul', [gated, up]), inner, zeros);
  return { values: unscaledPlanes(m, between.values, spec.down.weight), scales: between.scales };
}
