import { z } from 'zod';
import { encodings } from './encoding.ts';

export const stripChoices = ['headers', 'footers', 'quotes'] as const;
export type Strip = (typeof stripChoices)[number];

const column = (help: string) => z.string().nullable().default(null).meta({ help });

/** How a corpus is read. A column of null is guessed from names and types; '' says that there is none. */
export const corpusParams = z.object({
  text: column('Column with the documents’ text (guessed if not given).'),
  label: column('Column with a label of each document, to compare topics with (guessed if not given).'),
  id: column('Column that names each document (guessed if not given; else the row’s number).'),
  date: column('Column with each document’s date (guessed if not given).'),
  strip: z.array(z.enum(stripChoices)).default([]).meta({
    help: 'Parts of a newsgroup post to leave out: headers, footers, quotes (all three for the corpus 20newsgroups).',
  }),
  sample: z.number().int().min(0).default(0).meta({
    help: 'Read only so many documents, drawn with the seed, in their order; 0 reads all.',
    unit: 'documents',
  }),
  encoding: z
    .enum(['auto', ...encodings])
    .default('auto')
    .meta({ help: 'Encoding of the text; auto finds it.', advanced: true }),
});
export type CorpusParams = z.output<typeof corpusParams>;
export type CorpusOptions = z.input<typeof corpusParams> & { readonly limits?: Partial<ReadLimits> };

/** What a reader refuses, so that no file can exhaust the memory. */
export interface ReadLimits {
  /** Longest row (or text file), in bytes after decompression. */
  readonly recordBytes: number;
  /** Most text of the whole corpus, in characters. */
  readonly totalCharacters: number;
}

export const defaultLimits: ReadLimits = { recordBytes: 64 << 20, totalCharacters: 1_500_000_000 };
