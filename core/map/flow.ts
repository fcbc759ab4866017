import type { PlotlyFigure } from '../protocol.ts';
import type { Topic } from '../stages.ts';
import { colorOf, shortName, type FigureOptions } from './bars.ts';
import { flowGap, placeFlow, type Stream } from './flow-layout.ts';
import { baseLayout, ink } from './layout.ts';
import { plotlyText } from './text.ts';
import { figureWords } from './words.ts';

/** One clustering of the same documents, under a name ("HS", "concat"). */
export interface FlowSide {
  readonly name: string;
  readonly topics: readonly Topic[];
  readonly labels: Int32Array;
  readonly colors?: Readonly<Record<number, string>>;
}

const margin = { t: 36, r: 8, b: 12, l: 8 };

/**
 * The flow of documents between the topics of two or more runs (an alluvial diagram). Streams under `least` documents
 * are left out, so that the large ones can be seen; `layout.meta.least` says so.
 */
export function topicFlow(
  sides: readonly FlowSide[],
  options: FigureOptions & { least?: number } = {},
): PlotlyFigure {
  const theme = options.theme ?? 'light';
  const words = figureWords(options.language);
  const documents = sides[0]?.labels.length ?? 0;
  const least = options.least ?? Math.max(1, Math.round(documents / 500));
  const nodes: {
    label: string;
    color: string;
    column: number;
    last: boolean;
    of: [name: string, side: number, topic: number];
  }[] = [];
  const index = sides.map((side, column) => {
    const ids = [...new Set(side.labels)].sort((a, b) => a - b);
    return new Map(
      ids.map((id) => {
        const topic = side.topics.find((t) => t.id === id) ?? { id, name: String(id) };
        const label = id < 0 ? words.outliers : shortName(topic, 24);
        const color = colorOf(id, { theme, colors: side.colors });
        return [
          id,
          nodes.push({ label, color, column, last: id < 0, of: [plotlyText(side.name), column, id] }) - 1,
        ];
      }),
    );
  });
  const streams = sides
    .slice(0, -1)
    .flatMap((side, s) => between(side, sides[s + 1], index[s], index[s + 1], least));
  const { y, height } = placeFlow(nodes, streams);
  const shown = [...nodes.keys()].filter((n) => !Number.isNaN(y[n]));
  const place = new Map(shown.map((n, k) => [n, k]));
  // Plotly takes a place of exactly 0 or 1 for none.
  const across = (column: number): number => 0.001 + (0.998 * column) / Math.max(1, sides.length - 1);
  return {
    data: [
      {
        type: 'sankey',
        arrangement: 'fixed',
        node: {
          label: shown.map((n) => nodes[n].label),
          color: shown.map((n) => nodes[n].color),
          x: shown.map((n) => across(nodes[n].column)),
          y: shown.map((n) => Math.min(0.999, Math.max(0.001, y[n]))),
          /** The side's name and number, the topic. */
          customdata: shown.map((n) => nodes[n].of),
          hovertemplate: `%{customdata[0]}: %{label}<br>${words.documentsOf('%{value:,}')}<extra></extra>`,
          pad: flowGap,
          thickness: 14,
          line: { width: 0 },
        },
        link: {
          source: streams.map(({ source }) => place.get(source)!),
          target: streams.map(({ target }) => place.get(target)!),
          value: streams.map(({ value }) => value),
          color: streams.map(({ source }) => `${nodes[source].color}55`),
          hovertemplate: `%{source.label} → %{target.label}<br>${words.documentsOf('%{value:,}')}<extra></extra>`,
        },
      },
    ],
    layout: baseLayout(theme, {
      font: { size: 11, color: ink[theme].text },
      height: Math.ceil(height) + margin.t + margin.b,
      margin,
      meta: { least },
      annotations: sides.map(({ name }, column) => heading(name, column, sides.length)),
    }),
  };
}

function between(
  a: FlowSide,
  b: FlowSide,
  from: ReadonlyMap<number, number>,
  to: ReadonlyMap<number, number>,
  least: number,
): Stream[] {
  const counts = new Map<string, Stream>();
  a.labels.forEach((label, i) => {
    const [source, target] = [from.get(label)!, to.get(b.labels[i])!];
    const key = `${source} ${target}`;
    counts.set(key, { source, target, value: (counts.get(key)?.value ?? 0) + 1 });
  });
  return [...counts.values()]
    .filter(({ value }) => value >= least)
    .sort((p, q) => p.source - q.source || p.target - q.target);
}

/** A column's name above it. */
function heading(name: string, column: number, columns: number): Record<string, unknown> {
  return {
    text: `<b>${plotlyText(name)}</b>`,
    x: columns > 1 ? column / (columns - 1) : 0,
    xanchor: column === 0 ? 'left' : column === columns - 1 ? 'right' : 'center',
    y: 1,
    yshift: 22,
    xref: 'paper',
    yref: 'paper',
    showarrow: false,
    font: { size: 13 },
  };
}
