import type { PlotlyFigure } from '../protocol.ts';
import type { Matrix } from '../base/matrix.ts';
import type { Topic } from '../stages.ts';
import { shortName, type FigureOptions } from './bars.ts';
import { baseLayout, wholeNumbers } from './layout.ts';
import type { Theme } from './palette.ts';
import { plotlyText } from './text.ts';
import { figureWords } from './words.ts';

/** From the background to a strong blue in even steps of lightness: read without a hue, by everyone. */
const scale: Record<Theme, [number, string][]> = {
  light: [
    [0, '#f7f9fc'],
    [0.25, '#c9dcf1'],
    [0.5, '#8db5e0'],
    [0.75, '#4c86c6'],
    [1, '#123f7a'],
  ],
  dark: [
    [0, '#1b2027'],
    [0.25, '#24456d'],
    [0.5, '#3a72b0'],
    [0.75, '#6ea6e3'],
    [1, '#d6e8fb'],
  ],
};

interface HeatOptions {
  readonly theme: Theme;
  readonly unit: string;
  readonly hover: string;
  readonly square?: boolean;
  /** The values at the ends of the scale; the least and the largest there are when left out. */
  readonly range?: readonly [number, number];
  /** What rows and columns are where there are too many of them to be named. */
  readonly unnamed: { readonly rows: string; readonly columns: string };
  readonly more?: Record<string, unknown>;
}

/** More names than these can't be read along an axis. */
const mostNames = 80;

/** In a window's width, more names than these lie on each other unless they are upright. */
const mostAslant = 40;

/** The right end of a wide window is far from a square picture at its left. */
const aboveLeft = {
  orientation: 'h',
  x: 0,
  xanchor: 'left',
  y: 1,
  yanchor: 'bottom',
  lenmode: 'pixels',
  len: 240,
};

/** A matrix as a heat map; rows from the top. Labels are plain text already escaped, and may repeat. */
function heatMap(
  z: number[][],
  rows: readonly string[],
  columns: readonly string[],
  options: HeatOptions,
): PlotlyFigure {
  const axis = (labels: readonly string[], unnamed: string): Record<string, unknown> => ({
    tickvals: labels.map((_, i) => i),
    ticktext: labels,
    showgrid: false,
    zeroline: false,
    automargin: true,
    // Many names in small type are no names.
    showticklabels: labels.length <= mostNames,
    ticks: labels.length <= mostNames ? 'outside' : '',
    ...(labels.length <= mostNames ? {} : { title: { text: unnamed } }),
  });
  return {
    data: [
      {
        type: 'heatmap',
        z,
        ...(options.range ? { zmin: options.range[0], zmax: options.range[1] } : {}),
        colorscale: scale[options.theme],
        colorbar: {
          title: { text: options.unit, side: options.square ? 'top' : 'right' },
          thickness: 12,
          outlinewidth: 0,
          ...wholeNumbers,
          ...(options.square ? aboveLeft : {}),
        },
        text: z.map((line, r) => line.map((_, c) => `${rows[r]}<br>${columns[c]}`)),
        hovertemplate: `%{text}<br>${options.hover}<extra></extra>`,
        xgap: columns.length > 60 ? 0 : 1,
        ygap: rows.length > 60 ? 0 : 1,
      },
    ],
    layout: baseLayout(options.theme, {
      xaxis: {
        ...axis(columns, options.unnamed.columns),
        // Names a row apart would lie on each other aslant.
        tickangle: options.square || columns.length > mostAslant ? -90 : -40,
        // A square picture in a wide window stays beside its rows' names.
        ...(options.square ? { constrain: 'domain', constraintoward: 'left' } : {}),
      },
      yaxis: {
        ...axis(rows, options.unnamed.rows),
        autorange: 'reversed',
        ...(options.square
          ? {
              scaleanchor: 'x',
              constrain: 'domain',
              constraintoward: rows.length <= mostNames ? 'bottom' : 'top',
            }
          : {}),
      },
      ...options.more,
    }),
  };
}

function lines(m: Matrix): number[][] {
  return Array.from({ length: m.rows }, (_, r) =>
    Array.from(m.data.subarray(r * m.columns, (r + 1) * m.columns), (v) => Number(v.toPrecision(5))),
  );
}

/** How alike the topics are: cosine similarities [t × t], in the order of `topics`. */
export function similarityHeatMap(
  topics: readonly Topic[],
  similarity: Matrix,
  options: FigureOptions = {},
): PlotlyFigure {
  const names = topics.map((t) => shortName(t, 28));
  const words = figureWords(options.language);
  const unnamed = words.topicsOf(topics.length);
  return heatMap(lines(similarity), names, names, {
    theme: options.theme ?? 'light',
    unit: words.cosine,
    unnamed: { rows: unnamed, columns: unnamed },
    hover: '%{z:.3f}',
    range: [0, 1],
    square: true,
    more: { height: Math.min(1200, 260 + 14 * topics.length) },
  });
}

/**
 * How much each expert works: the mean routing weight of a set of documents, [routers × experts]. Shows idle experts and
 * those on which a layer leans.
 * @param routers a router's name by row
 */
export function expertHeatMap(
  load: Matrix,
  routers: readonly string[],
  options: FigureOptions & { unit?: string } = {},
): PlotlyFigure {
  const words = figureWords(options.language);
  const experts = Array.from({ length: load.columns }, (_, e) => words.expertOf(e));
  return heatMap(lines(load), routers.map(plotlyText), experts, {
    theme: options.theme ?? 'light',
    unit: plotlyText(options.unit ?? words.routing),
    unnamed: { rows: words.layersOf(load.rows), columns: words.expertsOf(load.columns) },
    hover: '%{z:.4f}',
    more: { height: 160 + 26 * Math.max(3, load.rows) },
  });
}

/** Documents by label (rows) and topic (columns), each row as shares of the label when `normalised`. */
export function contingencyFigure(
  labels: readonly string[],
  topics: readonly Topic[],
  counts: Matrix,
  options: FigureOptions & { normalised?: boolean } = {},
): PlotlyFigure {
  const words = figureWords(options.language);
  const z = lines(counts).map((line) => {
    const total = line.reduce((sum, v) => sum + v, 0);
    return options.normalised && total > 0 ? line.map((v) => v / total) : line;
  });
  return heatMap(
    z,
    labels.map(plotlyText),
    topics.map((t) => shortName(t, 28)),
    {
      theme: options.theme ?? 'light',
      unit: options.normalised ? words.shareOfLabel : words.documents,
      unnamed: { rows: words.labelsOf(labels.length), columns: words.topicsOf(topics.length) },
      hover: options.normalised ? '%{z:.1%}' : words.documentsOf('%{z:,}'),
      // Fewest isn't none.
      range: [0, Math.max(1e-9, ...z.flat())],
      more: { height: 200 + 22 * Math.max(3, labels.length) },
    },
  );
}
