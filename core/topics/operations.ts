import { z } from 'zod';

/** What is asked for where a value is none, in words for a person. */
const wholeSize = 'give a whole number of documents, at least 2';
const leftOver = 'give a whole number of topics, at least 1, or auto';
const cosine = 'a cosine lies between -1 and 1';
const strength = 'it lies between 0 and 1';
const terms = 'give variants and their terms as text, as in {"ships": "ship"}';
const topicNumber = 'give a topic’s number; the outliers (−1) are no topic';

const topic = z.number(topicNumber).int(topicNumber).min(0, topicNumber);
const topics = z.array(topic, 'give a list of topics’ numbers').min(1, 'give at least one topic’s number');
const word = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, 'an empty word is none')
  .max(200, 'a word has at most 200 characters');
/** One line, whatever it was pasted from: a name stands in lists and tables. */
const name = z
  .string()
  .overwrite((text) => text.replace(/\s+/g, ' '))
  .trim()
  .max(200, 'a name has at most 200 characters');

/** What topics are compared by: their words or their documents' embeddings. */
const comparedBy = ['ctfidf', 'embedding'] as const;
/** How outliers are given a topic. */
export const outlierStrategies = ['membership', 'embedding', 'ctfidf', 'distribution'] as const;

/**
 * Everything that can be done to topics, as entries of the project's log: plain JSON, enough to do it again, here or in
 * another project.
 */
export const operationSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('merge'), topics }),
  /** Merges each group into one topic, as a cut through the hierarchy gives them; groups of one stay as they are. */
  z.object({ type: z.literal('merge-groups'), groups: z.array(topics).min(1) }),
  /** Merges the most alike until `to` are left; auto stops where the topics cease to be alike. */
  z.object({
    type: z.literal('reduce'),
    to: z.union([z.number(leftOver).int(leftOver).min(1, leftOver), z.literal('auto')], leftOver),
    by: z.enum(comparedBy, `there are ${comparedBy.join(' and ')}`).default('ctfidf'),
  }),
  /** Merges topics whose cosine similarity is at least the threshold. */
  z.object({
    type: z.literal('merge-similar'),
    threshold: z.number().min(-1, cosine).max(1, cosine),
    by: z.enum(comparedBy, `there are ${comparedBy.join(' and ')}`).default('ctfidf'),
  }),
  /** Clusters one topic's documents again, with parameters of its own. */
  z.object({
    type: z.literal('split'),
    topic,
    params: z.record(z.string(), z.unknown()).default({}),
  }),
  /**
   * Clusters all documents again on the kept layout with another smallest size of a topic. What was done to the topics before is in
   * none of them, but for the names of those that are found again.
   */
  z.object({ type: z.literal('recluster'), minTopicSize: z.number().int(wholeSize).min(2, wholeSize) }),
  z.object({ type: z.literal('delete'), topics }),
  /** Moves documents (by row) to a topic, or to the outliers (−1). */
  z.object({
    type: z.literal('move'),
    rows: z.array(z.number().int().min(0)).min(1),
    topic: z.number().int().min(-1),
  }),
  /** An empty name brings back the one made of keywords. */
  z.object({ type: z.literal('rename'), topic, name }),
  /** Names of several topics at once, as a language model gave them; `by` says which. */
  z.object({
    type: z.literal('names'),
    names: z.record(z.string().regex(/^\d+$/), name),
    by: z.string().max(200).default(''),
  }),
  /** These keywords, in this order, stand first; an empty list unpins all. */
  z.object({ type: z.literal('pin'), topic, keywords: z.array(word) }),
  z.object({
    type: z.literal('stop-words'),
    add: z.array(word).default([]),
    remove: z.array(word).default([]),
  }),
  /** Counts each key as its value; an empty value takes the entry out. */
  z.object({
    type: z.literal('thesaurus'),
    entries: z.record(word, z.string(terms).trim().toLowerCase(), terms),
  }),
  z.object({
    type: z.literal('ngrams'),
    range: z
      .string()
      .regex(
        /^(1|2|3|1-1|1-2|1-3|2-2|2-3|3-3)$/,
        'give the fewest and the most words of a keyword, 1 to 3, as in 1-2',
      ),
  }),
  z.object({
    type: z.literal('outliers'),
    strategy: z.enum(outlierStrategies, `there are ${outlierStrategies.join(', ')}`),
    threshold: z.number().min(0, strength).max(1, strength).default(0),
  }),
  /** Puts documents that outlier reduction placed back to the outliers: these rows, or all. */
  z.object({
    type: z.literal('restore-outliers'),
    rows: z.array(z.number().int().min(0)).nullable().default(null),
  }),
]);

/** The kinds of operations there are, in alphabetical order. */
export const operationTypes = operationSchema.options.map((option) => option.shape.type.value).sort();

export type TopicOperation = z.output<typeof operationSchema>;
export type OutlierStrategy = (typeof outlierStrategies)[number];

/** An operation in a person's words, for the log. */
export function describeOperation(operation: TopicOperation): string {
  switch (operation.type) {
    case 'merge':
      return `Merge topics ${operation.topics.join(', ')}`;
    case 'merge-groups': {
      const merged = operation.groups.filter((group) => group.length > 1);
      return `Merge ${merged.flat().length} topics into ${merged.length}`;
    }
    case 'reduce':
      return operation.to === 'auto' ? 'Merge topics that are alike' : `Reduce to ${operation.to} topics`;
    case 'merge-similar':
      return `Merge topics at least ${operation.threshold} alike`;
    case 'split':
      return `Split topic ${operation.topic}`;
    case 'recluster':
      return `Cluster again with topics of at least ${operation.minTopicSize} documents`;
    case 'delete':
      return operation.topics.length > 1
        ? `Delete topics ${operation.topics.join(', ')}`
        : `Delete topic ${operation.topics[0]}`;
    case 'move': {
      const some = operation.rows.length === 1 ? '1 document' : `${operation.rows.length} documents`;
      return operation.topic < 0
        ? `Move ${some} to the outliers`
        : `Move ${some} to topic ${operation.topic}`;
    }
    case 'rename':
      return operation.name === ''
        ? `Name topic ${operation.topic} by its keywords`
        : `Rename topic ${operation.topic} to “${operation.name}”`;
    case 'names': {
      const count = Object.keys(operation.names).length;
      const some = count === 1 ? '1 topic' : `${count} topics`;
      return operation.by === '' ? `Name ${some}` : `Name ${some} by ${operation.by}`;
    }
    case 'pin':
      return operation.keywords.length === 0
        ? `Unpin the keywords of topic ${operation.topic}`
        : `Pin ${operation.keywords.join(', ')} to topic ${operation.topic}`;
    case 'stop-words':
      return `Change stop words: ${[...operation.add.map((w) => `+${w}`), ...operation.remove.map((w) => `−${w}`)].join(' ')}`;
    case 'thesaurus':
      return `Count words as others: ${Object.entries(operation.entries)
        .map(([from, to]) => `${from} → ${to === '' ? from : to}`)
        .join(', ')}`;
    case 'ngrams':
      return `Keywords of ${operation.range} words`;
    case 'outliers':
      return `Reduce outliers by ${operation.strategy}, threshold ${operation.threshold}`;
    case 'restore-outliers':
      return operation.rows === null
        ? 'Put all reduced outliers back'
        : `Put ${operation.rows.length} reduced outliers back`;
  }
}
