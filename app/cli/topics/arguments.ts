import { UsageError } from '../../../core/base/errors.ts';
import { tables } from './flags.ts';

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

/** The flag that a person means who gives an action one argument too many. */
const flagMeant: Readonly<Record<string, string>> = {
  documents: '--limit',
  hierarchy: '--groups',
  'over-time': '--bins',
  'per-class': '--column',
  represent: '--methods',
  'merge-similar': '--threshold',
  split: '--min-topic-size',
  recluster: '--min-topic-size',
  move: '--to',
  reduce: '--to',
  outliers: '--strategy',
};

function flagFor(action: string, surplus: string): string | undefined {
  if (tables.includes(action) && surplus.endsWith('.csv')) return '--out';
  if (action === 'outliers' && Number.isFinite(Number(surplus))) return '--threshold';
  return flagMeant[action];
}

/** Actions whose argument may be several words or numbers. */
const lists = ['merge', 'delete', 'restore-outliers', 'pin', 'stop-words', 'name'];

/** @throws UsageError for an action that lacks its argument, or was given more than it would look at. */
export function checkArguments(action: string, args: readonly string[]): void {
  const [least, most] = taken[action] ?? [0, 0];
  if (args.length < least)
    throw new UsageError(`moetopic topics ${action} needs to know what; see moetopic topics --help.`);
  if (args.length > most)
    throw new UsageError(
      `moetopic topics ${action} doesn’t take ${args.slice(most).join(' ')} as an argument; ${instead(action, args, most)}.`,
    );
}

/** How to say what was meant. */
function instead(action: string, args: readonly string[], most: number): string {
  const surplus = args.slice(most).join(' ');
  const flag = flagFor(action, surplus);
  if (flag !== undefined) return `write ${flag} ${surplus}`;
  if (lists.includes(action)) {
    const list = args.slice(most - 1).map((word) => word.replace(/,$/, ''));
    return `write several with commas between them, as in ${list.join(',')}`;
  }
  if (action === 'rename')
    return `write a name of several words in quotes, as in "${args.slice(1).join(' ')}"`;
  return most === 0 ? 'it takes none' : 'it takes one';
}
