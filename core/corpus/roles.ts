import { InputError, UsageError } from '../base/errors.ts';
import type { ColumnRoles, CorpusColumn } from '../stages.ts';
import { summarise, type ColumnSummary } from './column-types.ts';

type Wanted = { readonly [role in keyof ColumnRoles]: string | null };

/** Names that columns with a role have, the likeliest first; compared without case, spaces and signs. */
const names = {
  text: 'text texts document documents doc content contents body fulltext abstract message msg post review reviewtext reviewbody tweet article comment description sentence sentence1 utterance question query headline summary answer title 文本 内容 正文 标题',
  label:
    'label labels labeltext category categories class topic newsgroup section group genre intent target tag 标签 类别',
  id: 'id docid documentid uuid guid uid identifier key pmid doi arxivid tweetid postid index path filename file url',
  date: 'date datetime timestamp time created createdat createdutc published publishedat publicationdate pubdate posted day month year 日期 时间',
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
    choose('date', (s, column) => ['date', 'integer', 'text'].includes(s.type) || isYears(column.values)) ??
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

/** A column with a known name that holds words, else the one with most words to a cell. */
function guessText(summaries: readonly ColumnSummary[]): string | null {
  const wordy = summaries.filter(
    (s) => s.letters > 0.5 && ['text', 'category', 'name', 'boolean'].includes(s.type),
  );
  const named = byName('text', wordy)[0];
  if (named !== undefined) return named.name;
  if (summaries.length === 1) return wordy[0]?.name ?? null;
  const longest = [...wordy].sort((a, b) => b.words - a.words)[0];
  return longest !== undefined && longest.words >= 2 ? longest.name : null;
}

/** The columns whose names belong to a role, best first; a name that only starts or ends so comes after all exact ones. */
function byName(role: keyof ColumnRoles, summaries: readonly ColumnSummary[]): ColumnSummary[] {
  const rank = (summary: ColumnSummary): number => {
    const name = summary.name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
    const exact = ranked[role].indexOf(name);
    if (exact >= 0) return exact;
    const parts = summary.name.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    const part = ranked[role].findIndex((known) => parts[0] === known || parts[parts.length - 1] === known);
    return part >= 0 ? 1000 + part : Infinity;
  };
  return summaries
    .map((summary, at) => ({ summary, at, rank: rank(summary) }))
    .filter((s) => s.rank < Infinity)
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map((s) => s.summary);
}

/** Years with gaps among them, as pandas writes them: 2024.0. */
function isYears(values: readonly (string | null)[]): boolean {
  return values.every((v) => v === null || v === '' || /^(19|20)\d{2}(\.0+)?$/.test(v));
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
