import type { Weight } from '../checkpoint/weight.ts';
import type { ModelWriter } from '../write/model-writer.ts';

export interface NormSpec {
  readonly kind: 'rms' | 'layer';
  readonly weight: Weight;
  readonly bias?: Weight;
  readonly epsilon: number;
}

/** RMSNorm or LayerNorm over the last axis, always in float32. */
export function norm(m: ModelWriter, x: string, spec: NormSpec): string {
  const g = m.graph;
  const weight = m.float(spec.weight);
  if (spec.kind === 'layer') {
    const bias = spec.bias ? m.float(spec.bias) : g.float32(new Array<number>(spec.weight.columns).fill(0));
    return g.op('LayerNormalization', [x, weight, bias], { axis: -1, epsilon: { float: spec.epsilon } });
  }
  if (m.device !== 'coreml')
    return g.op('SimplifiedLayerNormalization', [x, weight], {
      axis: -1,
      epsilon: { float: spec.epsilon },
      stash_type: 1,
    });
  const mean = g.op('ReduceMean', [g.op('Mul', [x, x]), g.int64([-1])], { keepdims: 1 });
  const root = g.op('Sqrt', [g.op('Add', [mean, g.float32(spec.epsilon)])]);
  return g.op('Mul', [g.op('Div', [x, root]), weight]);
}
