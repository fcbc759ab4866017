import type { Language } from '../base/language.ts';
import type { PlotlyFigure, ThemedFigure } from '../protocol.ts';
import type { Topic } from '../stages.ts';
import { densityTrace } from './density.ts';
import {
  extentOf,
  labelSize,
  pictureScale,
  placeLabels,
  standsAbove,
  type Extent,
  type Label,
} from './labels.ts';
import { baseLayout, ink } from './layout.ts';
import { outlierColor, type Theme } from './palette.ts';
import { topicPeaks, type TopicPeak } from './peaks.ts';
import { hoverText, plotlyText, shortLabel } from './text.ts';
import { topicColors, type TopicColors } from './topic-colors.ts';
import { figureWords, type FigureWords } from './words.ts';

export interface TopicMapInput {
  /** Places of the documents; NaN where a document has none (no text). */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly labels: Int32Array;
  readonly topics: readonly Pick<Topic, 'id' | 'name'>[];
  /** For the hover's beginning of the document; null for a map without. */
  readonly texts: readonly string[] | null;
  /** Made from the map when left out. */
  readonly colors?: TopicColors;
  readonly theme?: Theme;
  /** Of what the map says itself. */
  readonly language?: Language;
  /** Lays density contours under the points. */
  readonly contours?: boolean;
  /** Most documents drawn; beyond, an even sample that the figure's `meta` tells. */
  readonly limit?: number;
}

/**
 * The topic map: one WebGL trace a colour, however many topics share it (a few dozen traces stay fast at 100,000 points
 * and more), outliers grey beneath, names at the densest spot of each topic where they don't overlap.
 * Names let the pointer through to the points beneath. A trace's `customdata` holds the documents' rows; `layout.meta` says what is drawn.
 */
export function topicMap(input: TopicMapInput): PlotlyFigure {
  const theme = input.theme ?? 'light';
  return drawMap(input, [theme])[0];
}

/** The map in both themes, alike in everything but colours: what is large, its points and texts, is there once. */
export function topicMaps(input: Omit<TopicMapInput, 'theme'>): ThemedFigure {
  const [light, dark] = drawMap(input, ['light', 'dark']);
  return { light, dark };
}

/** A map a theme; a trace has one colour in each of them. */
function drawMap(input: Omit<TopicMapInput, 'theme'>, themes: readonly Theme[]): PlotlyFigure[] {
  const { x, y, labels } = input;
  const words = figureWords(input.language);
  const peaks = topicPeaks(x, y, labels);
  const colors = input.colors ?? topicColors(peaks);
  const names = new Map(input.topics.map((topic) => [topic.id, topic.name]));
  const { rows, step } = drawnRows(x, y, input.limit ?? 500_000);
  const shadesOf = (topic: number): string[] =>
    themes.map((theme) => (topic < 0 ? outlierColor[theme] : (colors[theme][topic] ?? ink[theme].accent)));
  const size = pointSize(rows.length);
  const traces = groupRows(rows, labels, shadesOf).map(({ shades, isOutliers, rows: group }) => {
    const shared = {
      type: 'scattergl',
      mode: 'markers',
      x: Float32Array.from(group, (i) => x[i]),
      y: Float32Array.from(group, (i) => y[i]),
      customdata: Int32Array.from(group),
      ...(input.texts === null
        ? { hoverinfo: 'none' }
        : {
            text: hoverTexts(group, input.texts, labels, names, words),
            hovertemplate: '%{text}<extra></extra>',
          }),
    };
    const look = isOutliers ? { size: size * 0.8, opacity: 0.5 } : { size, opacity: 0.75 };
    return shades.map((color) => ({
      ...shared,
      name: isOutliers ? words.outliersOf(group.length * step) : color,
      marker: { color, ...look },
    }));
  });
  const named = mapNames(peaks, names);
  const outliers = labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
  const told = { documents: labels.length, drawn: rows.length, every: step, outliers, names: named };
  return themes.map((theme, t) => {
    const data = traces.map((inThemes) => inThemes[t]);
    return {
      data: input.contours ? [...data, densityTrace(x, y, theme)] : data,
      layout: mapLayout(theme, {
        annotations: nameAnnotations(named, extentOf(x, y), theme),
        meta: { ...told, colors: colors[theme] },
      }),
    };
  });
}

