import type { Command } from 'commander';
import { embedParams, readTexts, resolveModel, traceTexts, writeTraces } from '../../../core/index.ts';
import { parseParams } from '../../../core/base/params.ts';
import { commonParams, peakBytes, withContext, type Options } from '../context.ts';
import { addFlags, readFlags } from '../flags.ts';

const modelParams = embedParams.pick({ precision: true, device: true, maxTokens: true });
const schemas = [modelParams, commonParams];

/** moetopic trace MODEL --texts T.jsonl --out T.safetensors */
export function addTrace(program: Command): Command {
  const command = program
    .command('trace <model>')
    .description('what a model computes for each token: ids, hidden states, router logits')
    .requiredOption(
      '--texts <file>',
      'the texts (.jsonl with a string or an object with text on each line, or any corpus)',
    )
    .requiredOption('--out <file>', 'where to write them (.safetensors)')
    .option('--json', 'print one JSON object about what was done');
  addFlags(command, schemas);
  return command.action(async (model: string, options: Options & { texts: string; out: string }) => {
    const flags = readFlags(schemas, options);
    const { precision, device, maxTokens } = parseParams(
      modelParams,
      readFlags([modelParams], options),
      'trace',
    );
    await withContext(options, flags, async (context) => {
      const folder = await resolveModel(
        { model, precision: precision === 'auto' ? 'fp32' : precision, device },
        context,
      );
      const texts = await readTexts(options.texts, context);
      const limit = maxTokens === 'auto' ? undefined : maxTokens;
      const { card, traces } = await traceTexts(folder, texts, context, { maxTokens: limit });
      await writeTraces(options.out, traces);
      return {
        command: 'trace',
        model: card.name,
        family: card.family,
        texts: traces.length,
        tokens: traces.reduce((sum, trace) => sum + trace.ids.length, 0),
        routers: card.routers,
        precision: card.precision,
        peak_bytes: peakBytes(),
        out: options.out,
      };
    });
  });
}
