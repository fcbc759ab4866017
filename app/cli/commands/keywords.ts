import type { Command } from 'commander';
import { parseParams } from '../../../core/base/params.ts';
import {
  corpusParams,
  extractKeywords,
  keywordParams,
  readCorpus,
  readLabels,
  writeCsv,
} from '../../../core/index.ts';
import { commonParams, peakBytes, timed, withContext, type Options } from '../context.ts';
import { addFlags, readFlags } from '../flags.ts';

const schemas = [corpusParams, keywordParams, commonParams];

/** moetopic keywords CORPUS --labels L.csv --out K.csv */
export function addKeywords(program: Command): Command {
  const command = program
    .command('keywords <corpus>')
    .description('keywords of topics that are given: topic, rank, keyword, weight')
    .requiredOption('--labels <file>', 'a CSV with a column label (or topic), one row a document')
    .requiredOption('--out <file>', 'where to write the keywords (.csv)')
    .option('--json', 'print one JSON object about what was done');
  addFlags(command, schemas);
  return command.action(async (source: string, options: Options & { labels: string; out: string }) => {
    const flags = readFlags(schemas, options);
    const params = parseParams(keywordParams, readFlags([keywordParams], options), 'keywords');
    await withContext(options, flags, async (context) => {
      const corpus = await readCorpus(source, readFlags([corpusParams], options), context);
      const labels = await readLabels(options.labels, corpus.ids.length, context);
      const input = { texts: corpus.texts, labels, embedWords: null, embedding: null };
      const { value, seconds } = await timed('keywords', () => extractKeywords(input, params, context));
      const rows = value.flatMap(({ topic, keywords }) =>
        keywords.map(({ keyword, weight }, rank) => [topic, rank + 1, keyword, weight]),
      );
      await writeCsv(options.out, ['topic', 'rank', 'keyword', 'weight'], rows);
      return {
        command: 'keywords',
        documents: corpus.ids.length,
        topics: value.length,
        parameters: params,
        seconds,
        peak_bytes: peakBytes(),
        out: options.out,
      };
    });
  });
}
