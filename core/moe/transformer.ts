import type { RouterInfo } from '../stages.ts';
import type { Weight } from './checkpoint/weight.ts';
import type { BuiltModel, ExpertParameters, FamilyModel, GraphInputs, RouterValues } from './family.ts';
import { attention, type AttentionSpec } from './graph/attention.ts';
import { feedForward, type FeedForwardSpec } from './graph/feed-forward.ts';
import { Frame } from './graph/frame.ts';
import { gateName } from './graph/gate.ts';
import { Masks } from './graph/mask.ts';
import { moeLayer, type MoeSpec } from './graph/moe-layer.ts';
import { norm, type NormSpec } from './graph/norm.ts';
import { ropeValues, type RopeValues } from './graph/rope.ts';
import type { RopeParameters } from './graph/rope-parameters.ts';
import type { ModelWriter } from './write/model-writer.ts';

/** Attention of another shape than the common one (multi-head latent attention): it builds itself. */
export type AttentionBlock = (
  frame: Frame,
  x: string,
  rope: RopeValues | null,
  masks: Masks,
) => { out: string; router?: RouterValues };

/** A layer: x + attention(norm(x)), then x + feed-forward(norm(x)). */
export interface LayerSpec {
  readonly attentionNorm: NormSpec;
  readonly attention: AttentionSpec | AttentionBlock;
  /** The attention's own router (JetMoE). */
  readonly attentionRouter?: Omit<RouterInfo, 'layer' | 'kind'>;
  readonly attentionParameters?: ExpertParameters;
  readonly ffnNorm: NormSpec;
  readonly ffn: { readonly dense: FeedForwardSpec } | { readonly moe: MoeSpec };
  /** A dense block after the feed-forward one, in the same way (OpenMoE). */
  readonly extra?: { readonly norm: NormSpec; readonly ffn: FeedForwardSpec };
  /** Factor on what attention and feed-forward add (Granite). */
  readonly residual?: number;
}

/** A transformer with norms before its blocks, described: everything that differs between families is here, and nothing else is. */
export interface TransformerSpec {
  readonly hiddenSize: number;
  readonly embedding: Weight;
  readonly embeddingFactor?: number;
  readonly rope: { readonly parameters: RopeParameters; readonly interleaved: boolean } | null;
  /** Added to all layers' attention scores, float32 [1, heads, tokens, tokens] (relative positions). */
  readonly scoreBias?: (frame: Frame) => string;
  readonly layers: readonly LayerSpec[];
  readonly finalNorm: NormSpec;
  readonly maxTokens: number;
  readonly pooling?: FamilyModel['pooling'];
}

/** The model of a described transformer. */
export function transformerModel(spec: TransformerSpec): FamilyModel {
  const routers: RouterInfo[] = [];
  const expertParameters: ExpertParameters[] = [];
  let gate = 'dense';
  spec.layers.forEach((l, layer) => {
    if (l.attentionRouter) routers.push({ layer, kind: 'attention', ...l.attentionRouter });
    if (l.attentionParameters) expertParameters.push(l.attentionParameters);
    if (!('moe' in l.ffn)) return;
    const { experts, gate: g } = l.ffn.moe;
    routers.push({ layer, kind: 'mlp', experts: experts.count, active: experts.active });
    gate = gateName(g, experts.active, experts.count);
    expertParameters.push({
      experts: experts.count,
      active: experts.active,
      each: parametersOf(experts.expert(0)),
    });
  });
  return {
    hiddenSize: spec.hiddenSize,
    layers: spec.layers.length,
    routers,
    expertParameters,
    gate,
    maxTokens: spec.maxTokens,
    unbounded: true as const,
    pooling: spec.pooling ?? 'last',
    prefix: '',
    languages: ['en'],
    alpha: 1,
    build: (m, inputs) => buildTransformer(m, inputs, spec),
  };
}

export function parametersOf(ffn: FeedForwardSpec): number {
  return [ffn.up, ffn.down].reduce(
    (sum, l) => sum + l.weight.rows * l.weight.columns + (l.bias ? l.bias.rows * l.bias.columns : 0),
    0,
  );
}

function buildTransformer(m: ModelWriter, inputs: GraphInputs, spec: TransformerSpec): BuiltModel {
  const g = m.graph;
  const frame = new Frame(m, inputs);
  const masks = new Masks(frame);
  const rope = spec.rope && ropeValues(frame, spec.rope.parameters, spec.rope.interleaved);
  const bias = spec.scoreBias?.(frame);
  const routers: RouterValues[] = [];
  const times = (x: string, factor = 1): string => (factor === 1 ? x : g.op('Mul', [x, g.float32(factor)]));

  let x = m.embedding(inputs.ids, spec.embedding);
  x = times(x, spec.embeddingFactor);
  for (const layer of spec.layers) {
    const normed = norm(m, x, layer.attentionNorm);
    let attended: string;
    if (typeof layer.attention === 'function') {
      const block = layer.attention(frame, normed, rope, masks);
      if (block.router) routers.push(block.router);
      attended = block.out;
    } else attended = attention(frame, normed, layer.attention, rope, masks, bias);
    x = g.op('Add', [x, times(attended, layer.residual)]);

    const inner = norm(m, x, layer.ffnNorm);
    let added: string;
    if ('moe' in layer.ffn) {
      const { out, router } = moeLayer(frame, inner, layer.ffn.moe);
      routers.push(router);
      added = out;
    } else added = feedForward(m, inner, layer.ffn.dense, m.quantisedInput(inner));
    x = g.op('Add', [x, times(added, layer.residual)]);
    if (layer.extra) {
      const before = norm(m, x, layer.extra.norm);
      x = g.op('Add', [x, feedForward(m, before, layer.extra.ffn, m.quantisedInput(before))]);
    }
  }
  return { hidden: norm(m, x, spec.finalNorm), routers, perText: true };
}
