import { z } from 'zod';

/** Parameters of the embed stage; the camelCase of the command line's flags. */
export const embedParams = z.object({
  model: z
    .string()
    .default('minilm-moe')
    .meta({ help: 'The model: the bundled one, one that was added, or the folder of a converted model.' }),
  embedding: z.enum(['hs', 'rw', 'concat', 'sum']).default('concat').meta({
    help: 'What stands for a document: hidden states (hs), routing weights (rw), both side by side (concat) or the sum of their similarities (sum).',
  }),
  alpha: z
    .union([z.enum(['auto', 'paper']), z.coerce.number().min(0)])
    .default('auto')
    .meta({
      help: "Weight of the routing weights in concat and sum: auto is the model's own, paper the plain concatenation of both, standardised.",
    }),
  pooling: z
    .enum(['auto', 'last', 'mean', 'cls', 'weighted-mean'])
    .default('auto')
    .meta({ help: "How a document's tokens become one vector; auto is what the model was made for." }),
  prompt: z.string().default('none').meta({
    help: 'Text around every document: none, prompteol, paper (texts prepared as in the MoEE paper), or your own with {text} in it.',
  }),
  device: z.enum(['auto', 'cpu', 'webgpu', 'cuda', 'dml', 'coreml']).default('auto').meta({
    help: 'Where the model runs; auto takes the first that works and computes the same as the CPU.',
  }),
  maxTokens: z
    .union([z.literal('auto'), z.coerce.number().int().min(8)])
    .default('auto')
    .meta({
      help: "Most tokens of a document that are read; auto is the model's limit, at most 512.",
      unit: 'tokens',
    }),
  long: z.enum(['truncate', 'chunk']).default('truncate').meta({
    help: 'A longer document is cut at that length, or read in chunks whose embeddings are averaged.',
  }),
  layers: z.string().default('all').meta({
    help: 'Layers whose routing weights are used: all, last, or a list like 0,3,5.',
    advanced: true,
  }),
  rw: z.enum(['probabilities', 'logits']).default('probabilities').meta({
    help: "Routing weights: the router's probabilities over all experts, or its raw logits.",
    advanced: true,
  }),
  precision: z.enum(['auto', 'fp32', 'fp16', 'int8', 'int4']).default('auto').meta({
    help: 'Precision to which a checkpoint is converted; auto is what the model comes in.',
    advanced: true,
  }),
});

export type EmbedParams = z.output<typeof embedParams>;
