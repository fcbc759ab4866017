import type { Language } from '../base/language.ts';
import type { PlotlyFigure } from '../protocol.ts';
import type { Topic } from '../stages.ts';
import { colorOf, shortName, type FigureOptions } from './bars.ts';
import { baseLayout, ink } from './layout.ts';
import { beginning, plotlyText } from './text.ts';
import { figureWords } from './words.ts';

/** A topic's counts in each bin or class. `keywords` says what it was about there, where that was computed. */
export interface TopicSeries {
  readonly topic: number;
  readonly counts: ArrayLike<number>;
  readonly keywords?: readonly (readonly string[])[];
}

interface SeriesOptions extends FigureOptions {
  /** Topics drawn, the largest first. */
  readonly limit?: number;
  /** Each topic as shares of its own documents, so that small ones can be compared with large ones. */
  readonly normalised?: boolean;
}

/** Topics over time: a line a topic over the bins' starts (ISO dates). */
export function topicsOverTime(
  topics: readonly Topic[],
  bins: readonly string[],
  series: readonly TopicSeries[],
  options: SeriesOptions = {},
): PlotlyFigure {
  const words = figureWords(options.language);
  const range = spansInUse(bins, series);
  return {
    data: drawn(topics, series, options).map(({ topic, values, text }) => ({
      type: 'scatter',
      mode: 'lines+markers',
      name: shortName(topic),
      x: bins,
      y: values,
      text,
      line: { color: colorOf(topic.id, options), width: 2 },
      marker: { size: 5 },
      hovertemplate: `%{text}<br>%{x}: %{y${options.normalised ? ':.1%' : ':,'}}<extra></extra>`,
    })),
    layout: baseLayout(options.theme ?? 'light', {
      showlegend: true,
      hovermode: 'closest',
      xaxis: { ...(range === null ? {} : { range }), ...dateFormat(options.language) },
      yaxis: {
        title: { text: options.normalised ? words.shareOfTopic : words.documents },
        rangemode: 'tozero',
      },
    }),
  };
}

/** Plotly writes months in English; digits are read in every language. */
function dateFormat(language: Language = 'en'): Record<string, unknown> {
  if (language === 'en') return {};
  const [day, year] = [86_400_000, 'M12'];
  return {
    hoverformat: '%Y-%m-%d',
    tickformatstops: [
      { dtickrange: [null, day - 1], value: '%Y-%m-%d %H:%M' },
      { dtickrange: [day, 'M1'], value: '%Y-%m-%d' },
      { dtickrange: ['M1', year], value: '%Y-%m' },
      { dtickrange: [year, null], value: '%Y' },
    ],
  };
}

/**
 * A few documents of another time (a wrong clock, an old letter) would press all others into a corner: the picture begins
 * with the spans that hold all but a hundredth of them; zooming out shows the rest. Null where that is nearly everything.
 */
function spansInUse(bins: readonly string[], series: readonly TopicSeries[]): [string, string] | null {
  const totals = bins.map((_, b) => series.reduce((sum, { counts }) => sum + (counts[b] ?? 0), 0));
  const few = totals.reduce((sum, count) => sum + count, 0) / 200;
  const edge = (order: readonly number[]): number => {
    let passed = 0;
    return order.find((b) => (passed += totals[b]) > few) ?? 0;
  };
  const all = [...bins.keys()];
  const first = Math.max(0, edge(all) - 1);
  const last = Math.min(bins.length - 1, edge(all.reverse()) + 1);
  return last - first + 1 > (2 / 3) * bins.length ? null : [bins[first], bins[last]];
}

