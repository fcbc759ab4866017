import type { Command } from 'commander';
import { parseParams } from '../../../core/base/params.ts';
import { cluster, clusterParams, readNpy, sixDecimals, writeCsv } from '../../../core/index.ts';
import { commonParams, peakBytes, timed, withContext, type Options } from '../context.ts';
import { addFlags, readFlags } from '../flags.ts';

const schemas = [clusterParams, commonParams];

/** moetopic cluster U.npy --out L.csv */
export function addCluster(program: Command): Command {
  const command = program
    .command('cluster <coordinates>')
    .description('label, probability and outlier score of each row (−1 is an outlier)')
    .requiredOption('--out <file>', 'where to write the labels (.csv)')
    .option('--json', 'print one JSON object about what was done');
  addFlags(command, schemas);
  return command.action(async (file: string, options: Options & { out: string }) => {
    const flags = readFlags(schemas, options);
    const params = parseParams(clusterParams, readFlags([clusterParams], options), 'cluster');
    await withContext(options, flags, async (context) => {
      const input = await readNpy(file);
      const { value, seconds } = await timed('cluster', () => cluster(input, params, context));
      const rows = Array.from(value.labels, (label, i) => [
        label,
        sixDecimals(value.probabilities[i]),
        sixDecimals(value.outlierScores[i]),
      ]);
      await writeCsv(options.out, ['label', 'probability', 'outlier_score'], rows);
      return {
        command: 'cluster',
        rows: input.rows,
        topics: new Set(value.labels).size - (value.labels.includes(-1) ? 1 : 0),
        outliers: value.labels.filter((label) => label < 0).length,
        parameters: params,
        recipe: value.recipe,
        seconds,
        peak_bytes: peakBytes(),
        out: options.out,
      };
    });
  });
}
