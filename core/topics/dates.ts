import { monthOf } from '../base/months.ts';

/** Milliseconds of a UTC day. */
const DAY = 86_400_000;
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const letters = String.raw`[\p{L}\p{M}]`;
const zones: Record<string, number> = {
  gmt: 0,
  utc: 0,
  ut: 0,
  z: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};

const weekday = String.raw`^(?:${letters}{2,14}\.?,?\s+)?`;
const day = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?`;
const month = String.raw`(?<month>${letters}{3,13})\.?`;
const year = String.raw`(?<year>\d{4}|\d{2})\b,?\s*(?<rest>.*)$`;
const of = String.raw`(?:del?\s+)?`;
/** "Tue, 5 Mar 1993 10:00 GMT", "05-Apr-93", "1. März 2021", "5 de marzo de 2024". */
const dayMonthYear = new RegExp(String.raw`${weekday}${day}[\s-]+${of}${month},?[\s-]+${of}${year}`, 'iu');
/** "March 5, 2024", "Mar 2024", "Fri Apr 16 12:30:00 1993". */
const monthDayYear = new RegExp(
  String.raw`${weekday}${month}\s+(?:${day},?\s+)?(?:(?<time>\d{1,2}:\d{2}\S*)\s+)?${year.replace('|\\d{2}', '')}`,
  'iu',
);

/**
 * A date in one of the common ways of writing it, as milliseconds since 1970 (UTC), or NaN: ISO 8601 and its parts (2024,
 * 2024-03, 2024-03-05T10:00:00+02:00), 2024/03/05, 2024年3月5日, 05.03.2024, 3/5/2024, 5 March 2024, March 5, 2024, e-mail's Tue, 5 Mar 1993
 * 10:00:00 GMT, 1. März 2024 and other languages' months, 20240305, and seconds or milliseconds since 1970. Without a zone it is UTC: the same everywhere.
 * @param dayFirst whether 05/03/2024 is in March (see `dayComesFirst`).
 */
export function parseDate(text: string, dayFirst = false): number {
  const t = text.trim();
  if (t === '') return NaN;
  // A column of years with gaps comes out of pandas as 2024.0.
  if (/^\d{4}(\.0+|年)?$/.test(t)) return utc(parseInt(t, 10), 1, 1);
  if (/^(19|20)\d{2}[01]\d[0-3]\d$/.test(t))
    return utc(Number(t.slice(0, 4)), Number(t.slice(4, 6)), Number(t.slice(6)));
  if (/^-?\d{9,10}(\.\d+)?$/.test(t)) return Number(t) * 1000;
  if (/^\d{12,13}(\.0+)?$/.test(t)) return Number(t);
  const ymd = /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?(?:$|[T\s,]+)(.*)$/.exec(t);
  if (ymd) return utc(Number(ymd[1]), Number(ymd[2]), Number(ymd[3] ?? 1)) + clock(ymd[4]);
  const numeric = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:$|[T\s,]+)(.*)$/.exec(t);
  if (numeric) {
    const [a, b] = [Number(numeric[1]), Number(numeric[3])];
    const first = numeric[2] === '.' || a > 12 || (dayFirst && b <= 12);
    return utc(century(numeric[4]), first ? b : a, first ? a : b) + clock(numeric[5]);
  }
  const named = dayMonthYear.exec(t)?.groups ?? monthDayYear.exec(t)?.groups;
  if (!named) return NaN;
  const month = monthOf(named.month) || months.indexOf(named.month.slice(0, 3).toLowerCase()) + 1;
  if (month === 0) return NaN;
  return utc(century(named.year), month, Number(named.day ?? 1)) + clock(named.time ?? named.rest);
}

function century(year: string): number {
  const y = Number(year);
  return year.length > 2 ? y : y < 70 ? 2000 + y : 1900 + y;
}

function utc(year: number, month: number, day: number): number {
  const time = new Date(0).setUTCFullYear(year, month - 1, day);
  const date = new Date(time);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? time : NaN;
}

/** Milliseconds after midnight UTC of "10:20:30.5 pm +0200" and its parts; 0 for what is no time. */
function clock(text: string | undefined): number {
  const found =
    /^(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?\s*([ap]m)?\s*((?:gmt|utc)?[+-]\d{1,2}(?::?\d{2})?|z|[a-z]{2,3})?/i.exec(
      text ?? '',
    );
  if (!found) return 0;
  const half = found[5]?.toLowerCase();
  const hours = half ? (Number(found[1]) % 12) + (half === 'pm' ? 12 : 0) : Number(found[1]);
  const time =
    hours * 3_600_000 +
    Number(found[2]) * 60_000 +
    Number(found[3] ?? 0) * 1000 +
    Number(found[4] ?? 0) * 1000;
  const zone = (found[6] ?? '').toLowerCase();
  if (zone === '' || zone in zones) return time - (zones[zone] ?? 0) * 3_600_000;
  const offset = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone);
  if (!offset) return time;
  const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
  return time - (offset[1] === '+' ? minutes : -minutes) * 60_000;
}

/** Whether a column writes the day before the month in dates such as 25/12/2024: some first number is over 12, no second one. */
export function dayComesFirst(dates: readonly (string | null)[]): boolean {
  let first = false;
  for (const date of dates) {
    const parts = /^\s*(\d{1,2})[-/](\d{1,2})[-/]\d{2,4}/.exec(date ?? '');
    if (!parts) continue;
    if (Number(parts[2]) > 12) return false;
    if (Number(parts[1]) > 12) first = true;
  }
  return first;
}

/** A column of dates, NaN where there is none or it can't be read. */
export function parseDates(dates: readonly (string | null)[]): Float64Array {
  const dayFirst = dayComesFirst(dates);
  return Float64Array.from(dates, (date) => (date === null ? NaN : parseDate(date, dayFirst)));
}

export const calendarUnits = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type CalendarUnit = (typeof calendarUnits)[number];

/** Bins of time: documents by bin, and when each bin begins and ends. */
export interface TimeBins {
  /** [n] bin of each document, −1 without a date. */
  readonly bins: Int32Array;
  /** [bins + 1] milliseconds since 1970: bin b goes from edges[b] up to, not including, edges[b + 1] (the last includes its end). */
  readonly edges: Float64Array;
}

/**
 * Equal spans between the first and the last date; a date on an edge begins the later one, as a year's first day begins a year
 * (in pandas' cut, and so in BERTopic's, it ends the earlier one). @param times NaN without a date.
 */
export function binsByCount(times: Float64Array, count: number): TimeBins {
  const known = times.filter((t) => !Number.isNaN(t));
  if (known.length === 0) return { bins: new Int32Array(times.length).fill(-1), edges: new Float64Array() };
  let [from, to] = [Infinity, -Infinity];
  for (const t of known) {
    from = Math.min(from, t);
    to = Math.max(to, t);
  }
  const bins = from === to ? 1 : count;
  const edges = Float64Array.from({ length: bins + 1 }, (_, b) => from + ((to - from) * b) / bins);
  return {
    bins: Int32Array.from(times, (t) =>
      Number.isNaN(t) ? -1 : Math.min(bins - 1, Math.floor(((t - from) / (to - from || 1)) * bins)),
    ),
    edges,
  };
}

/** Days, weeks from Monday, months, quarters or years, from the first date's to the last's, empty ones included. */
export function binsByCalendar(times: Float64Array, unit: CalendarUnit): TimeBins {
  const known = times.filter((t) => !Number.isNaN(t));
  if (known.length === 0) return { bins: new Int32Array(times.length).fill(-1), edges: new Float64Array() };
  let [from, to] = [Infinity, -Infinity];
  for (const t of known) {
    from = Math.min(from, t);
    to = Math.max(to, t);
  }
  const edges = [unitStart(from, unit)];
  while (edges[edges.length - 1] <= to) edges.push(nextUnit(edges[edges.length - 1], unit));
  return {
    bins: Int32Array.from(times, (t) => (Number.isNaN(t) ? -1 : lastAtMost(edges, t))),
    edges: Float64Array.from(edges),
  };
}

function unitStart(time: number, unit: CalendarUnit): number {
  const date = new Date(time);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const day = Math.floor(time / DAY) * DAY;
  if (unit === 'day') return day;
  if (unit === 'week') return day - ((date.getUTCDay() + 6) % 7) * DAY;
  if (unit === 'month') return Date.UTC(year, month);
  return unit === 'quarter' ? Date.UTC(year, month - (month % 3)) : Date.UTC(year, 0);
}

function nextUnit(start: number, unit: CalendarUnit): number {
  if (unit === 'day') return start + DAY;
  if (unit === 'week') return start + 7 * DAY;
  const date = new Date(start);
  const step = unit === 'month' ? 1 : unit === 'quarter' ? 3 : 12;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + step);
}

function lastAtMost(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= value) low = middle;
    else high = middle;
  }
  return low;
}
