import type { StageContext } from '../base/progress.ts';
import { filesOfTar, filesOfZip } from './archive.ts';
import { readCsv } from './csv.ts';
import { filesOfFolder } from './folder.ts';
import { readJsonl } from './jsonl.ts';
import type { CorpusParams, ReadLimits } from './params.ts';
import { readParquet } from './parquet.ts';
import type { Format, Source } from './source.ts';
import type { Table } from './table.ts';
import { textFilesTable } from './text-files.ts';

type Reader = (
  source: Source,
  params: CorpusParams,
  limits: ReadLimits,
  context: StageContext,
) => Promise<Table>;

/** Every format's reader: to read one more kind of file, add it here and its ending in source.ts. */
const readers: Readonly<Record<Format, Reader>> = Object.freeze({
  csv: (source, ...rest) => readCsv(source.path, 'csv', ...rest),
  tsv: (source, ...rest) => readCsv(source.path, 'tsv', ...rest),
  jsonl: (source, ...rest) => readJsonl(source.path, ...rest),
  parquet: (source, ...rest) => readParquet(source.path, ...rest),
  folder: ({ path }, params, limits, context) =>
    textFilesTable(path, filesOfFolder(path, limits, context), params, limits, context),
  tar: ({ path }, params, limits, context) =>
    textFilesTable(path, filesOfTar(path, limits, context), params, limits, context),
  zip: ({ path }, params, limits, context) =>
    textFilesTable(path, filesOfZip(path, limits, context), params, limits, context),
});

export function readTable(
  source: Source,
  params: CorpusParams,
  limits: ReadLimits,
  context: StageContext,
): Promise<Table> {
  return readers[source.format](source, params, limits, context);
}
