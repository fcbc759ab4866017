import { z } from 'zod';

/** "1-2" → [1, 2]. */
export function ngramRange(text: string): [number, number] {
  const [low, high = low] = text.split('-').map(Number);
  return [low, high];
}

/** Parameters of the keywords; names are the camelCase of the command line's flags. */
export const keywordParams = z.object({
  language: z
    .string()
    .regex(/^(auto|[a-z]{2})$/, 'takes auto or a two-letter code such as en, zh or de')
    .default('auto')
    .meta({ help: "The documents' language (stop words, word segmentation); auto finds it from the text." }),
  ngrams: z
    .string()
    .regex(/^(1|2|3|1-1|1-2|1-3|2-2|2-3|3-3)$/, 'takes a range within 1 to 3, such as 1-2')
    .default('1-1')
    .meta({ help: 'Shortest and longest phrase that may be a keyword.', unit: 'words' }),
  stopWords: z.string().min(1, 'give auto, none, a language’s code, or a file').default('auto').meta({
    help: "Words never counted: auto (the language's list), a language's code, a file with one word a line, or none.",
  }),
  minDf: z.coerce.number().min(0).default(1).meta({
    help: 'Leave out terms in fewer documents than this; below 1 it is a share.',
    unit: 'documents',
    advanced: true,
  }),
  maxDf: z.coerce.number().positive().default(1).meta({
    help: 'Leave out terms in more documents than this; up to 1 it is a share.',
    unit: 'documents',
    advanced: true,
  }),
  bm25: z
    .boolean()
    .default(false)
    .meta({ help: 'Weigh terms as BM25 does: frequent ones count still less.' }),
  reduceFrequentWords: z.boolean().default(false).meta({
    help: "Take the square root of a term's share of its topic: very frequent ones count less.",
    advanced: true,
  }),
  keywords: z.enum(['ctfidf', 'mmr', 'embedding']).default('ctfidf').meta({
    help: 'How keywords are chosen: by c-TF-IDF, by MMR (fewer that mean the same), or by likeness to the topic in the embedding.',
  }),
  topWords: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(10)
    .meta({ help: 'Keywords of each topic.', unit: 'keywords' }),
  diversity: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(0.1)
    .meta({ help: 'For MMR: 0 is the closest keywords, 1 the most varied.', advanced: true }),
  tokens: z.enum(['words', 'sklearn', 'bertopic']).default('words').meta({
    help: "What a token is: words (scikit-learn's, and real words in scripts without spaces), sklearn, or bertopic (punctuation removed first: don't is dont).",
    advanced: true,
  }),
  clean: z.boolean().default(true).meta({
    help: 'Do not show numbers, pieces of contractions and addresses, encoded data, and words of too few documents.',
    advanced: true,
  }),
});

export type KeywordParams = z.output<typeof keywordParams>;
