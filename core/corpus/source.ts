import { stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../base/errors.ts';
import { assetPath } from '../base/paths.ts';
import { readable } from './bytes.ts';

export type Format = 'csv' | 'tsv' | 'jsonl' | 'parquet' | 'folder' | 'tar' | 'zip';

/** Where a corpus lies and how it is to be read. */
export interface Source {
  /** For titles: the file's name without its extensions. */
  readonly name: string;
  readonly path: string;
  readonly format: Format;
}

const endings: readonly (readonly [RegExp, Format])[] = [
  [/\.csv(\.gz)?$/i, 'csv'],
  [/\.tsv(\.gz)?$/i, 'tsv'],
  [/\.(jsonl|ndjson|json)(\.gz)?$/i, 'jsonl'],
  [/\.parquet$/i, 'parquet'],
  [/\.(tar\.gz|tgz|tar)$/i, 'tar'],
  [/\.zip$/i, 'zip'],
];

/**
 * Finds out what a path is.
 * @throws InputError when there is nothing, or a kind of file that MoETopic does not read.
 */
export async function findSource(given: string): Promise<Source> {
  if (given === 'debian-packages')
    return { name: given, path: assetPath('corpora', 'debian-packages.csv.gz'), format: 'csv' };
  let isFolder: boolean;
  try {
    isFolder = (await stat(given)).isDirectory();
  } catch (cause) {
    throw readable(given, cause);
  }
  const base = path.basename(path.resolve(given));
  if (isFolder) return { name: base, path: given, format: 'folder' };
  for (const [ending, format] of endings)
    if (ending.test(base)) return { name: base.replace(ending, ''), path: given, format };
  if (/\.(xlsx?|xlsm|ods|numbers)$/i.test(base))
    throw new InputError(`${given} is a spreadsheet; save its sheet as CSV (UTF-8) there and open that.`);
  if (/\.(txt|text|md)(\.gz)?$/i.test(base))
    throw new InputError(
      `${given} is one text file; give a folder of such files, or, if each of its lines is a document, a copy whose name ends in .tsv.`,
      { code: 'unknown-format' },
    );
  throw new InputError(
    `${given} is not a kind of file that MoETopic reads; give .csv, .tsv, .jsonl or .json (also .gz), .parquet, a folder of text files, or a .tar.gz or .zip of one.`,
    { code: 'unknown-format' },
  );
}
