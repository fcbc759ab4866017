import { z } from 'zod';

/** Distances between rows that the neighbour search knows. */
export const metrics = ['cosine', 'euclidean', 'inner-product'] as const;
export type Metric = (typeof metrics)[number];

export const reduceParams = z.object({
  reducer: z.enum(['umap', 'umap-js', 'none']).default('umap').meta({
    help: 'How embeddings become a few coordinates: umap (built in), umap-js (the library, for small corpora), or none (cluster the embeddings themselves; the map is still laid out by UMAP).',
  }),
  neighbors: z
    .union([z.literal('auto'), z.coerce.number().int().min(2).max(200)])
    .default('auto')
    .meta({
      help: 'Size of a neighbourhood, the document itself included: smaller shows finer structure; auto is 15, or a quarter of fewer than 60 documents.',
      unit: 'documents',
    }),
  components: z
    .number()
    .int()
    .min(1)
    .max(64)
    .default(5)
    .meta({ help: 'Coordinates that the clustering sees.', unit: 'dimensions' }),
  minDist: z
    .number()
    .min(0)
    .max(10)
    .default(0)
    .meta({ help: 'How close points may lie in the clustered coordinates; 0 packs clusters tightest.' }),
  // Clusters should be dense, but on a map every document should have room to be seen and clicked: umap-learn's own default.
  mapMinDist: z.number().min(0).max(10).default(0.1).meta({ help: 'How close points may lie on the map.' }),
  spread: z
    .number()
    .positive()
    .max(10)
    .default(1)
    .meta({ help: 'Scale of the layout, at least as large as the two distances above.', advanced: true }),
  metric: z.enum(metrics).default('cosine').meta({ help: 'Distance between embeddings.', advanced: true }),
  epochs: z
    .union([z.literal('auto'), z.number().int().min(1).max(10_000)])
    .default('auto')
    .meta({
      help: 'Rounds of the layout; auto is 500 up to 10,000 documents and 200 above.',
      advanced: true,
    }),
});
export type ReduceParams = z.output<typeof reduceParams>;

/**
 * Neighbours of each of n rows, itself included: what was asked for, or umap-learn's 15, but at most a quarter of the rows:
 * where everyone is everyone's neighbour there is no structure to lay out.
 */
export function chooseNeighbours({ neighbors }: Pick<ReduceParams, 'neighbors'>, n: number): number {
  return neighbors === 'auto' ? Math.min(usualNeighbours, Math.max(2, Math.round(n / 4))) : neighbors;
}

const usualNeighbours = 15;

/** What the number of neighbours is, and why. */
export function whyNeighbours(params: Pick<ReduceParams, 'neighbors'>, n: number): string {
  const size = chooseNeighbours(params, n);
  if (params.neighbors !== 'auto') return `Neighbours ${size}: as asked for.`;
  if (size === usualNeighbours)
    return `Neighbours ${size}: as umap-learn and BERTopic have it, whatever the number of documents.`;
  return `Neighbours ${size}: a quarter of ${n} documents, which are few.`;
}
