import { topicsOverTime, type Theme } from './map/index.ts';
import { projectOverTime } from './project-slices.ts';
import type { PlotlyFigure } from './protocol.ts';
import type { Session } from './session.ts';
import {
  binsByCalendar,
  calendarUnits,
  parseDates,
  type CalendarUnit,
  type TimeBins,
} from './topics/index.ts';

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
export async function overTimeFigure(session: Session, theme: Theme): Promise<PlotlyFigure> {
  const times = documentTimes(session);
  const { bins, slices } = await projectOverTime(session, {
    bins: times === null ? 'month' : readableBins(times).unit,
  });
  const series = session.state.topics.map(({ id }) => {
    const counts = new Array<number>(bins.length).fill(0);
    const keywords = bins.map((): string[] => []);
    for (const { topic, slice, count, keywords: words } of slices) {
      if (topic !== id) continue;
      counts[slice] = count;
      keywords[slice] = words.map((k) => k.keyword);
    }
    return { topic: id, counts, keywords };
  });
  return topicsOverTime(
    session.state.topics,
    bins.map(({ start }) => start.slice(0, 10)),
    series,
    { theme, colors: session.colors()[theme] },
  );
}
