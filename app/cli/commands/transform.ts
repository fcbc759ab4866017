import type { Command } from 'commander';
import {
  corpusParams,
  predictionColumns,
  predictionRows,
  predictTopics,
  readCorpus,
  writeCsv,
} from '../../../core/index.ts';
import { commonParams, peakBytes, withContext, type Options } from '../context.ts';
import { addFlags, readFlags } from '../flags.ts';
import { withSession } from '../session.ts';

const count = (n: number): string => n.toLocaleString('en');

const schemas = [corpusParams, commonParams];

/** moetopic transform PROJECT NEW --out N.csv: predicted topics, marked as predicted. */
export function addTransform(program: Command): Command {
  const command = program
    .command('transform <project> <corpus>')
    .description('predicted topics of new documents; the project stays as it is')
    .requiredOption('--out <file>', 'where to write them (.csv)')
    .option(
      '--embeddings <file>',
      'the documents’ embeddings (.npy), for a project that was run with given ones',
    )
    .option('--json', 'print one JSON object about what was done');
  addFlags(command, schemas);
  return command.action(
    async (project: string, source: string, options: Options & { out: string; embeddings?: string }) => {
      const flags = readFlags(schemas, options);
      const done = await withContext(options, flags, (context) =>
        withSession(project, async (session) => {
          const corpus = await readCorpus(source, readFlags([corpusParams], options), context);
          const found = await predictTopics(session, corpus.texts, context, {
            embeddings: options.embeddings,
          });
          const { method } = found;
          if (method === 'nearest topic')
            process.stderr.write(
              'The topics of this project are not those of one clustering; each document gets the topic whose mean embedding is most similar, and that cosine as its probability.\n',
            );
          await writeCsv(options.out, predictionColumns, predictionRows(session, corpus.ids, found));
          return {
            command: 'transform',
            documents: corpus.ids.length,
            method,
            outliers: found.labels.filter((label) => label < 0).length,
            peak_bytes: peakBytes(),
            out: options.out,
          };
        }),
      );
      if (!options.json)
        process.stdout.write(
          `${done.out}: ${count(done.documents)} documents, ${count(done.outliers)} of them outliers\n`,
        );
    },
  );
}
