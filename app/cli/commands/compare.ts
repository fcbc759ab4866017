import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../../../core/base/errors.ts';
import {
  comparedEmbeddings,
  compareEmbeddings,
  comparisonFiles,
  comparisonReport,
  measureName,
  stageSchemas,
  writeComparison,
  type ComparedEmbedding,
  type Variant,
} from '../../../core/index.ts';
import { commonParams, peakBytes, reportParams, withContext, type Options } from '../context.ts';
import { addFlags, readFlags } from '../flags.ts';

const { embed, guide: _guide, ...others } = stageSchemas;
// These two take lists here.
const stages = [...Object.values(others), embed.omit({ embedding: true, model: true })];
const schemas = [...stages, reportParams, commonParams];

/** moetopic compare CORPUS --embedding hs,rw,concat,sum [--model A,B] --out DIR */
export function addCompare(program: Command): Command {
  const command = program
    .command('compare <corpus>')
    .description('topics by several embeddings and models of one corpus, side by side')
    .option('--embedding <list>', `some of ${comparedEmbeddings.join(', ')}`, comparedEmbeddings.join(','))
    .option('--model <list>', 'models, each as for run')
    .requiredOption(
      '--out <folder>',
      `where the results go: ${Object.values(comparisonFiles).join(', ')}, and each variant’s topics.csv and documents.csv`,
    )
    .option('--overwrite', 'replace another comparison in that folder')
    .option('--raw', 'write cells as they are, also those that a spreadsheet would run as formulas')
    .option('--json', 'print one JSON object about what was done');
  addFlags(command, schemas);
  return command.action(async (source: string, options: CompareOptions) => {
    const embeddings = [...new Set(options.embedding.split(',').map((name) => name.trim()))];
    const wrong = embeddings.find((name) => !comparedEmbeddings.includes(name as ComparedEmbedding));
    if (wrong !== undefined)
      throw new UsageError(`There is no embedding ${wrong}; there are ${comparedEmbeddings.join(', ')}.`);
    if (existsSync(path.join(options.out, comparisonFiles.metrics)) && !options.overwrite)
      throw new UsageError(
        `${options.out} holds a comparison already; choose another --out, or add --overwrite.`,
      );
    let variants: readonly Variant[] = [];
    await withContext(options, readFlags(schemas, options), async (context) => {
      const found = await compareEmbeddings(
        {
          source,
          params: readFlags(stages, options),
          embeddings: embeddings as ComparedEmbedding[],
          models: options.model?.split(',').map((name) => name.trim()) ?? [],
        },
        context,
      );
      const report = {
        ...comparisonReport(found, context.seed),
        peak_bytes: peakBytes(),
        out: options.out,
      };
      await writeComparison(found, options.out, report, context, { raw: options.raw });
      variants = found.variants;
      return report;
    });
    if (!options.json) process.stdout.write(asTable(variants));
  });
}

interface CompareOptions extends Options {
  embedding: string;
  model?: string;
  out: string;
  overwrite?: boolean;
  raw?: boolean;
}

const measures = [
  'topics',
  'outlierShare',
  'npmi',
  'cV',
  'diversity',
  'silhouette',
  'dbcv',
  'ami',
  'vMeasure',
] as const;

/** Characters of a column: the longest head and two to part it from the one before. */
const columnWidth = 15;

function asTable(variants: readonly Variant[]): string {
  const width = Math.max(...variants.map((variant) => variant.name.length));
  const lines = variants.map(({ name, quality }) => {
    const values = measures.map((measure) => quality[measure]);
    const shown = values.map((value) =>
      (value === null ? '–' : Number.isInteger(value) ? String(value) : value.toFixed(3)).padStart(
        columnWidth,
      ),
    );
    return `${name.padEnd(width)}${shown.join('')}\n`;
  });
  // The names of the columns of metrics.csv.
  const heads = measures.map((measure) => measureName(measure));
  return `${' '.repeat(width)}${heads.map((head) => head.padStart(columnWidth)).join('')}\n${lines.join('')}`;
}
