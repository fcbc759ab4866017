import type { Language } from '../base/language.ts';
import { topicsOverTime, topicsPerClass, type Theme, type TopicSeries } from '../map/index.ts';
import { projectOverTime, projectPerClass, type OverTimeRequest, type PerClassRequest } from './slices.ts';
import type { PlotlyFigure, TopicSliceResult } from '../protocol.ts';
import type { Session } from './session.ts';
import {
  binsByCalendar,
  calendarUnits,
  parseDates,
  type CalendarUnit,
  type TimeBins,
} from '../topics/index.ts';

/** How a figure of topics over time or per class is drawn. */
interface SliceFigure {
  readonly theme: Theme;
  readonly language?: Language;
  /** Topics drawn, the largest first. */
  readonly limit?: number;
  /** Each topic as shares of its own documents. */
  readonly normalised?: boolean;
}

/** Milliseconds since 1970 of every document, NaN without a date that can be read; null without a date column. */
export function documentTimes(session: Session): Float64Array | null {
  const { dates } = session.corpus;
  return dates && parseDates(dates);
}

/** More spans than these are finer than a line of a figure shows. */
const most = 60;

/** Documents by the finest of days, weeks, months, quarters and years that gives few enough spans. */
export function readableBins(times: Float64Array): TimeBins & { readonly unit: CalendarUnit } {
  const tried = calendarUnits.map((unit) => ({ ...binsByCalendar(times, unit), unit }));
  return tried.find(({ edges }) => edges.length - 1 <= most) ?? tried[tried.length - 1];
}

/**
 * Topics over time: documents of each topic in each span, with what the topic was about there.
 * @throws InputError without a column of dates
 */
export async function overTimeFigure(
  session: Session,
  { theme, language, limit, normalised, ...request }: SliceFigure & OverTimeRequest,
): Promise<PlotlyFigure> {
  const times = documentTimes(session);
  const { bins, slices } = await projectOverTime(session, {
    ...request,
    bins: request.bins ?? (times === null ? 'month' : readableBins(times).unit),
  });
  return topicsOverTime(
    session.state.topics,
    bins.map(({ start }) => start.slice(0, 10)),
    seriesOf(session, slices, bins.length),
    { theme, language, limit, normalised, colors: session.colors()[theme] },
  );
}

/**
 * Topics per value of a column, with what each topic was about there.
 * @throws InputError without labels where no column is named, or without that column
 */
export async function perClassFigure(
  session: Session,
  { theme, language, limit, normalised, ...request }: SliceFigure & PerClassRequest,
): Promise<PlotlyFigure> {
  const { classes, slices } = await projectPerClass(session, request);
  return topicsPerClass(session.state.topics, classes, seriesOf(session, slices, classes.length), {
    theme,
    language,
    limit,
    normalised,
    colors: session.colors()[theme],
  });
}

/** Counts and keywords of every topic in each bin or class. */
function seriesOf(session: Session, slices: readonly TopicSliceResult[], count: number): TopicSeries[] {
  const rows = new Map(
    session.state.topics.map(({ id }) => [
      id,
      {
        topic: id,
        counts: new Array<number>(count).fill(0),
        keywords: Array.from({ length: count }, (): string[] => []),
      },
    ]),
  );
  for (const { topic, slice, count: documents, keywords } of slices) {
    const row = rows.get(topic);
    if (row === undefined) continue;
    row.counts[slice] = documents;
    row.keywords[slice] = keywords.map((k) => k.keyword);
  }
  return [...rows.values()];
}
