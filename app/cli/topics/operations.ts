import { readFileSync } from 'node:fs';
import { InputError, UsageError } from '../../../core/base/errors.ts';
import type { Session } from '../../../core/index.ts';
import type { TopicOptions } from './options.ts';
import { ids, number, oneId } from './values.ts';

/** The value of --min-topic-size. */
function leastSize(text: string): number {
  const size = number('min-topic-size', text);
  if (!Number.isInteger(size) || size < 2)
    throw new UsageError(`--min-topic-size ${text}: give a whole number of documents, at least 2.`);
  return size;
}

/** Rows of documents named by their ids, separated by commas. @throws UsageError naming one that there is not. */
function rowsOf(session: Session, text: string): number[] {
  const rowOf = new Map(session.corpus.ids.map((id, row) => [id, row]));
  // An id may have a comma of its own.
  const only = rowOf.get(text.trim());
  if (only !== undefined) return [only];
  return text.split(',').map((part) => {
    const row = rowOf.get(part.trim());
    if (row === undefined)
      throw new UsageError(`There is no document with the id ${part.trim()}; documents.csv lists them.`);
    return row;
  });
}

/** A thesaurus: variant=term pairs, or the name of a JSON file of them. */
function entries(words: readonly string[]): Record<string, string> {
  if (words.length === 1 && words[0].endsWith('.json')) {
    try {
      return JSON.parse(readFileSync(words[0], 'utf8')) as Record<string, string>;
    } catch (cause) {
      throw new InputError(`${words[0]} can’t be read as JSON; give an object of variants and terms.`, {
        cause,
      });
    }
  }
  return Object.fromEntries(
    words
      .flatMap((word) => word.split(','))
      .map((pair) => {
        const at = pair.indexOf('=');
        if (at < 1)
          throw new UsageError(`${pair} is no pair; write variant=term, or variant= to take it out.`);
        return [pair.slice(0, at), pair.slice(at + 1)];
      }),
  );
}

type Make = (args: string[], options: TopicOptions, session: Session) => Record<string, unknown>;

/** Operations by the word that names them: how arguments and flags become an entry of the log. */
export const operations: Record<string, Make> = {
  merge: ([list]) => ({ type: 'merge', topics: ids(list) }),
  'merge-similar': (_args, { threshold, by }) => ({
    type: 'merge-similar',
    threshold: number('threshold', threshold ?? '0.9'),
    ...(by ? { by } : {}),
  }),
  split: ([topic], { minTopicSize }) => ({
    type: 'split',
    topic: oneId(topic),
    params: minTopicSize === undefined ? {} : { minTopicSize: leastSize(minTopicSize) },
  }),
  recluster: (_args, { minTopicSize }) => {
    if (minTopicSize === undefined)
      throw new UsageError('Say how large a topic has to be with --min-topic-size N.');
    return { type: 'recluster', minTopicSize: leastSize(minTopicSize) };
  },
  rename: ([topic, name]) => ({ type: 'rename', topic: oneId(topic), name: name ?? '' }),
  delete: ([list]) => ({ type: 'delete', topics: ids(list) }),
  move: ([documents], { to }, session) => {
    if (to === undefined) throw new UsageError('Say where to with --to TOPIC (−1: the outliers).');
    return { type: 'move', rows: rowsOf(session, documents), topic: oneId(to) };
  },
  reduce: (_args, { to, by }) => ({
    type: 'reduce',
    to: to === undefined || to === 'auto' ? 'auto' : number('to', to),
    ...(by ? { by } : {}),
  }),
  outliers: (_args, { strategy, threshold }) => ({
    type: 'outliers',
    strategy: strategy ?? 'membership',
    ...(threshold === undefined ? {} : { threshold: number('threshold', threshold) }),
  }),
  'restore-outliers': ([documents], _options, session) => ({
    type: 'restore-outliers',
    ...(documents === undefined ? {} : { rows: rowsOf(session, documents) }),
  }),
  pin: ([topic, words]) => ({ type: 'pin', topic: oneId(topic), keywords: words ? words.split(',') : [] }),
  'stop-words': ([words], { remove }) => ({
    type: 'stop-words',
    [remove ? 'remove' : 'add']: words.split(','),
  }),
  thesaurus: (words) => ({ type: 'thesaurus', entries: entries(words) }),
  ngrams: ([range]) => ({ type: 'ngrams', range }),
};
