import { UsageError } from '../../../core/base/errors.ts';

/** How many arguments an action takes, at least and at most; the others take none. */
const taken: Readonly<Record<string, readonly [least: number, most: number]>> = {
  show: [1, 1],
  documents: [1, 1],
  find: [1, Infinity],
  replay: [1, 1],
  name: [0, 1],
  merge: [1, 1],
  split: [1, 1],
  rename: [1, 2],
  delete: [1, 1],
  move: [1, 1],
  'restore-outliers': [0, 1],
  pin: [1, 2],
  'stop-words': [1, 1],
  thesaurus: [1, Infinity],
  ngrams: [1, 1],
};

/** @throws UsageError for an action that lacks its argument, or was given more than it would look at. */
export function checkArguments(action: string, args: readonly string[]): void {
  const [least, most] = taken[action] ?? [0, 0];
  if (args.length < least)
    throw new UsageError(`moetopic topics ${action} needs to know what; see moetopic topics --help.`);
  if (args.length > most)
    throw new UsageError(
      `moetopic topics ${action} doesn’t take ${args.slice(most).join(' ')}; several go with commas between them, words with a space in quotes.`,
    );
}