/** Topics per class: a bar a class (a label column's values), stacked by topic. */
export function topicsPerClass(
  topics: readonly Topic[],
  classes: readonly string[],
  series: readonly TopicSeries[],
  options: SeriesOptions = {},
): PlotlyFigure {
  const words = figureWords(options.language);
  const shown = drawn(topics, series, options);
  const names = classes.map((c) => plotlyText(beginning(c, 36)));
  return {
    data: shown.map(({ topic, values, text }) => ({
      type: 'bar',
      orientation: 'h',
      name: shortName(topic),
      x: values,
      y: classes.map((_, i) => i),
      text,
      textposition: 'none',
      marker: { color: colorOf(topic.id, options) },
      hovertemplate: `%{text}: %{x${options.normalised ? ':.1%' : ':,'}}<extra></extra>`,
    })),
    layout: baseLayout(options.theme ?? 'light', {
      barmode: 'stack',
      showlegend: true,
      // The first is drawn leftmost; Plotly would list it last.
      legend: { traceorder: 'normal' },
      xaxis: { title: { text: options.normalised ? words.shareOfTopic : words.documents } },
      yaxis: {
        tickvals: classes.map((_, i) => i),
        ticktext: names,
        automargin: true,
        autorange: 'reversed',
      },
      // As high as the legend, too, which would scroll otherwise.
      height: 80 + Math.max(24 * Math.max(6, classes.length), 20 * shown.length),
    }),
  };
}

function drawn(
  topics: readonly Topic[],
  series: readonly TopicSeries[],
  options: SeriesOptions,
): { topic: Topic; values: number[]; text: string[] }[] {
  const byId = new Map(topics.map((t) => [t.id, t]));
  return series
    .flatMap((s) => {
      const topic = byId.get(s.topic);
      return topic === undefined || s.topic < 0 ? [] : [{ s, topic }];
    })
    .sort((a, b) => b.topic.count - a.topic.count || a.topic.id - b.topic.id)
    .slice(0, options.limit ?? 10)
    .map(({ s, topic }) => {
      const counts = Array.from(s.counts);
      const total = counts.reduce((sum, v) => sum + v, 0) || 1;
      return {
        topic,
        values: options.normalised ? counts.map((v) => v / total) : counts,
        text: counts.map((_, i) => {
          const words = s.keywords?.[i];
          return words ? `<b>${shortName(topic)}</b><br>${plotlyText(words.join(', '))}` : shortName(topic);
        }),
      };
    });
}

/** What each smallest topic size gives: topics (left axis) and outliers (right axis); the size in use is marked. */
export function sizeSweep(
  points: readonly { size: number; topics: number; outlierShare: number }[],
  chosen: number | null,
  options: FigureOptions = {},
): PlotlyFigure {
  const theme = options.theme ?? 'light';
  const words = figureWords(options.language);
  const x = points.map((p) => p.size);
  const line = (name: string, y: number[], color: string, axis: string, format: string) => ({
    type: 'scatter',
    mode: 'lines+markers',
    name,
    x,
    y,
    yaxis: axis,
    line: { color, width: 2 },
    hovertemplate: `${words.sizeOf('%{x}')}: %{y${format}} ${name}<extra></extra>`,
  });
  const { accent, quiet } = ink[theme];
  return {
    data: [
      line(
        words.topics,
        points.map((p) => p.topics),
        accent,
        'y',
        '',
      ),
      line(
        words.outliers,
        points.map((p) => p.outlierShare),
        quiet,
        'y2',
        ':.1%',
      ),
    ],
    layout: baseLayout(theme, {
      showlegend: true,
      xaxis: { title: { text: words.smallestSize } },
      yaxis: { title: { text: words.topics }, rangemode: 'tozero' },
      yaxis2: {
        title: { text: words.outliers },
        overlaying: 'y',
        side: 'right',
        tickformat: '.0%',
        range: [0, 1],
        showgrid: false,
      },
      margin: { l: 48, r: 56, t: 16, b: 48 },
      shapes:
        chosen === null
          ? []
          : [
              {
                type: 'line',
                x0: chosen,
                x1: chosen,
                y0: 0,
                y1: 1,
                yref: 'paper',
                line: { color: quiet, dash: 'dot' },
              },
            ],
    }),
  };
}
