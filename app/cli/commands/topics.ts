import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { InputError, UsageError } from '../../../core/base/errors.ts';
import {
  embedOne,
  findTopics,
  performOperation,
  previewOperationOn,
  redoOperation,
  topicVectors,
  undoOperation,
  type Session,
} from '../../../core/index.ts';
import type { StageContext } from '../../../core/base/progress.ts';
import { commonParams, withContext, type Options } from '../context.ts';
import { addFlags, readFlags } from '../flags.ts';
import { withSession } from '../session.ts';
import { topicLines } from '../topic-lines.ts';

interface TopicOptions extends Options {
  preview?: boolean;
  minTopicSize?: string;
  to?: string;
  by?: string;
  strategy?: string;
  threshold?: string;
  remove?: boolean;
}

type Action = (
  session: Session,
  args: string[],
  options: TopicOptions,
  context: StageContext,
) => Promise<object>;

const ids = (text: string): number[] =>
  text.split(',').map((part) => {
    const id = Number(part);
    if (!Number.isInteger(id))
      throw new UsageError(`${part} is not a topic’s number; moetopic topics PROJECT list shows them.`);
    return id;
  });

/** Operations by the word that names them: how arguments and flags become an entry of the log. */
const operations: Record<string, (args: string[], options: TopicOptions) => Record<string, unknown>> = {
  merge: ([list]) => ({ type: 'merge', topics: ids(list) }),
  split: ([topic], { minTopicSize }) => ({
    type: 'split',
    topic: ids(topic)[0],
    params: minTopicSize === undefined ? {} : { minTopicSize: Number(minTopicSize) },
  }),
  rename: ([topic, name]) => ({ type: 'rename', topic: ids(topic)[0], name: name ?? '' }),
  delete: ([list]) => ({ type: 'delete', topics: ids(list) }),
  reduce: (_args, { to, by }) => ({
    type: 'reduce',
    to: to === undefined || to === 'auto' ? 'auto' : Number(to),
    ...(by ? { by } : {}),
  }),
  outliers: (_args, { strategy, threshold }) => ({
    type: 'outliers',
    strategy: strategy ?? 'membership',
    ...(threshold === undefined ? {} : { threshold: Number(threshold) }),
  }),
  'restore-outliers': () => ({ type: 'restore-outliers' }),
  pin: ([topic, words]) => ({ type: 'pin', topic: ids(topic)[0], keywords: words ? words.split(',') : [] }),
  'stop-words': ([words], { remove }) => ({
    type: 'stop-words',
    [remove ? 'remove' : 'add']: words.split(','),
  }),
  ngrams: ([range]) => ({ type: 'ngrams', range }),
};

const views: Record<string, Action> = {
  list: async (session) => ({ topics: session.state.topics }),
  show: async (session, [id]) => {
    const topic = session.state.topics.find((t) => t.id === ids(id)[0]);
    if (topic === undefined)
      throw new UsageError(`There is no topic ${id}; moetopic topics PROJECT list shows them.`);
    const documents = Array.from(session.state.labels.keys()).filter(
      (d) => session.state.labels[d] === topic.id,
    );
    return { topic, documents: documents.map((d) => session.corpus.ids[d]) };
  },
  find: async (session, words, _options, context) => {
    const { matrix, recipe } = await session.embedding();
    if (recipe.given)
      throw new InputError(
        'This project was run with given embeddings, so a sentence can’t be embedded in the same way.',
      );
    const vector = await embedOne(words.join(' '), await session.embedParams(), context, recipe);
    return { topics: findTopics(topicVectors(matrix, session.state.labels), vector) };
  },
  log: async (session) => ({ log: await session.project.operations() }),
  undo: async (session, _args, _options, context) => {
    await undoOperation(session, context);
    return { topics: session.state.topics };
  },
  redo: async (session, _args, _options, context) => {
    await redoOperation(session, context);
    return { topics: session.state.topics };
  },
  replay: async (session, [file], _options, context) => {
    let entries: unknown;
    try {
      entries = JSON.parse(await readFile(file, 'utf8'));
    } catch (cause) {
      throw new InputError(
        `${file} can’t be read as JSON; give what moetopic topics PROJECT log --json printed.`,
        { cause },
      );
    }
    const list = Array.isArray(entries) ? (entries as unknown[]) : (entries as { log?: unknown[] }).log;
    if (!Array.isArray(list))
      throw new InputError(
        `${file} holds no list of operations; give what moetopic topics PROJECT log --json printed.`,
      );
    for (const entry of list) {
      const { operation, undone } = entry as { operation?: unknown; undone?: boolean };
      if (!undone) await performOperation(session, operation ?? entry, context);
    }
    return { topics: session.state.topics, replayed: list.length };
  },
};