interface ShadeGroup {
  /** A colour a theme. */
  readonly shades: readonly string[];
  readonly isOutliers: boolean;
  readonly rows: number[];
}

/** Documents whose topics have the same colours in every theme; the outliers first, even where there are none. */
function groupRows(
  rows: readonly number[],
  labels: Int32Array,
  shadesOf: (topic: number) => readonly string[],
): ShadeGroup[] {
  const groups = new Map<string, ShadeGroup>();
  const ofTopic = new Map<number, ShadeGroup>();
  const groupOf = (topic: number): ShadeGroup => {
    const known = ofTopic.get(topic);
    if (known) return known;
    const [shades, isOutliers] = [shadesOf(topic), topic < 0];
    const key = isOutliers ? '' : shades.join(' ');
    const group = groups.get(key) ?? { shades, isOutliers, rows: [] };
    groups.set(key, group);
    ofTopic.set(topic, group);
    return group;
  };
  groupOf(-1);
  for (const i of rows) groupOf(Math.max(-1, labels[i])).rows.push(i);
  return [...groups.values()];
}

function hoverTexts(
  rows: readonly number[],
  texts: readonly string[],
  labels: Int32Array,
  names: ReadonlyMap<number, string>,
  words: FigureWords,
): string[] {
  // A long label for each of very many points is memory that nobody reads.
  const characters = labels.length > 200_000 ? 60 : labels.length > 50_000 ? 100 : 160;
  const titles = new Map<number, string>();
  return rows.map((i) => {
    let title = titles.get(labels[i]);
    if (title === undefined) {
      const topic = labels[i];
      const name = topic < 0 ? words.outlier : shortLabel(names.get(topic) ?? words.topicOf(topic), 60);
      titles.set(labels[i], (title = `<b>${plotlyText(name)}</b><br>`));
    }
    return title + hoverText(texts[i], characters);
  });
}

/** Every document with a place, or every n-th when there are more than may be drawn. */
function drawnRows(x: Float32Array, y: Float32Array, limit: number): { rows: number[]; step: number } {
  const placed: number[] = [];
  for (let i = 0; i < x.length; i++) if (Number.isFinite(x[i]) && Number.isFinite(y[i])) placed.push(i);
  const step = Math.max(1, Math.ceil(placed.length / limit));
  return { rows: step === 1 ? placed : placed.filter((_, i) => i % step === 0), step };
}

/** Points shrink as they get many, from 9 to 2 pixels. */
export function pointSize(count: number): number {
  return Math.round(Math.min(9, Math.max(2, 26 / Math.log10(count + 10) ** 1.5)) * 2) / 2;
}

/** A name that may stand on the map; `layout.meta.names` has them all, for whoever places them anew when zooming. */
interface MapName extends Label {
  readonly topic: number;
}

function mapNames(peaks: readonly TopicPeak[], names: ReadonlyMap<number, string>): MapName[] {
  return peaks.map(({ id, x, y, count, reach }) => ({
    topic: id,
    x,
    y,
    text: shortLabel(names.get(id) ?? String(id), 32),
    weight: count,
    reach,
  }));
}

function nameAnnotations(
  labels: readonly MapName[],
  extent: Extent,
  theme: Theme,
): Record<string, unknown>[] {
  const scale = pictureScale(extent);
  return placeLabels(labels, extent).map((i) => ({
    x: labels[i].x,
    y: labels[i].y,
    yshift: standsAbove(labels[i], scale),
    text: plotlyText(labels[i].text),
    showarrow: false,
    name: String(labels[i].topic),
    font: { size: labelSize, color: ink[theme].text },
    bgcolor: theme === 'light' ? 'rgba(255,255,255,0.72)' : 'rgba(22,25,29,0.72)',
    borderpad: 2,
  }));
}

/** Axes without ticks and with one scale; a finite `spikedistance` keeps hovering fast (plotly.js #8036). */
export function mapLayout(theme: Theme, more: Record<string, unknown>): Record<string, unknown> {
  const axis = { visible: false, showgrid: false, zeroline: false };
  return baseLayout(theme, {
    margin: { l: 0, r: 0, t: 0, b: 0 },
    xaxis: axis,
    yaxis: { ...axis, scaleanchor: 'x' },
    hovermode: 'closest',
    hoverdistance: 20,
    spikedistance: 20,
    dragmode: 'pan',
    ...more,
  });
}
