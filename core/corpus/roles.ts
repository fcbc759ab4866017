import { InputError, UsageError } from '../base/errors.ts';
import type { ColumnRoles, CorpusColumn } from '../stages.ts';
import { mostlyDates, summarise, type ColumnSummary } from './column-types.ts';

type Wanted = { readonly [role in keyof ColumnRoles]: string | null };

/** Names that columns with a role have, the likeliest first; compared without case, spaces, signs and accents. */
const names = {
  text: 'text texts document documents doc content contents body fulltext selftext abstract message msg post review reviewtext reviewbody tweet article comment description sentence sentence1 utterance texte texto testo tekst inhalt beitrag nachricht kommentar contenu commentaire contenido comentario mensaje contenuto commento 文本 内容 正文 question query headline summary answer title titel titre titulo titolo 标题',
  label:
    'label labels labeltext category categories class topic newsgroup section group genre intent target tag kategorie rubrik klasse thema categorie rubrique theme categoria tema cat 标签 类别',
  id: 'id docid documentid uuid guid uid identifier key pmid doi arxivid tweetid postid kennung oid index path filename file url',
  date: 'date datetime timestamp time created createdat createdutc published publishedat publicationdate pubdate posted datum fecha epoch unixtime day month year 日期 时间',
};
const ranked = Object.fromEntries(
  Object.entries(names).map(([role, list]) => [role, list.split(' ')]),
) as Record<keyof ColumnRoles, string[]>;

/**
 * The columns' roles: what was asked for, else guessed from names and types. Asking for '' means that there is none.
 * `text` is '' when no column looks like text.
 * @throws UsageError for a column that is not there.
 */
export function findRoles(columns: readonly CorpusColumn[], wanted: Wanted, source: string): ColumnRoles {
  const summaries = columns.map(summarise);
  const asked = (role: keyof ColumnRoles): string | null | undefined => {
    const name = wanted[role];
    if (name === null) return undefined;
    if (name === '') return null;
    if (!columns.some((c) => c.name === name))
      throw new UsageError(
        `${source} has no column ${name} for --${role}; its columns are ${columns.map((c) => c.name).join(', ')}.`,
        { code: 'no-column' },
      );
    return name;
  };
  const text = asked('text') ?? guessText(summaries) ?? '';
  const taken = new Set<string | null>([text]);
  const choose = (
    role: 'label' | 'id' | 'date',
    fits: (summary: ColumnSummary, column: CorpusColumn) => boolean,
  ) => {
    const given = asked(role);
    if (given !== undefined) return given;
    const guess = byName(role, summaries).find(
      (s) => !taken.has(s.name) && fits(s, columns[summaries.indexOf(s)]),
    );
    return guess?.name ?? null;
  };
  const id = choose('id', (_, column) => isUnique(column.values));
  taken.add(id);
  const date =
    choose('date', (_, column) => mostlyDates(column.values)) ??
    (wanted.date === null
      ? (summaries.find((s) => s.type === 'date' && !taken.has(s.name))?.name ?? null)
      : null);
  taken.add(date);
  const label = choose('label', (s, column) => isLabel(s, column.values));
  return { text, id, label, date };
}

/** @throws InputError when no column holds text. */
export function requireText(roles: ColumnRoles, columns: readonly CorpusColumn[], source: string): void {
  if (roles.text !== '') return;
  throw new InputError(
    `${source} has no column that looks like text (its columns are ${columns.map((c) => c.name).join(', ')}); name it with --text.`,
    { code: 'no-text-column' },
  );
}

/** Names from here on are of what stands above a text, or asks for it: taken where no column holds more. */
const firstHeading = ranked.text.indexOf('question');

/** A column with a known name that holds words, else the one with most words to a cell. */
function guessText(summaries: readonly ColumnSummary[]): string | null {
  const wordy = summaries.filter(
    (s) => s.letters > 0.5 && ['text', 'category', 'name', 'boolean'].includes(s.type),
  );
  const named = byName('text', wordy)[0];
  const longest = [...wordy].sort((a, b) => b.words - a.words)[0];
  if (named !== undefined) {
    const isHeading = rankOf('text', named) % 1000 >= firstHeading;
    const isMore = longest.words >= 20 && longest.words >= 3 * named.words;
    return isHeading && isMore ? longest.name : named.name;
  }
  if (summaries.length === 1) return wordy[0]?.name ?? null;
  return longest !== undefined && longest.words >= 2 ? longest.name : null;
}

/** The columns whose names belong to a role, best first: of equal ones the wordier. */
function byName(role: keyof ColumnRoles, summaries: readonly ColumnSummary[]): ColumnSummary[] {
  return summaries
    .map((summary, at) => ({ summary, at, rank: rankOf(role, summary) }))
    .filter((s) => s.rank < Infinity)
    .sort((a, b) => a.rank - b.rank || b.summary.words - a.summary.words || a.at - b.at)
    .map((s) => s.summary);
}

/** A name's place among those of a role; one that only ends or starts so comes after all exact ones (post.title is a title). */
function rankOf(role: keyof ColumnRoles, summary: ColumnSummary): number {
  const plain = summary.name.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  const exact = ranked[role].indexOf(plain.replace(/[^\p{L}\p{N}]/gu, ''));
  if (exact >= 0) return exact;
  const parts = plain.split(/[^\p{L}\p{N}]+/u);
  for (const part of [parts[parts.length - 1], parts[0]]) {
    const known = ranked[role].indexOf(part);
    if (known >= 0) return 1000 + known;
  }
  return Infinity;
}

function isUnique(values: readonly (string | null)[]): boolean {
  return values.every((v) => v !== null && v !== '') && new Set(values).size === values.length;
}

/** Labels repeat: fewer of them than half the documents, and at least two. */
function isLabel(summary: ColumnSummary, values: readonly (string | null)[]): boolean {
  if (summary.type === 'empty' || summary.type === 'date' || summary.words > 8) return false;
  const distinct = new Set<string>();
  for (const value of values) {
    if (value !== null && value !== '') distinct.add(value);
    if (distinct.size > 1000) return false;
  }
  return distinct.size >= 2 && distinct.size <= Math.max(2, values.length / 2);
}
