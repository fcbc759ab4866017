import { z } from 'zod';

const autoOr = (minimum: number) => z.union([z.literal('auto'), z.coerce.number().int().min(minimum)]);

/** Parameters of the cluster stage; the camelCase of the command line's flags. */
export const clusterParams = z.object({
  clusterer: z.enum(['hdbscan', 'hdbscan-ts', 'kmeans', 'none']).default('hdbscan').meta({
    help: 'How documents are grouped into topics; hdbscan-ts only takes small inputs, none puts all into one.',
  }),
  minTopicSize: autoOr(2).default('auto').meta({
    help: 'Fewest documents that make a topic; auto takes a quarter of the square root of their number, but at least 5 (of fewer than 60 documents a twelfth).',
    unit: 'documents',
  }),
  minSamples: autoOr(1).default('auto').meta({
    help: 'Neighbours that make a document dense: more means more outliers; auto is 2, or for eom and leaf the topic size (at most 50) where that is given.',
    unit: 'documents',
  }),
  selection: z.enum(['auto', 'broad', 'eom', 'leaf']).default('auto').meta({
    help: 'Topics from the tree: eom takes the most persistent, leaf the finest, broad the persistent ones widened until few documents are outliers; auto is broad, and plain eom where a topic size is given.',
  }),
  epsilon: z.coerce
    .number()
    .min(0)
    .default(0)
    .meta({ help: 'Topics closer than this distance are not split.', unit: 'distance', advanced: true }),
  maxTopicSize: z.coerce.number().int().min(0).default(0).meta({
    help: 'A larger topic is split where the tree allows it; 0 sets no limit.',
    unit: 'documents',
    advanced: true,
  }),
  allowSingleTopic: z
    .boolean()
    .default(false)
    .meta({ help: 'Whether one topic may be the whole answer.', advanced: true }),
  topics: autoOr(1).default('auto').meta({
    help: 'Number of topics for k-means; auto chooses it from the number of documents.',
    unit: 'topics',
  }),
});

export type ClusterParams = z.output<typeof clusterParams>;
