import type { BuiltModel, FamilyModel, GraphInputs } from '../family.ts';
import type { ModelWriter } from '../write/model-writer.ts';
import { Frame } from './frame.ts';

/** model.onnx' outputs: hidden states and each router's logits, token by token. */
export function tokenOutputs(
  m: ModelWriter,
  inputs: GraphInputs,
  built: BuiltModel,
  model: FamilyModel,
): void {
  const g = m.graph;
  const frame = new Frame(m, inputs);
  g.node('Identity', [built.project?.(built.hidden) ?? built.hidden], {}, { outputs: ['hidden'] });
  g.output('hidden', 'float32', ['batch', 'tokens', model.hiddenSize]);
  built.routers.forEach((router, i) => {
    const { experts } = model.routers[i];
    const name = `router_logits_${i}`;
    if (built.perText) g.node('Identity', [router.logits], {}, { outputs: [name] });
    else g.node('Reshape', [router.logits, frame.shape('b', 't', experts)], {}, { outputs: [name] });
    g.output(name, 'float32', ['batch', 'tokens', experts]);
  });
}

/** pooled.onnx' outputs: sums over tokens, weighted by a third input, of hidden states, probabilities, logits and choices. */
export function pooledOutputs(
  m: ModelWriter,
  inputs: GraphInputs,
  built: BuiltModel,
  model: FamilyModel,
): void {
  const g = m.graph;
  const frame = new Frame(m, inputs);
  const weights = g.op('Unsqueeze', ['pooling_weights', g.int64([1])]);
  const pool = (x: string, name: string, columns: number, then = (sum: string): string => sum): void => {
    const sum = g.op('MatMul', [weights, x]);
    g.node('Squeeze', [then(sum), g.int64([1])], {}, { outputs: [name] });
    g.output(name, 'float32', ['batch', columns]);
  };
  // A linear map of the sum is the sum of its tokens' and costs as much as one token's.
  pool(built.hidden, 'pooled_hidden', model.hiddenSize, (sum) => built.project?.(sum) ?? sum);
  const { routers } = built;
  if (routers.length === 0) return;
  const experts = model.routers.reduce((sum, r) => sum + r.experts, 0);
  const together = (parts: string[]): string => {
    const all = parts.length === 1 ? parts[0] : g.op('Concat', parts, { axis: -1 });
    return built.perText ? all : frame.unflatten(all, experts);
  };
  pool(
    together(routers.map((r) => r.probabilities ?? g.op('Softmax', [r.logits], { axis: -1 }))),
    'pooled_probabilities',
    experts,
  );
  pool(together(routers.map((r) => r.logits)), 'pooled_logits', experts);
  pool(together(routers.map((r) => r.selected)), 'pooled_selected', experts);
}
