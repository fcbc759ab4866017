import { UsageError } from '../../core/base/errors.ts';
import { assignments, type AssignedBy, type Session } from '../../core/index.ts';
import type { DocumentRow, ParsedParams } from '../../core/protocol.ts';

type Filter = ParsedParams<'documents.list'>['filter'];
type Sort = ParsedParams<'documents.list'>['sort'];

const snippetLength = 200;

/** Rows that pass every part of a filter, ascending. @throws UsageError for a regular expression that can't be read. */
export function filterRows(session: Session, filter: Filter): Int32Array {
  const { labels: own } = session.corpus;
  const topics = new Set(filter.topics);
  const labels = new Set(filter.labels);
  const assigned = new Set(filter.assignedBy);
  const matches = textMatcher(session, filter);
  const rows = filter.rows ?? session.corpus.ids.keys();
  const out: number[] = [];
  for (const row of rows) {
    if (row < 0 || row >= session.corpus.ids.length) continue;
    if (topics.size > 0 && !topics.has(session.state.labels[row])) continue;
    if (labels.size > 0 && !labels.has(own?.[row] ?? '')) continue;
    if (assigned.size > 0 && !assigned.has(assignedBy(session, row))) continue;
    if (matches(row)) out.push(row);
  }
  return Int32Array.from(out).sort();
}

function textMatcher(session: Session, { query, regex }: Filter): (row: number) => boolean {
  if (query.trim() === '') return () => true;
  if (regex) {
    let pattern: RegExp;
    try {
      pattern = new RegExp(query, 'iu');
    } catch (cause) {
      throw new UsageError(`The regular expression ${query} can't be read: ${(cause as Error).message}.`, {
        cause,
      });
    }
    return (row) => pattern.test(session.corpus.texts[row]);
  }
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const texts = session.lowerTexts();
  return (row) => words.every((word) => holdsWord(texts[row], word));
}

/** Letters, digits and their marks; a script without spaces has no borders of words to look for. */
const inWord = /[\p{L}\p{N}\p{M}_]/u;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Whether a text holds a word as a whole ("car", not "scare"), as the reader marks it; `car*` is its beginning. */
export function holdsWord(text: string, query: string): boolean {
  const isBeginning = query.length > 1 && query.endsWith('*');
  const word = isBeginning ? query.slice(0, -1) : query;
  const free = (at: number, edge: string): boolean =>
    !inWord.test(edge) || unspaced.test(edge) || !inWord.test(text[at] ?? ' ');
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (free(at - 1, word[0]) && (isBeginning || free(at + word.length, word[word.length - 1]))) return true;
  return false;
}

export function sortRows(session: Session, rows: Int32Array, sort: Sort, descending: boolean): Int32Array {
  const { corpus, state } = session;
  const value: Record<Sort, (row: number) => number | string> = {
    row: (row) => row,
    probability: (row) => state.probabilities[row],
    date: (row) => corpus.dates?.[row] ?? '',
    length: (row) => corpus.texts[row].length,
    topic: (row) => state.labels[row],
  };
  const of = value[sort];
  const sign = descending ? -1 : 1;
  return rows.slice().sort((a, b) => {
    const [va, vb] = [of(a), of(b)];
    return va < vb ? -sign : va > vb ? sign : a - b;
  });
}

export function documentRow(session: Session, row: number): DocumentRow {
  const { corpus, state } = session;
  return {
    row,
    id: corpus.ids[row],
    topic: state.labels[row],
    probability: state.probabilities[row],
    assignedBy: assignedBy(session, row),
    label: corpus.labels?.[row] ?? null,
    date: corpus.dates?.[row] ?? null,
    snippet: corpus.texts[row].slice(0, snippetLength).replace(/\s+/g, ' ').trim(),
    words: countWords(corpus.texts[row]),
  };
}

export function assignedBy(session: Session, row: number): AssignedBy {
  return assignments[session.state.edit.assignedBy[row]];
}

/** Runs of anything but white space. */
export function countWords(text: string): number {
  let words = 0;
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const space = text.charCodeAt(i) <= 32;
    if (inside && space) inside = false;
    else if (!inside && !space) {
      inside = true;
      words++;
    }
  }
  return words;
}
