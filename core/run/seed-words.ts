import type { CtfidfOptions, KeywordParams } from '../keywords/index.ts';
import type { RunParams } from './params.ts';
import type { DocumentTerms } from '../stages.ts';
import { seedMultiplier } from '../topics/index.ts';

/** Parameters of the keywords, with more weight for seed words where a run has them. */
export type WeighedParams = KeywordParams & Pick<CtfidfOptions, 'multiplier'>;

/** Seed words count a little more wherever words are weighed, in the run and after every operation. */
export function seedMultiplierOf(
  { keywords, guide }: Pick<RunParams, 'keywords' | 'guide'>,
  terms: DocumentTerms,
): WeighedParams {
  if (guide.seedWords === '') return keywords;
  const seeds = guide.seedWords.split(';').map((list) => list.split(/[\s,]+/).filter((word) => word !== ''));
  return { ...keywords, multiplier: seedMultiplier(terms.vocabulary, seeds) };
}
