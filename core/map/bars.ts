import type { Language } from '../base/language.ts';
import type { PlotlyFigure } from '../protocol.ts';
import type { Topic } from '../stages.ts';
import { baseLayout, ink } from './layout.ts';
import { outlierColor, type Theme } from './palette.ts';
import { plotlyText, shortLabel } from './text.ts';
import { figureWords } from './words.ts';

export interface FigureOptions {
  readonly theme?: Theme;
  /** Of what the figure says itself. */
  readonly language?: Language;
  /** Colours by topic id, as the map has them. */
  readonly colors?: Readonly<Record<number, string>>;
}

/** A topic's colour in a figure: the map's, grey for outliers. */
export function colorOf(topic: number, options: FigureOptions): string {
  const theme = options.theme ?? 'light';
  return topic < 0 ? outlierColor[theme] : (options.colors?.[topic] ?? ink[theme].accent);
}

/** A topic's name as a label. */
export function shortName(topic: Pick<Topic, 'id' | 'name'>, characters = 36): string {
  return plotlyText(shortLabel(topic.name, characters)) || String(topic.id);
}

const columns = 3;

/** Keyword bars: a small chart a topic, the strongest keyword on top; the largest topics when there are more than `limit`. */
export function keywordBars(
  topics: readonly Topic[],
  options: FigureOptions & { limit?: number; keywords?: number } = {},
): PlotlyFigure {
  const theme = options.theme ?? 'light';
  const shown = topics.filter((t) => t.id >= 0).slice(0, options.limit ?? 12);
  const count = options.keywords ?? 8;
  const rows = Math.max(1, Math.ceil(shown.length / columns));
  const layout: Record<string, unknown> = {};
  const annotations: Record<string, unknown>[] = [];
  const data = shown.map((topic, i) => {
    const suffix = i === 0 ? '' : String(i + 1);
    const column = i % columns;
    const top = 1 - Math.floor(i / columns) / rows;
    const left = column / columns + 0.1;
    layout[`xaxis${suffix}`] = {
      domain: [left, (column + 1) / columns - 0.02],
      anchor: `y${suffix}`,
      showticklabels: false,
      showgrid: false,
      zeroline: false,
    };
    layout[`yaxis${suffix}`] = {
      domain: [top - 1 / rows + 0.02 / rows, top - 0.18 / rows],
      anchor: `x${suffix}`,
      autorange: 'reversed',
      type: 'category',
      dtick: 1,
      showgrid: false,
      tickfont: { size: 11 },
    };
    annotations.push({
      text: `<b>${shortName(topic)}</b>`,
      x: left - 0.08,
      y: top - 0.15 / rows,
      xref: 'paper',
      yref: 'paper',
      xanchor: 'left',
      yanchor: 'bottom',
      showarrow: false,
    });
    const keywords = topic.keywords.slice(0, count);
    return {
      type: 'bar',
      orientation: 'h',
      name: shortName(topic),
      x: keywords.map((k) => k.weight),
      y: keywords.map((k) => plotlyText(k.keyword)),
      xaxis: `x${suffix}`,
      yaxis: `y${suffix}`,
      marker: { color: colorOf(topic.id, options) },
      hovertemplate: '%{y}: %{x:.4f}<extra></extra>',
    };
  });
  return {
    data,
    layout: baseLayout(theme, { ...layout, annotations, height: 60 + rows * (44 + 20 * count) }),
  };
}

/** How many documents each topic has, the outliers among them in grey. */
export function topicSizes(topics: readonly Topic[], options: FigureOptions = {}): PlotlyFigure {
  const words = figureWords(options.language);
  const sorted = [...topics].sort((a, b) => b.count - a.count || a.id - b.id);
  const nameOf = (topic: Topic, characters?: number): string =>
    topic.id < 0 ? words.Outliers : shortName(topic, characters);
  return {
    data: [
      {
        type: 'bar',
        orientation: 'h',
        x: sorted.map((t) => t.count),
        // Two topics may have one name: the bar's place is its id.
        y: sorted.map((t) => String(t.id)),
        marker: { color: sorted.map((t) => colorOf(t.id, options)) },
        customdata: sorted.map((t) => t.share),
        text: sorted.map((t) => nameOf(t, 60)),
        textposition: 'none',
        hovertemplate: `%{text}: ${words.documentsOf('%{x:,}')} (%{customdata:.1%})<extra></extra>`,
      },
    ],
    layout: baseLayout(options.theme ?? 'light', {
      xaxis: { title: { text: words.documents } },
      yaxis: {
        type: 'category',
        autorange: 'reversed',
        tickvals: sorted.map((t) => String(t.id)),
        ticktext: sorted.map((t) => nameOf(t)),
        automargin: true,
        showgrid: false,
      },
      height: 60 + 20 * Math.max(4, sorted.length),
    }),
  };
}

/** How a topic's keywords lose weight by rank: where a line flattens, more keywords say nothing more. */
export function termRank(
  topics: readonly Topic[],
  options: FigureOptions & { logarithmic?: boolean } = {},
): PlotlyFigure {
  const words = figureWords(options.language);
  const shown = topics.filter((t) => t.id >= 0 && t.keywords.length > 0);
  return {
    data: shown.map((topic) => ({
      type: 'scatter',
      mode: 'lines+markers',
      name: shortName(topic),
      x: topic.keywords.map((_, i) => i + 1),
      y: topic.keywords.map((k) => k.weight),
      text: topic.keywords.map((k) => plotlyText(k.keyword)),
      line: { color: colorOf(topic.id, options), width: 1.5 },
      marker: { size: 4 },
      hovertemplate: `${shortName(topic).replaceAll('%{', '%')}<br>%{x}. %{text}: %{y:.4f}<extra></extra>`,
    })),
    layout: baseLayout(options.theme ?? 'light', {
      xaxis: { title: { text: words.rank }, dtick: 1 },
      yaxis: { title: { text: words.weight }, type: options.logarithmic ? 'log' : 'linear' },
      hovermode: 'closest',
    }),
  };
}
