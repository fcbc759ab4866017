import { z } from 'zod';

/** Parameters of a guided run: what people know of the topics beforehand. Nothing is guided unless one is given. */
export const guideParams = z.object({
  seedWords: z.string().default('').meta({
    help: 'Words of topics that should be found: lists separated by ; ("puck goalie; orbit rocket"), or a file with a list a line.',
    advanced: true,
  }),
  zeroShot: z.string().default('').meta({
    help: 'Names of topics that take the documents like them, the rest is clustered: separated by ;, or a file with a name a line.',
    advanced: true,
  }),
  zeroShotSimilarity: z.coerce.number().min(-1).max(1).default(0.15).meta({
    help: 'Least cosine of a document and a name to belong to it; more takes fewer documents, and more of them rightly.',
    advanced: true,
  }),
  targetColumn: z.string().default('').meta({
    help: 'A column whose values the layout keeps together, all or only some of them filled in (supervised, semi-supervised). Documents without a value whose neighbours agree on one are kept with those.',
    advanced: true,
  }),
  targetWeight: z.coerce.number().min(0).max(1).default(0.5).meta({
    help: 'How much that column counts: 0 leaves the embeddings to speak, 1 only the column.',
    advanced: true,
  }),
  topicColumn: z.string().default('').meta({
    help: 'A column with the topics themselves: nothing is clustered, only keywords, map and figures are made.',
    advanced: true,
  }),
});

export type GuideParams = z.output<typeof guideParams>;