/** moetopic topics PROJECT ACTION …: look at topics and work with them; every change is in the project's log and can be undone. */
export function addTopics(program: Command): Command {
  const command = program
    .command('topics <project> <action> [arguments...]')
    .description(`topics of a project: ${[...Object.keys(views), ...Object.keys(operations)].join(', ')}`)
    .option('--preview', 'say what would change, and change nothing')
    .option('--min-topic-size <n>', 'for split: fewest documents of a part')
    .option('--to <n>', 'for reduce: topics to be left, or auto')
    .option('--by <what>', 'for reduce: ctfidf or embedding')
    .option('--strategy <name>', 'for outliers: membership, embedding, ctfidf or distribution')
    .option('--threshold <x>', 'for outliers: least strength, 0 to 1')
    .option('--remove', 'for stop-words: count these words again')
    .option('--json', 'print one JSON object');
  addFlags(command, [commonParams]);
  return command.action(async (project: string, action: string, args: string[], options: TopicOptions) => {
    const make = operations[action];
    const view = views[action];
    if (!make && !view)
      throw new UsageError(
        `There is no action ${action}; the actions are ${[...Object.keys(views), ...Object.keys(operations)].join(', ')}.`,
      );
    const needs = [
      'show',
      'find',
      'replay',
      'merge',
      'split',
      'rename',
      'delete',
      'pin',
      'stop-words',
      'ngrams',
    ];
    if (needs.includes(action) && args.length === 0)
      throw new UsageError(`moetopic topics ${action} needs to know what; see moetopic topics --help.`);
    const result = await withContext(options, readFlags([commonParams], options), (context) =>
      withSession(project, async (session): Promise<object> => {
        if (view) return view(session, args, options, context);
        const operation = make(args, options);
        if (options.preview) return previewOperationOn(session, operation, context);
        await performOperation(session, operation, context);
        return { operation, topics: session.state.topics };
      }),
    );
    if (!options.json) process.stdout.write(inWords(action, result));
  });
}

interface Shown {
  topics?: Parameters<typeof topicLines>[0] | { topic: number; similarity: number }[];
  topic?: { name: string; count: number };
  documents?: string[];
  log?: { text: string; undone: boolean }[];
  text?: string;
  changed?: number;
  before?: { topics: number; outliers: number };
  after?: { topics: number; outliers: number };
}

function inWords(action: string, shown: Shown): string {
  if (shown.log)
    return shown.log.map((entry, i) => `${i + 1} ${entry.text}${entry.undone ? ' (undone)' : ''}\n`).join('');
  if (shown.before && shown.after)
    return `${shown.text}: ${shown.changed} documents change; topics ${shown.before.topics} → ${shown.after.topics}, outliers ${shown.before.outliers} → ${shown.after.outliers}\n`;
  if (shown.topic) return `${shown.topic.name} (${shown.topic.count})\n${shown.documents?.join('\n')}\n`;
  if (action === 'find')
    return (shown.topics as { topic: number; similarity: number }[])
      .map((t) => `${t.topic} ${t.similarity.toFixed(4)}\n`)
      .join('');
  return topicLines(shown.topics as Parameters<typeof topicLines>[0], {});
}
