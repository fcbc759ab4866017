import type { StageContext } from '../base/progress.ts';
import type { ColumnRoles, Corpus, SkippedRow } from '../stages.ts';
import { countWords, spread, summarise, type ColumnType } from './column-types.ts';
import { guessLanguages } from './languages.ts';
import { looksLikePosts } from './newsgroup-strip.ts';
import type { CorpusOptions } from './params.ts';
import { loadTable, makeCorpus } from './read.ts';
import { findRoles } from './roles.ts';

/** What a person should see of a corpus before a run. */
export interface CorpusPreview {
  readonly source: string;
  readonly name: string;
  /** Documents that a run would see. */
  readonly rows: number;
  readonly columns: { name: string; type: ColumnType }[];
  /** As asked for, or guessed; `text` is '' when no column looks like text. */
  readonly roles: ColumnRoles;
  /** The first 50 rows. */
  readonly first: Record<string, string | null>[];
  /** Words to a document that has text. */
  readonly words: { min: number; median: number; max: number };
  /** ISO 639-1 codes with their shares, commonest first. */
  readonly languages: { code: string; share: number }[];
  readonly empty: number;
  /** Documents with text that an earlier one has, too. */
  readonly duplicates: number;
  readonly skipped: readonly SkippedRow[];
  /** How the file was read: `encoding` and `separator`, where its format leaves them open. */
  readonly notes: Readonly<Record<string, string>>;
  readonly warnings: string[];
}

/**
 * Reads a corpus as a run would and describes it.
 * @throws the same errors as readCorpus, but for a missing text column: that is a warning here, so that it can be chosen.
 */
export async function previewCorpus(
  source: string,
  options: CorpusOptions,
  context: StageContext,
): Promise<CorpusPreview> {
  const { name, table, params } = await loadTable(source, options, context);
  const roles = findRoles(table.columns, params, source);
  const corpus = makeCorpus(name, source, table, roles, params);
  const hasText = roles.text !== '';
  const filled = textsOf(corpus);
  const lengths = filled.map(countWords).sort((a, b) => a - b);
  return {
    source,
    name,
    rows: corpus.columns[0].values.length,
    columns: corpus.columns.map((column) => ({ name: column.name, type: summarise(column).type })),
    roles,
    first: firstRows(corpus, 50),
    words: { min: lengths[0] ?? 0, median: median(lengths), max: lengths[lengths.length - 1] ?? 0 },
    languages: guessLanguages(filled),
    empty: hasText ? corpus.empty.length : 0,
    duplicates: duplicatesIn(corpus),
    skipped: corpus.skipped,
    notes: table.notes,
    warnings: [...(params.encoding === 'auto' ? guessed(table.notes.encoding) : []), ...warnings(corpus)],
  };
}

/** An encoding without marks is a guess from its bytes, and a person sees at once whether it is right. */
function guessed(encoding: string | undefined): string[] {
  if (encoding === undefined || encoding.startsWith('utf-')) return [];
  return [
    `The file is not UTF-8 and was read as ${encoding}: if letters look wrong, give its encoding (gb18030, shift_jis, windows-1252 …).`,
  ];
}

function firstRows(corpus: Corpus, most: number): Record<string, string | null>[] {
  const rows = Math.min(most, corpus.columns[0].values.length);
  return Array.from({ length: rows }, (_, i) =>
    Object.fromEntries(corpus.columns.map((column) => [column.name, column.values[i]])),
  );
}

function median(sorted: readonly number[]): number {
  if (sorted.length === 0) return 0;
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Texts that say something. */
function textsOf(corpus: Corpus): string[] {
  return corpus.texts.filter((text) => text.trim() !== '');
}

function duplicatesIn({ duplicateOf, texts }: Corpus): number {
  return duplicateOf.reduce((sum, first, i) => sum + (first >= 0 && texts[i].trim() !== '' ? 1 : 0), 0);
}

/** What is odd about a corpus: told before a run in the window, and at its beginning on the command line. */
export function warnings(corpus: Corpus): string[] {
  const filled = textsOf(corpus);
  const duplicates = duplicatesIn(corpus);
  const found: string[] = [];
  const some = (count: number): string => `${count} ${count === 1 ? 'document' : 'documents'}`;
  if (corpus.roles.text === '') return ['No column looks like text: choose the one to read.'];
  if (filled.length === 0)
    found.push(`No document has text in the column ${corpus.roles.text}: choose another.`);
  else if (filled.length < 50)
    found.push(`Only ${some(filled.length)} with text: topics need a few hundred.`);
  if (filled.length > 1 && duplicates === filled.length - 1)
    found.push('All documents are equal: there is one topic at most.');
  if (looksLikePosts(spread(filled, 200)))
    found.push(
      'The texts look like e-mails or newsgroup posts: leave out headers, footers and quotes (--strip headers,footers,quotes), or they become the topics.',
    );
  if (corpus.skipped.length > 0)
    found.push(
      `${corpus.skipped.length} of the rows can't be read; the first is row ${corpus.skipped[0].row}: ${corpus.skipped[0].reason}.`,
    );
  return found;
}
