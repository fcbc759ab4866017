import { InputError, ResourceError } from '../base/errors.ts';
import type { StageContext } from '../base/progress.ts';
import { decodeText, detectEncodingOf, isBinary } from './encoding.ts';
import type { CorpusParams, ReadLimits } from './params.ts';
import { TableBuilder, type Table } from './table.ts';

/** One text file of a folder or an archive: its path with forward slashes, and its bytes or why they can't be had. */
export interface TextFile {
  readonly path: string;
  readonly bytes: Buffer | null;
  readonly problem: string | null;
}

/** Endings of files that are text to read; what Markdown adds to it (# * > ```) is never a word. */
const textEnding = /\.(txt|text|md|markdown)$/i;

/** Endings of files that are a corpus of their own. */
const tableEnding = /\.(csv|tsv|jsonl|ndjson|json|parquet)(\.gz)?$/i;

/** Why a file of a folder or an archive isn't read. */
export const notText = 'is not a text file (.txt, .md or without an extension)';

/** A text or Markdown file, or one whose name has no extension (numbers as in `101.5` are none, either). */
export function isTextName(file: string): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return textEnding.test(name) || !/\.[A-Za-z][A-Za-z0-9]{0,9}$/.test(name);
}

/** What systems leave behind in folders and archives; not worth a line in the skipped list. */
export function isClutter(file: string): boolean {
  return file
    .split('/')
    .some((part) => part.startsWith('.') || part === '__MACOSX' || /^(thumbs\.db|desktop\.ini)$/i.test(part));
}

interface Entry {
  readonly path: string;
  readonly text: string | null;
  readonly problem: string | null;
}

/**
 * Makes a table of text files: `id`, `text`, `label` (the folder that holds the file) and, where the folders above are named
 * so, `split` (train before test). Rows are in the order of their paths, whatever order the files came in.
 * @throws InputError when there is no text file.
 */
export async function textFilesTable(
  source: string,
  files: AsyncIterable<TextFile>,
  params: CorpusParams,
  limits: ReadLimits,
  context: StageContext,
): Promise<Table> {
  const entries: Entry[] = [];
  let texts = 0;
  let characters = 0;
  for await (const found of files) {
    const binary = found.bytes !== null && params.encoding === 'auto' && isBinary(found.bytes);
    const file = binary ? { ...found, bytes: null, problem: 'is binary, not text' } : found;
    if (file.bytes !== null) texts++;
    const text = file.bytes === null ? null : decode(file.path, file.bytes, params.encoding);
    entries.push({ path: file.path, text, problem: file.problem });
    characters += text?.length ?? 0;
    if (characters > limits.totalCharacters)
      throw new ResourceError(
        `${source} holds more text than fits into memory (${file.path} passes ${Math.round(limits.totalCharacters / 1e6)} million characters); give a part of it.`,
      );
  }
  const table = texts === 0 && entries.find(({ path }) => tableEnding.test(path));
  if (table)
    throw new InputError(
      `${source} holds no text files, but ${table.path}; give that file itself, taken out of its archive if it is in one.`,
      { code: 'no-text' },
    );
  if (texts === 0)
    throw new InputError(
      `${source} holds no text files (.txt, .md or without an extension); give a folder of them, or a CSV, JSONL or Parquet file.`,
      { code: 'no-text' },
    );
  const shared = sharedFolders(entries.filter((e) => e.text !== null).map((e) => e.path));
  entries.sort((a, b) => splitRank(a.path) - splitRank(b.path) || compare(a.path, b.path));
  const ids = identifiers(entries, shared);
  const hasSplit = entries.every((e) => e.text === null || splitOf(e.path) !== null);
  const hasLabel = entries.some((e) => e.text !== null && labelOf(e.path, shared) !== null);
  const names = ['id', 'text', ...(hasLabel ? ['label'] : []), ...(hasSplit ? ['split'] : [])];
  const builder = new TableBuilder(source, names, params.sample, context.seed, limits.totalCharacters);
  entries.forEach((entry, i) => {
    if (entry.text === null) builder.skip(i + 1, `${entry.path}: ${entry.problem ?? 'can’t be read'}`);
    else {
      const label = hasLabel ? [labelOf(entry.path, shared)] : [];
      builder.add(i + 1, [ids[i], entry.text, ...label, ...(hasSplit ? [splitOf(entry.path)] : [])]);
    }
  });
  return builder.finish({});
}

/** The collectors' archive of 20 Newsgroups is Latin-1 throughout, whatever a file's bytes look like. */
function decode(file: string, bytes: Buffer, encoding: CorpusParams['encoding']): string {
  if (encoding !== 'auto') return decodeText(bytes, encoding);
  if (/(^|\/)20news-(bydate|18828|19997)[^/]*\//.test(file)) return bytes.toString('latin1');
  return decodeText(bytes, detectEncodingOf(bytes));
}

/** The folder that holds a file; null where it is one that all files share. */
function labelOf(file: string, shared: number): string | null {
  return file.split('/').slice(shared, -1).at(-1) ?? null;
}

/** `train` or `test` as the folders' names say (`20news-bydate-train`), or null. */
function splitOf(file: string): string | null {
  for (const folder of file.split('/').slice(0, -2)) {
    const found = /(?:^|[-_.])(train|test|dev|val|valid|validation)$/i.exec(folder);
    if (found) return found[1].toLowerCase();
  }
  return null;
}

function splitRank(file: string): number {
  const split = splitOf(file);
  return split === null || split === 'train' ? 0 : split === 'test' ? 2 : 1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How many leading folders all files share: they say nothing about a document. */
function sharedFolders(paths: readonly string[]): number {
  const first = paths[0].split('/').slice(0, -1);
  let shared = first.length;
  for (const file of paths) {
    const folders = file.split('/').slice(0, -1);
    let same = 0;
    while (same < shared && same < folders.length && folders[same] === first[same]) same++;
    shared = same;
  }
  return shared;
}

/** "label/name" where that names each document, as the published ids of 20 Newsgroups do; else the whole path. */
function identifiers(entries: readonly Entry[], shared: number): string[] {
  const short = entries.map((e) =>
    e.path.split('/').slice(shared).slice(-2).join('/').replace(textEnding, ''),
  );
  return new Set(short).size === short.length ? short : entries.map((e) => e.path);
}
