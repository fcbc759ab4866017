import type { Command } from 'commander';
import { resultFiles, runToFolder, stageSchemas, type Topic } from '../../../core/index.ts';
import { commonParams, peakBytes, withContext, type Options } from '../context.ts';
import { addFlags, readFlags } from '../flags.ts';
import { topicLines } from '../topic-lines.ts';

const stages = Object.values(stageSchemas);

/** moetopic run CORPUS --out DIR: the whole pipeline. */
export function addRun(program: Command): Command {
  const command = program
    .command('run <corpus>')
    .description('the whole pipeline: a corpus in, a topic map and CSV files out')
    .requiredOption(
      '--out <folder>',
      'where the results go: topics.csv, documents.csv, map.html, run.json, project.moetopic',
    )
    .option('--embeddings <file>', 'embeddings to use instead of a model’s (.npy, rows in the corpus’ order)')
    .option('--overwrite', 'replace the results of another run in that folder')
    .option('--raw', 'write cells as they are, also those that a spreadsheet would run as formulas')
    .option('--json', 'print one JSON object about what was done');
  addFlags(command, [...stages, commonParams]);
  return command.action(async (source: string, options: RunOptions) => {
    const flags = readFlags([...stages, commonParams], options);
    const params = readFlags(stages, options);
    let topics: Topic[] = [];
    const result = await withContext(options, flags, (context) =>
      runToFolder(
        {
          source,
          params,
          embeddings: options.embeddings ?? null,
          out: options.out,
          overwrite: options.overwrite ?? false,
          raw: options.raw,
          measure: () => ({ peak_bytes: peakBytes() }),
        },
        context,
        (partial) => {
          topics = partial.topics ?? topics;
        },
      ),
    );
    if (!options.json) {
      process.stdout.write(topicLines(topics, result));
      process.stdout.write(
        `\n${options.out}: ${Object.values(resultFiles)
          .filter((f) => f !== 'skipped.csv')
          .join(', ')}\n`,
      );
    }
  });
}

interface RunOptions extends Options {
  out: string;
  embeddings?: string;
  overwrite?: boolean;
  raw?: boolean;
}
