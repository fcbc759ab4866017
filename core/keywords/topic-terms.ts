import type { DocumentTerms, TopicTerms } from '../stages.ts';
import { classTerms } from './classes.ts';
import { ctfidf, inverseFrequency, type CtfidfOptions } from './ctfidf.ts';

/** Counts and c-TF-IDF of every topic, for the stages that compare topics by their words. */
export function topicTerms(terms: DocumentTerms, labels: Int32Array, options: CtfidfOptions): TopicTerms {
  const classes = classTerms(terms, labels);
  const idf = inverseFrequency(classes, options);
  const weights = ctfidf(classes, options, idf);
  return {
    terms,
    topics: classes.topics,
    counts: { ...weights, values: Float64Array.from(classes.counts) },
    weights,
    idf,
  };
}
