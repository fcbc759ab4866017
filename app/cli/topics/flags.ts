import { Option, type Command } from 'commander';
import { UsageError } from '../../../core/base/errors.ts';
import { operations } from './operations.ts';

/** A flag as commander takes it, its help, and the actions that look at it. */
type TopicFlag = readonly [flag: string, help: string, actions: readonly string[]];

/** Actions that write a table. */
export const tables = ['hierarchy', 'over-time', 'per-class', 'represent'];

export const flags: readonly TopicFlag[] = [
  ['--preview', 'say what would change, and change nothing', Object.keys(operations)],
  [
    '--min-topic-size <n>',
    'for split: fewest documents of a part; for recluster: of a topic',
    ['split', 'recluster'],
  ],
  [
    '--to <n>',
    'for reduce: topics to be left, or auto; for move: the topic, −1 for the outliers',
    ['reduce', 'move'],
  ],
  [
    '--by <what>',
    'for reduce, merge-similar and hierarchy: ctfidf or embedding',
    ['reduce', 'merge-similar', 'hierarchy'],
  ],
  ['--strategy <name>', 'for outliers: membership, embedding, ctfidf or distribution', ['outliers']],
  [
    '--threshold <x>',
    'for outliers: least strength, 0 to 1; for merge-similar: least cosine',
    ['outliers', 'merge-similar'],
  ],
  ['--remove', 'for stop-words: count these words again', ['stop-words']],
  ['--out <file>', 'for hierarchy, over-time, per-class and represent: the table (.csv)', tables],
  ['--linkage <name>', 'for hierarchy: ward, average, complete, single or weighted', ['hierarchy']],
  ['--cut <height>', 'for hierarchy: cut the tree at a height', ['hierarchy']],
  ['--groups <n>', 'for hierarchy: cut the tree into so many groups', ['hierarchy']],
  ['--bins <n>', 'for over-time: how many spans, or day, week, month, quarter or year', ['over-time']],
  [
    '--column <name>',
    'for over-time and per-class: a column of the corpus instead of its date or label',
    ['over-time', 'per-class'],
  ],
  [
    '--words <n>',
    'for hierarchy, over-time, per-class and represent: keywords of each node, slice or topic',
    tables,
  ],
  [
    '--no-global',
    'for over-time and per-class: don’t average with the whole topic’s words',
    ['over-time', 'per-class'],
  ],
  ['--no-evolution', 'for over-time: don’t average with the span before', ['over-time']],
  ['--limit <n>', 'for documents: how many of each kind', ['documents']],
  ['--methods <list>', 'for represent: some of ctfidf, mmr, embedding, phrases', ['represent']],
  ['--endpoint <url>', 'for name: an OpenAI-compatible server (its key in MOETOPIC_LLM_KEY)', ['name']],
  ['--model <name>', 'for name: the server’s model', ['name']],
  ['--send', 'for name: send what is printed without it', ['name']],
];

export function addTopicFlags(command: Command): void {
  for (const [flag, help] of flags) command.option(flag, help);
}

/** @throws UsageError for a flag that the action doesn't look at: it would do something else than was asked for. */
export function checkFlags(command: Command, action: string): void {
  for (const [flag, help, actions] of flags) {
    const option = new Option(flag, help);
    if (command.getOptionValueSource(option.attributeName()) !== 'cli' || actions.includes(action)) continue;
    throw new UsageError(
      `moetopic topics ${action} doesn’t take ${option.long}; it is for ${actions.join(', ')}.`,
    );
  }
}
