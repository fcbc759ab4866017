import { InputError } from './base/errors.ts';
import { topicTerms } from './keywords/index.ts';
import { topicsOverTime, type Theme, type TopicSeries } from './map/index.ts';
import type { PlotlyFigure } from './protocol.ts';
import type { Session } from './session.ts';
import { binsByCalendar, calendarUnits, parseDates, sliceByTime, type TimeBins } from './topics/index.ts';

/** Milliseconds since 1970 of every document, NaN without a date that can be read; null without a date column. */
export function documentTimes(session: Session): Float64Array | null {
  const { dates } = session.corpus;
  return dates && parseDates(dates);
}

/** More spans than these are finer than a line of a figure shows. */
const most = 60;

/** The finest of days, weeks, months, quarters and years that gives few enough spans. */
export function readableBins(times: Float64Array): TimeBins {
  let bins = binsByCalendar(times, calendarUnits[0]);
  for (const unit of calendarUnits.slice(1)) {
    if (bins.edges.length - 1 <= most) break;
    bins = binsByCalendar(times, unit);
  }
  return bins;
}

/**
 * Topics over time: documents of each topic in each span, with what the topic was about there (BERTopic's `topics_over_time`).
 * @throws InputError without a column of dates
 */
export async function overTimeFigure(
  session: Session,
  options: { theme: Theme; limit?: number },
): Promise<PlotlyFigure> {
  const times = documentTimes(session);
  if (times === null || times.every(Number.isNaN))
    throw new InputError('This corpus has no dates; name its column with --date when it is run.');
  const bins = readableBins(times);
  const count = bins.edges.length - 1;
  const { labels, topics } = session.state;
  const terms = topicTerms(await session.terms(), labels, session.params.keywords);
  const series = new Map<number, TopicSeries & { counts: number[]; keywords: string[][] }>();
  for (const { topic, slice, count: documents, keywords } of sliceByTime(terms, labels, bins)) {
    let own = series.get(topic);
    if (!own) {
      own = {
        topic,
        counts: new Array<number>(count).fill(0),
        keywords: Array.from({ length: count }, () => []),
      };
      series.set(topic, own);
    }
    own.counts[slice] = documents;
    own.keywords[slice] = keywords.map((k) => k.keyword);
  }
  const starts = Array.from(bins.edges.subarray(0, count), (edge) =>
    new Date(edge).toISOString().slice(0, 10),
  );
  return topicsOverTime(topics, starts, [...series.values()], {
    ...options,
    colors: session.colors()[options.theme],
  });
}
