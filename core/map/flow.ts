import type { PlotlyFigure } from '../protocol.ts';
import type { Topic } from '../stages.ts';
import { colorOf, shortName, type FigureOptions } from './bars.ts';
import { baseLayout, ink } from './layout.ts';

/** One clustering of the same documents, under a name ("HS", "concat"). */
export interface FlowSide {
  readonly name: string;
  readonly topics: readonly Topic[];
  readonly labels: Int32Array;
  readonly colors?: Readonly<Record<number, string>>;
}

/**
 * The flow of documents between the topics of two or more runs (an alluvial diagram). Streams under `least` documents
 * are left out, so that the large ones can be seen.
 */
export function topicFlow(
  sides: readonly FlowSide[],
  options: FigureOptions & { least?: number } = {},
): PlotlyFigure {
  const theme = options.theme ?? 'light';
  const documents = sides[0]?.labels.length ?? 0;
  const least = options.least ?? Math.max(1, Math.round(documents / 500));
  const nodes: { label: string; color: string; x: number }[] = [];
  const index = sides.map((side, s) => {
    const ids = [...new Set(side.labels)].sort((a, b) => a - b);
    return new Map(
      ids.map((id) => {
        const topic = side.topics.find((t) => t.id === id);
        const label = `${side.name}: ${id < 0 ? 'outliers' : shortName(topic ?? { id, name: String(id) }, 28)}`;
        const color = colorOf(id, { theme, colors: side.colors });
        return [id, nodes.push({ label, color, x: sides.length > 1 ? s / (sides.length - 1) : 0 }) - 1];
      }),
    );
  });
  const source: number[] = [];
  const target: number[] = [];
  const value: number[] = [];
  for (let s = 0; s + 1 < sides.length; s++) {
    const streams = new Map<string, number>();
    sides[s].labels.forEach((label, i) => {
      const key = `${index[s].get(label)} ${index[s + 1].get(sides[s + 1].labels[i])}`;
      streams.set(key, (streams.get(key) ?? 0) + 1);
    });
    for (const [key, count] of [...streams].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (count < least) continue;
      const [from, to] = key.split(' ').map(Number);
      source.push(from);
      target.push(to);
      value.push(count);
    }
  }
  return {
    data: [
      {
        type: 'sankey',
        arrangement: 'snap',
        node: { label: nodes.map((n) => n.label), color: nodes.map((n) => n.color), pad: 6, thickness: 14 },
        link: { source, target, value, color: source.map((n) => `${nodes[n].color}55`) },
      },
    ],
    layout: baseLayout(theme, {
      font: { size: 11, color: ink[theme].text },
      height: 120 + 16 * Math.max(10, ...index.map((side) => side.size)),
    }),
  };
}
