import type { Command } from 'commander';
import { UsageError } from '../../../core/base/errors.ts';
import { projectStability, sixDecimals, writeCsv } from '../../../core/index.ts';
import { commonParams, peakBytes, withContext, type Options } from '../context.ts';
import { addFlags, readFlags } from '../flags.ts';
import { withSession } from '../session.ts';

/** What `--grid` may vary, by the flags' names. */
const axes = { 'min-topic-size': 'minTopicSize', neighbors: 'neighbors' } as const;

/** "min-topic-size=10,20;neighbors=10,15" */
function readGrid(text: string | undefined): Partial<Record<(typeof axes)[keyof typeof axes], number[]>> {
  if (text === undefined) return {};
  return Object.fromEntries(
    text.split(/[;\s]+/).map((part) => {
      const [name, values = ''] = part.split('=');
      if (!(name in axes))
        throw new UsageError(
          `--grid ${part}: write min-topic-size=10,20 or neighbors=10,15, or both with a ; between.`,
        );
      const numbers = values.split(',').map(Number);
      if (numbers.some((n) => !Number.isInteger(n) || n < 2))
        throw new UsageError(`--grid ${part}: give whole numbers of at least 2, separated by commas.`);
      return [axes[name as keyof typeof axes], numbers];
    }),
  );
}

/** moetopic stability PROJECT --seeds N [--grid …] --out S.csv */
export function addStability(program: Command): Command {
  const command = program
    .command('stability <project>')
    .description('how much of the topics depends on chance: runs with other seeds on the kept embedding')
    .option('--seeds <n>', 'how many runs with other seeds', '5')
    .option('--grid <values>', 'also vary parameters: min-topic-size=10,20;neighbors=10,15')
    .requiredOption(
      '--out <file>',
      'where to write it (.csv): a row a document, its topic’s figures beside it',
    )
    .option('--json', 'print one JSON object');
  addFlags(command, [commonParams]);
  return command.action(
    async (project: string, options: Options & { seeds: string; grid?: string; out: string }) => {
      const seeds = Number(options.seeds);
      if (!Number.isInteger(seeds) || seeds < 1)
        throw new UsageError(`--seeds ${options.seeds}: give a whole number, at least 1.`);
      const grid = readGrid(options.grid);
      const result = await withContext(options, readFlags([commonParams], options), (context) =>
        withSession(project, async (session) => {
          const found = await projectStability(session, { seeds, grid }, context);
          const byTopic = new Map(found.topics.map((topic) => [topic.topic, topic]));
          const { ids } = session.corpus;
          await writeCsv(
            options.out,
            ['id', 'topic', 'topic_jaccard', 'topic_reappears', 'settled', 'consensus'],
            ids.map((id, d) => {
              const topic = byTopic.get(session.state.labels[d]);
              return [
                id,
                session.state.labels[d],
                topic ? sixDecimals(topic.jaccard) : null,
                topic ? sixDecimals(topic.reappears) : null,
                sixDecimals(found.settled[d]),
                found.consensus[d],
              ];
            }),
          );
          return {
            command: 'stability',
            documents: ids.length,
            seeds,
            grid,
            topics: found.topics,
            runs: found.runs,
            settled: found.settled.reduce((sum, s) => sum + s, 0) / ids.length,
            consensus_changes: found.consensus.reduce(
              (sum, topic, d) => sum + (topic === session.state.labels[d] ? 0 : 1),
              0,
            ),
            recommendation: found.recommendation,
            peak_bytes: peakBytes(),
            out: options.out,
          };
        }),
      );
      if (!options.json) {
        for (const { topic, size, jaccard, reappears } of result.topics)
          process.stdout.write(
            `${String(topic).padStart(4)} ${String(size).padStart(8)}  found again ${(reappears * 100).toFixed(0)} %, likeness ${jaccard.toFixed(2)}\n`,
          );
        process.stdout.write(`\n${result.recommendation}\n`);
      }
    },
  );
}
