import type { Command } from 'commander';
import { parseParams } from '../../../core/base/params.ts';
import {
  corpusParams,
  embed,
  embedParams,
  languageMisfit,
  misfitSentence,
  readCard,
  readCorpus,
  resolveModel,
  writeNpy,
} from '../../../core/index.ts';
import { versions } from '../../../core/run/manifest.ts';
import { commonParams, peakBytes, timed, withContext, type Options } from '../context.ts';
import { tell } from '../terminal.ts';
import { addFlags, readFlags } from '../flags.ts';

const schemas = [corpusParams, embedParams, commonParams];

/** moetopic embed CORPUS --out E.npy: rows in the corpus' order, zeros for an empty text. */
export function addEmbed(program: Command): Command {
  const command = program
    .command('embed <corpus>')
    .description('embeddings of a corpus: [documents × dimensions] float32, rows in its order')
    .requiredOption('--out <file>', 'where to write them (.npy)')
    .option('--json', 'print one JSON object about what was done');
  addFlags(command, schemas);
  return command.action(async (source: string, options: Options & { out: string }) => {
    const flags = readFlags(schemas, options);
    const params = parseParams(embedParams, readFlags([embedParams], options), 'embed');
    await withContext(options, flags, async (context) => {
      const corpus = await readCorpus(source, readFlags([corpusParams], options), context);
      const model = await resolveModel(params, context);
      const misfit = languageMisfit(corpus.texts, await readCard(model));
      if (misfit !== null) tell(misfitSentence(misfit));
      const { value, seconds } = await timed('embed', () =>
        embed(corpus.texts, { ...params, model }, context),
      );
      await writeNpy(options.out, value.matrix);
      return {
        command: 'embed',
        documents: value.matrix.rows,
        dimensions: value.matrix.columns,
        tokens: value.tokens.reduce((sum, count) => sum + count, 0),
        truncated: value.truncated.reduce((sum, cut) => sum + cut, 0),
        empty: corpus.empty.length,
        parameters: params,
        device: value.device,
        seconds,
        peak_bytes: peakBytes(),
        versions: versions(),
        out: options.out,
      };
    });
  });
}
