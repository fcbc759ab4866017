import type { Command } from 'commander';
import { parseParams } from '../../../core/base/params.ts';
import { readNpy, reduce, reduceParams, writeNpy } from '../../../core/index.ts';
import { commonParams, peakBytes, timed, withContext, type Options } from '../context.ts';
import { addFlags, readFlags } from '../flags.ts';

const schemas = [reduceParams, commonParams];

/** moetopic reduce E.npy --out U.npy */
export function addReduce(program: Command): Command {
  const command = program
    .command('reduce <embeddings>')
    .description('coordinates to cluster from embeddings: [documents × components] float32')
    .requiredOption('--out <file>', 'where to write the coordinates (.npy)')
    .option('--map <file>', 'also write the two-dimensional map there (.npy)')
    .option('--json', 'print one JSON object about what was done');
  addFlags(command, schemas);
  return command.action(async (file: string, options: Options & { out: string; map?: string }) => {
    const flags = readFlags(schemas, options);
    const params = parseParams(reduceParams, readFlags([reduceParams], options), 'reduce');
    await withContext(options, flags, async (context) => {
      const input = await readNpy(file);
      const { value, seconds } = await timed('reduce', () => reduce(input, params, context));
      await writeNpy(options.out, value.components);
      if (options.map) await writeNpy(options.map, value.map);
      return {
        command: 'reduce',
        rows: input.rows,
        parameters: params,
        recipe: value.recipe,
        seconds,
        peak_bytes: peakBytes(),
        out: options.out,
      };
    });
  });
}
