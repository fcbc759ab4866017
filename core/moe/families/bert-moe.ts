import { z } from 'zod';
import { type MixtureWeights, sideBySideExperts } from '../encoder/weights.ts';
import type { Family } from '../family.ts';
import { gateName } from '../graph/gate.ts';
import { bertKeys, encoderModel, encoderSpec } from './bert.ts';
import { checkActive, layersToBuild, parseConfig, Tensors } from './parts.ts';
import { size } from './schema.ts';

const schema = z.looseObject({
  ...bertKeys,
  hidden_act: z.literal('gelu').default('gelu'),
  num_experts: size,
  num_experts_per_tok: size,
  moe_intermediate_size: size,
  shared_expert_intermediate_size: size,
  norm_topk_prob: z.boolean().default(true),
  routed_scaling_factor: z.number().positive().default(1),
  projection: z.boolean().default(false),
});

/**
 * MoETopic's own small encoders: BERT whose feed-forward layers are a shared expert and routed ones, cut out of a dense layer
 * (assets/models/training makes them).
 */
export const bertMoe: Family = {
  name: 'bert-moe',
  title: 'BERT with mixtures of experts',
  modelTypes: ['bert_moe'],
  open(config, checkpoint, options) {
    const c = parseConfig(schema, config);
    const { num_experts: experts, num_experts_per_tok: active, moe_intermediate_size: width } = c;
    checkActive(active, experts);
    const h = c.hidden_size;
    const neurons = c.shared_expert_intermediate_size;
    const t = new Tensors(checkpoint, 'embeddings.word_embeddings.weight', ['']);
    const renormalisedTo = c.norm_topk_prob ? c.routed_scaling_factor : null;
    const spec = encoderSpec(t, c, layersToBuild(c.num_hidden_layers, options.layers), (i) => {
      const base = `encoder.layer.${i}.moe`;
      const weights: MixtureWeights = {
        up: t.get(`${base}.experts.w1`, experts, width, h),
        upBias: t.get(`${base}.experts.b1`, experts, width),
        down: t.get(`${base}.experts.w2`, experts, h, width),
        sharedUp: t.get(`${base}.shared.w1`, neurons, h),
        sharedUpBias: t.get(`${base}.shared.b1`, neurons),
        sharedDown: t.get(`${base}.shared.w2`, h, neurons),
        bias: t.get(`${base}.bias`, h),
      };
      const { up, down, shared } = sideBySideExperts(base, weights, experts, width);
      const router = t.get(`${base}.router.weight`, experts, h);
      return { up, down, groups: { router, experts, active, width, shared, renormalisedTo } };
    });
    const projection = c.projection ? t.get('projection.weight', h, h) : undefined;
    const gate = { kind: 'softmax' as const, renormalise: c.norm_topk_prob, scale: renormalisedTo ?? 1 };
    return { ...encoderModel({ ...spec, projection }, c, 'mean'), gate: gateName(gate, active, experts) };
  },
};
