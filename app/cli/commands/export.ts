import type { Command } from 'commander';
import { UsageError } from '../../../core/base/errors.ts';
import { exportFormats, exportSession, projectFigure, type ExportFormat } from '../../../core/index.ts';
import { commonParams, reportParams, withContext, type Options } from '../context.ts';
import { addFlags, readFlags } from '../flags.ts';
import { drawFigure } from '../picture.ts';
import { withSession } from '../session.ts';

const pictures = ['png', 'svg'] as const;
/** Files; those of a selection need a window to select in. */
const files = exportFormats.filter((format) => !format.startsWith('selection-'));

/** moetopic export PROJECT --format csv|parquet|json|html|zip|png|svg --out PATH */
export function addExport(program: Command): Command {
  const command = program
    .command('export <project>')
    .description('a project’s topics and documents as files, or a figure as a picture')
    .requiredOption('--format <format>', [...files, ...pictures].join(', '))
    .requiredOption('--out <path>', 'a folder for csv and parquet, a file for the others')
    .option('--figure <name>', 'the figure of a picture', 'map')
    .option('--browser <file>', 'the Chromium that draws pictures (found if not given)')
    .option('--raw', 'write cells as they are, also those that a spreadsheet would run as formulas')
    .option('--json', 'print one JSON object about what was done');
  addFlags(command, [reportParams, commonParams]);
  return command.action(
    async (
      project: string,
      options: Options & { format: string; out: string; figure: string; browser?: string; raw?: boolean },
    ) => {
      const { format, out, figure } = options;
      const picture = pictures.find((kind) => kind === format);
      if (!picture && !files.includes(format as ExportFormat))
        throw new UsageError(
          `There is no format ${format}; the formats are ${[...files, ...pictures].join(', ')}.`,
        );
      await withContext(options, readFlags([reportParams, commonParams], options), (context) =>
        withSession(project, async (session) => {
          if (picture)
            await drawFigure(
              await projectFigure(session, figure, {}, context),
              picture,
              out,
              options.browser,
            );
          else await exportSession(session, format as ExportFormat, out, { raw: options.raw }, context);
          return { command: 'export', format, out };
        }),
      );
      if (!options.json) process.stdout.write(`${out}\n`);
    },
  );
}
