import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { estimateRun, resultFiles, runToFolder, stageSchemas, type Topic } from '../../../core/index.ts';
import type { RunEstimate } from '../../../core/protocol.ts';
import { commonParams, peakBytes, reportParams, withContext, type Options } from '../context.ts';
import { addFlags, readFlags } from '../flags.ts';
import { duration, tell } from '../terminal.ts';
import { guessedColumns, topicLines } from '../topic-lines.ts';

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
    .option('--estimate', 'say first how long it will take on this machine and how much memory')
    .option('--overwrite', 'replace the results of another run in that folder')
    .option('--raw', 'write cells as they are, also those that a spreadsheet would run as formulas')
    .option('--json', 'print one JSON object about what was done');
  addFlags(command, [...stages, reportParams, commonParams]);
  return command.action(async (source: string, options: RunOptions) => {
    const flags = readFlags([...stages, reportParams, commonParams], options);
    const params = readFlags(stages, options);
    let topics: Topic[] = [];
    const result = await withContext(options, flags, async (context) => {
      if (options.estimate && !options.embeddings)
        process.stderr.write(estimateLine(await estimateRun(source, params, context)));
      return runToFolder(
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
          if (partial.notice) tell(partial.notice);
          const guess = partial.roles && guessedColumns(partial.roles, params);
          if (guess) tell(guess);
        },
      );
    });
    if (!options.json) {
      process.stdout.write(topicLines(topics, result));
      process.stdout.write(`\nSizes\n${reasonLines(result.reasons)}`);
      process.stdout.write(
        `\n${options.out}: ${Object.values(resultFiles)
          .filter((name) => existsSync(path.join(options.out, name)))
          .join(', ')}\n`,
      );
    }
  });
}

interface RunOptions extends Options {
  out: string;
  embeddings?: string;
  estimate?: boolean;
  overwrite?: boolean;
  raw?: boolean;
}

function estimateLine({
  documents,
  totalSeconds,
  memoryBytes,
  model,
  seconds,
  reasons,
}: RunEstimate): string {
  const share = Math.round(((seconds.embed ?? 0) / Math.max(totalSeconds, 1e-9)) * 100);
  return `${documents.toLocaleString('en')} documents: about ${duration(totalSeconds)} (${share} % of it embedding with ${model}) and ${Math.round(memoryBytes / 1e6)} MB of memory\n${reasonLines(reasons)}`;
}

/** What sizes the run works with, and why. */
function reasonLines(reasons: unknown): string {
  return Array.isArray(reasons) ? reasons.map((reason) => `  ${String(reason)}\n`).join('') : '';
}
