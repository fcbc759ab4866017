import type { ClusterParams } from './params.ts';

/** The sizes that a clustering works with. */
export interface Sizes {
  readonly minTopicSize: number;
  readonly minSamples: number;
  /** Topics of more rows are given up for those below them where these hold most of the rows; 0 for never. */
  readonly splitAbove: number;
  /** One sentence on what was chosen from the data. */
  readonly why: string;
}

const mostSamples = 50;

/**
 * Sizes for n rows: what was asked for, or chosen from n alone where it says auto.
 *
 * - A topic needs √n / 2 rows (at least 5). The number of topics then grows slower than the corpus: 20,000 documents
 *   give some 50, a million about 100. On three labelled corpora with 20, 77 and 150 labels, two embeddings and samples
 *   from 600 rows up, in UMAP's five dimensions, the mutual information with the labels is highest, or within 0.02 of
 *   it, around this size; a quarter of it breaks topics up, twice of it swallows them.
 * - Three neighbours make a row dense. More smooth the density, which the topic size does already, and turn the rows
 *   between topics into outliers: with 15, the usual size for both, a third of 20 Newsgroups.
 * - A topic of more than a third of all rows is split where that leaves most of it in topics: excess of mass stops at
 *   one giant topic when a few strange rows lie far from everything else.
 *
 * With a topic size that was asked for, minSamples is as large, as in the reference, but at most 50, since memory grows
 * with it; and nothing is split.
 */
export function chooseSizes(params: ClusterParams, rows: number): Sizes {
  if (params.minTopicSize !== 'auto') {
    const minTopicSize = params.minTopicSize;
    const minSamples = params.minSamples === 'auto' ? Math.min(minTopicSize, mostSamples) : params.minSamples;
    return { minTopicSize, minSamples, splitAbove: 0, why: 'As asked for.' };
  }
  const minTopicSize = Math.max(5, Math.round(Math.sqrt(rows) / 2));
  const minSamples = params.minSamples === 'auto' ? Math.min(3, minTopicSize) : params.minSamples;
  const splitAbove = params.maxTopicSize === 0 ? Math.floor(rows / 3) : 0;
  const dense = params.minSamples === 'auto' ? `, ${minSamples} neighbours make a document dense` : '';
  const giant = splitAbove > 0 ? `, a topic of more than a third of all is split where it can be` : '';
  return {
    minTopicSize,
    minSamples,
    splitAbove,
    why: `Of ${rows} documents a topic needs half the square root (${minTopicSize})${dense}${giant}.`,
  };
}
