import type { Command } from 'commander';
import { UsageError } from '../../../core/base/errors.ts';
import { performOperation, previewOperationOn, type Session } from '../../../core/index.ts';
import { commonParams, withContext } from '../context.ts';
import { addFlags, readFlags } from '../flags.ts';
import { withSession } from '../session.ts';
import { topicLines } from '../topic-lines.ts';
import type { Action } from '../topics/action.ts';
import { checkArguments } from '../topics/arguments.ts';
import { addTopicFlags, checkFlags } from '../topics/flags.ts';
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
    .description(`topics of a project: ${names.join(', ')}`);
  addTopicFlags(command);
  command.option('--json', 'print one JSON object');
  addFlags(command, [commonParams]);
  return command.action(async (project: string, action: string, args: string[], options: TopicOptions) => {
    // Asked of the list: a plain object has a constructor, too.
    if (!names.includes(action))
      throw new UsageError(`There is no action ${action}; the actions are ${names.join(', ')}.`);
    checkArguments(action, args);
    checkFlags(command, action);
    const make = operations[action];
    const act = actions[action];
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
  const what =
    are.length < were.length
      ? `Taken back: ${were.at(-1)}`
      : are.slice(were.length).join('; ') || 'There was nothing to do';
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
    return `${text}: ${shown.changed === 1 ? '1 document changes' : `${shown.changed} documents change`}; ${fromTo(shown.before, shown.after)}\n`;
  if (text !== undefined) return text;
  if (shown.out) return `${shown.out}\n`;
  return topicLines(shown.topics ?? [], {});
}
