import { InputError } from '../base/errors.ts';
import type { OverTimeResult, PerClassResult } from '../protocol.ts';
import type { Session } from './session.ts';
import {
  binsByCalendar,
  binsByCount,
  classesOf,
  parseDates,
  sliceByClass,
  sliceByTime,
  type CalendarUnit,
} from '../topics/index.ts';

export interface OverTimeRequest {
  /** Equal spans, or a unit of the calendar. */
  readonly bins?: number | CalendarUnit;
  /** A column with dates; null for the corpus' own. */
  readonly column?: string | null;
  readonly global?: boolean;
  readonly evolution?: boolean;
  /** Keywords of each topic in each slice. */
  readonly words?: number;
}

/** A column of the corpus by its name. @throws InputError naming those that there are. */
export function corpusColumn(session: Session, name: string): readonly (string | null)[] {
  const { columns } = session.corpus;
  const column = columns.find((c) => c.name === name);
  if (column) return column.values;
  throw new InputError(
    `The corpus has no column ${name}; it has ${columns.map((c) => c.name).join(', ') || 'none'}.`,
  );
}

/** Topics over time: how many documents of each topic every bin has, and what the topic was about then. */
export async function projectOverTime(
  session: Session,
  { bins = 20, column = null, global = true, evolution = true, words = 5 }: OverTimeRequest = {},
): Promise<OverTimeResult> {
  const dates = column === null ? session.corpus.dates : corpusColumn(session, column);
  if (dates === null)
    throw new InputError('This corpus has no date column; name one with --date when it is run, or here.');
  const times = parseDates(dates);
  const spans = typeof bins === 'number' ? binsByCount(times, bins) : binsByCalendar(times, bins);
  if (spans.edges.length === 0)
    throw new InputError('No date of this corpus can be read; write them as 2024-03-05.');
  const iso = (time: number): string => new Date(time).toISOString();
  return {
    bins: Array.from(spans.edges.slice(0, -1), (start, b) => ({
      start: iso(start),
      end: iso(spans.edges[b + 1]),
    })),
    undated: times.reduce((sum, time) => sum + (Number.isNaN(time) ? 1 : 0), 0),
    slices: sliceByTime(await session.topicTerms(), session.state.labels, spans, {
      global,
      evolution,
      words,
    }).map(copied),
  };
}

export interface PerClassRequest {
  /** A column with classes; null for the corpus' labels. */
  readonly column?: string | null;
  readonly global?: boolean;
  readonly words?: number;
}

/** Topics by the values of a column: how many documents each topic has in every class, and what it is about there. */
export async function projectPerClass(
  session: Session,
  { column = null, global = true, words = 5 }: PerClassRequest = {},
): Promise<PerClassResult> {
  const values = column === null ? session.corpus.labels : corpusColumn(session, column);
  if (values === null)
    throw new InputError('This corpus has no label column; name one with --label when it is run, or here.');
  // A column has '' where the corpus' labels have none.
  const { names, classes } = classesOf(values.map((value) => (value?.trim() ? value : null)));
  if (names.length === 0)
    throw new InputError('No document has a class in that column; name another with --column.');
  return {
    classes: names,
    unclassed: classes.reduce((sum, c) => sum + (c < 0 ? 1 : 0), 0),
    slices: sliceByClass(await session.topicTerms(), session.state.labels, classes, { global, words }).map(
      copied,
    ),
  };
}

function copied<T extends { keywords: readonly { keyword: string; weight: number }[] }>(slice: T) {
  return { ...slice, keywords: [...slice.keywords] };
}
