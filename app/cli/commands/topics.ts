import type { Command } from 'commander';
import { UsageError } from '../../../core/base/errors.ts';
import { performOperation, previewOperationOn, type Session } from '../../../core/index.ts';
import { commonParams, withContext } from '../context.ts';
import { addFlags, readFlags } from '../flags.ts';
import { withSession } from '../session.ts';
import { topicLines } from '../topic-lines.ts';
import type { Action } from '../topics/action.ts';
import { checkArguments } from '../topics/arguments.ts';
import { naming } from '../topics/naming.ts';
import { operations } from '../topics/operations.ts';
import type { TopicOptions } from '../topics/options.ts';
import { tables } from '../topics/tables.ts';
import { views } from '../topics/views.ts';

const actions: Record<string, Action> = { ...views, ...tables, name: naming };
const names = [...Object.keys(actions), ...Object.keys(operations)];
/** Actions that go back and forth in the log. */
const changing = ['undo', 'redo', 'replay'];

/** moetopic topics PROJECT ACTION …: look at topics and work with them; every change is in the project's log and can be undone. */
export function addTopics(program: Command): Command {
  const command = program
    .command('topics <project> <action> [arguments...]')
    .description(`topics of a project: ${names.join(', ')}`)
    .option('--preview', 'say what would change, and change nothing')
    .option('--min-topic-size <n>', 'for split: fewest documents of a part; for recluster: of a topic')
    .option('--to <n>', 'for reduce: topics to be left, or auto; for move: the topic, −1 for the outliers')
    .option('--by <what>', 'for reduce, merge-similar and hierarchy: ctfidf or embedding')
    .option('--strategy <name>', 'for outliers: membership, embedding, ctfidf or distribution')
    .option('--threshold <x>', 'for outliers: least strength, 0 to 1; for merge-similar: least cosine')
    .option('--remove', 'for stop-words: count these words again')
    .option('--out <file>', 'for hierarchy, over-time, per-class and represent: the table (.csv)')
    .option('--linkage <name>', 'for hierarchy: ward, average, complete, single or weighted')
    .option('--cut <height>', 'for hierarchy: cut the tree at a height')
    .option('--groups <n>', 'for hierarchy: cut the tree into so many groups')
    .option('--bins <n>', 'for over-time: how many spans, or day, week, month, quarter or year')
    .option(
      '--column <name>',
      'for over-time and per-class: a column of the corpus instead of its date or label',
    )
    .option('--words <n>', 'keywords of each node, slice or topic')
    .option('--no-global', 'for over-time and per-class: don’t average with the whole topic’s words')
    .option('--no-evolution', 'for over-time: don’t average with the span before')
    .option('--limit <n>', 'for documents: how many of each kind')
    .option('--methods <list>', 'for represent: some of ctfidf, mmr, embedding, phrases')
    .option('--endpoint <url>', 'for name: an OpenAI-compatible server (its key in MOETOPIC_LLM_KEY)')
    .option('--model <name>', 'for name: the server’s model')
    .option('--send', 'for name: send what is printed without it')
    .option('--json', 'print one JSON object');
  addFlags(command, [commonParams]);
  return command.action(async (project: string, action: string, args: string[], options: TopicOptions) => {
    const make = operations[action];
    const act = actions[action];
    if (!make && !act)
      throw new UsageError(`There is no action ${action}; the actions are ${names.join(', ')}.`);
    checkArguments(action, args);
    const shown = await withContext<Shown>(
      { ...options, json: false },
      readFlags([commonParams], options),
      (context) =>
        withSession(project, async (session): Promise<Shown> => {
          if (act && !changing.includes(action)) return (await act(session, args, options, context)) as Shown;
          if (act) return tellingChange(session, () => act(session, args, options, context));
          const operation = make(args, options, session);
          if (options.preview) return { ...(await previewOperationOn(session, operation, context)) };
          return tellingChange(session, async () => {
            await performOperation(session, operation, context);
            return { operation, topics: session.state.topics };
          });
        }),
    );
    // A preview's text names the operation; the others' is for people only.
    const { text, ...result } = shown;
    if (options.json) process.stdout.write(`${JSON.stringify(shown.before ? shown : result)}\n`);
    else process.stdout.write(inWords(shown, text));
  });
}

interface Shown {
  topics?: Parameters<typeof topicLines>[0];
  text?: string;
  changed?: number;
  before?: { topics: number; outliers: number };
  after?: { topics: number; outliers: number };
  out?: string | null;
  [more: string]: unknown;
}

/** A change, told by what stands in the log since and what became of topics and outliers; then the topics. */
async function tellingChange(session: Session, change: () => Promise<object>): Promise<Shown> {
  const inForce = async (): Promise<string[]> =>
    (await session.project.operations()).filter(({ undone }) => !undone).map(({ text }) => text);
  const counts = (): { topics: number; outliers: number } => ({
    topics: session.state.topics.filter(({ id }) => id >= 0).length,
    outliers: session.state.topics.find(({ id }) => id < 0)?.count ?? 0,
  });
  const [were, before] = [await inForce(), counts()];
  const done = (await change()) as Shown;
  const [are, after] = [await inForce(), counts()];
  const what = are.length < were.length ? `Taken back: ${were.at(-1)}` : are.slice(were.length).join('; ');
  const moved = before.topics !== after.topics || before.outliers !== after.outliers;
  return {
    ...done,
    text: `${what}${moved ? `: ${fromTo(before, after)}` : ''}\n${topicLines(session.state.topics, {})}`,
  };
}

type Counts = NonNullable<Shown['before']>;

const fromTo = (before: Counts, after: Counts): string =>
  `topics ${before.topics} → ${after.topics}, outliers ${before.outliers} → ${after.outliers}`;

function inWords(shown: Shown, text: string | undefined): string {
  if (shown.before && shown.after)
    return `${text}: ${shown.changed} documents change; ${fromTo(shown.before, shown.after)}\n`;
  if (text !== undefined) return text;
  if (shown.out) return `${shown.out}\n`;
  return topicLines(shown.topics ?? [], {});
}
