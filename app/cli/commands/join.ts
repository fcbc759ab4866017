import type { Command } from 'commander';
import { UsageError } from '../../../core/base/errors.ts';
import {
  corpusParams,
  growProject,
  importBertopic,
  mergeProjects,
  readCorpus,
  type MergeRequest,
} from '../../../core/index.ts';
import type { JoinReport } from '../../../core/protocol.ts';
import { commonParams, peakBytes, reportParams, withContext, type Options } from '../context.ts';
import { addFlags, readFlags } from '../flags.ts';
import { withSession } from '../session.ts';
import { number } from '../topics/values.ts';

interface JoinOptions extends Options {
  out: string;
  mode?: string;
  threshold?: string;
  corpus?: string;
  embeddings?: string;
  overwrite?: boolean;
  raw?: boolean;
}

const modes = ['keep', 'map', 'add'];

/** The flags of every command that makes a project of something else than a run. */
function made(command: Command, schemas: Parameters<typeof addFlags>[1]): Command {
  command
    .requiredOption('--out <folder>', 'the new project’s folder, with the files of a run')
    .option('--overwrite', 'replace the results in that folder')
    .option('--raw', 'write cells as they are, also those that a spreadsheet would run as formulas')
    .option('--json', 'print one JSON object about what was done');
  addFlags(command, [...schemas, reportParams, commonParams]);
  return command;
}

function thresholdOf({ threshold = '0.7' }: JoinOptions): number {
  const value = number('threshold', threshold);
  if (value >= -1 && value <= 1) return value;
  throw new UsageError(`--threshold ${threshold}: a cosine lies between −1 and 1.`);
}

/** moetopic merge PROJECT OTHER --out DIR */
export function addMerge(program: Command): Command {
  const command = program
    .command('merge <project> <other>')
    .description('a new project of two: the other’s topics kept, mapped or added by how alike they are')
    .option(
      '--mode <name>',
      'keep (all stay), map (to the most alike), add (map those alike, add the rest)',
      'add',
    )
    .option('--threshold <x>', 'least cosine of two topics to be one [0.7]');
  return made(command, []).action(async (project: string, other: string, options: JoinOptions) => {
    const { mode } = options;
    if (!modes.includes(mode!)) throw new UsageError(`--mode ${mode}: choose one of ${modes.join(', ')}.`);
    const request = { ...options, mode: mode as MergeRequest['mode'], threshold: thresholdOf(options) };
    const report = await withContext(options, readFlags([reportParams, commonParams], options), (context) =>
      withSession(project, (here) =>
        withSession(other, async (there) => ({
          command: 'merge',
          ...(await mergeProjects(here, there, options.out, request, context)),
          peak_bytes: peakBytes(),
        })),
      ),
    );
    if (!options.json) process.stdout.write(inWords(report));
  });
}

/** moetopic grow PROJECT NEW --out DIR */
export function addGrow(program: Command): Command {
  const command = program
    .command('grow <project> <corpus>')
    .description('a new project with a batch of new documents: they join its topics or make new ones')
    .option('--threshold <x>', 'least cosine of a new topic and a known one to be one [0.7]');
  return made(command, [corpusParams]).action(
    async (project: string, source: string, options: JoinOptions) => {
      const request = { ...options, threshold: thresholdOf(options) };
      const flags = readFlags([corpusParams, reportParams, commonParams], options);
      const report = await withContext(options, flags, (context) =>
        withSession(project, async (session) => {
          const batch = await readCorpus(source, readFlags([corpusParams], options), context);
          return {
            command: 'grow',
            ...(await growProject(session, batch, options.out, request, context)),
            peak_bytes: peakBytes(),
          };
        }),
      );
      if (!options.json) process.stdout.write(inWords(report));
    },
  );
}

/** moetopic import BERTOPIC_DIR --out DIR */
export function addImport(program: Command): Command {
  const command = program
    .command('import <folder>')
    .description('a BERTopic model saved with serialization="safetensors" as a project')
    .option('--corpus <file>', 'the documents that it was fitted on, in their order')
    .option(
      '--embeddings <file>',
      'their embeddings (.npy); without them a document stands where its topic does',
    );
  return made(command, [corpusParams]).action(async (folder: string, options: JoinOptions) => {
    const flags = readFlags([corpusParams, reportParams, commonParams], options);
    const report = await withContext(options, flags, async (context) => {
      const { corpus: file, embeddings, overwrite, raw } = options;
      const corpus =
        file === undefined ? null : await readCorpus(file, readFlags([corpusParams], options), context);
      const request = { corpus, embeddings, overwrite, raw };
      return importBertopic(folder, options.out, request, context);
    });
    if (!options.json)
      process.stdout.write(`${String(report.topics)} topics were imported into ${options.out}\n`);
  });
}

function inWords({ matches, out, documents, added, topics, newTopics, renamed }: JoinReport): string {
  const lines = matches.map((match) =>
    match.isNew
      ? `${match.name} (${match.count}): new topic ${match.becomes}\n`
      : match.becomes < 0
        ? `${match.name} (${match.count}): outliers, as nothing here is alike\n`
        : `${match.name} (${match.count}): topic ${match.becomes}, cosine ${match.similarity.toFixed(2)}\n`,
  );
  const changed = renamed > 0 ? `, ${renamed} ids were taken and got a number behind them` : '';
  return `${lines.join('')}\n${out}: ${documents} documents (${added} came${changed}), ${topics} topics, ${newTopics.length} of them new\n`;
}
