import type { DocumentTerms, TopicTerms } from '../stages.ts';
import type { CtfidfOptions } from './ctfidf.ts';
import { weighClasses } from './weigh.ts';

/** Counts and c-TF-IDF of every topic, for the stages that compare topics by their words. */
export function topicTerms(terms: DocumentTerms, labels: Int32Array, options: CtfidfOptions): TopicTerms {
  const { classes, idf, weights } = weighClasses(terms, labels, options);
  return {
    terms,
    topics: classes.topics,
    counts: { ...weights, values: Float64Array.from(classes.counts) },
    weights,
    idf,
    damped: options.reduceFrequentWords,
  };
}
