import type { PlotlyFigure } from '../protocol.ts';
import type { Topic } from '../stages.ts';
import { colorOf, shortName, type FigureOptions } from './bars.ts';
import { baseLayout, ink } from './layout.ts';
import { plotlyText } from './text.ts';
import { leavesOf, type Merges } from './tree.ts';
import { figureWords } from './words.ts';

/**
 * The dendrogram of the topics: leaf i is `topics[i]`, branches join at their distance. `names` labels the merges (their
 * keywords), shown when hovering a joint.
 */
export function hierarchyFigure(
  topics: readonly Topic[],
  merges: Merges,
  options: FigureOptions & { names?: readonly string[] } = {},
): PlotlyFigure {
  const theme = options.theme ?? 'light';
  const words = figureWords(options.language);
  const n = topics.length;
  const below = leavesOf(merges, n);
  const place = new Float64Array(n + merges.left.length);
  const height = new Float64Array(n + merges.left.length);
  const order = orderOfLeaves(below, merges, n);
  order.forEach((leaf, position) => (place[leaf] = position));
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  for (let i = 0; i < merges.left.length; i++) {
    const [l, r] = [merges.left[i], merges.right[i]];
    const node = n + i;
    place[node] = (place[l] + place[r]) / 2;
    height[node] = merges.distance[i];
    x.push(height[l], height[node], height[node], height[r], null);
    y.push(place[l], place[l], place[r], place[r], null);
  }
  const joints = Array.from({ length: merges.left.length }, (_, i) => n + i);
  const label = (node: number): string =>
    options.names?.[node - n] === undefined
      ? words.topicsOf(below[node].length)
      : plotlyText(options.names[node - n]);
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines',
        x,
        y,
        line: { color: ink[theme].quiet, width: 1.2 },
        hoverinfo: 'skip',
      },
      {
        type: 'scatter',
        mode: 'markers',
        x: joints.map((node) => height[node]),
        y: joints.map((node) => place[node]),
        text: joints.map(label),
        customdata: joints.map((node) => below[node].map((leaf) => topics[leaf].id)),
        marker: { color: ink[theme].accent, size: 6 },
        hovertemplate: `%{text}<br>${words.distanceOf('%{x:.3f}')}<extra></extra>`,
      },
      {
        type: 'scatter',
        mode: 'markers',
        x: order.map(() => 0),
        y: order.map((_, i) => i),
        text: order.map((leaf) => shortName(topics[leaf], 80)),
        marker: { color: order.map((leaf) => colorOf(topics[leaf].id, options)), size: 9 },
        cliponaxis: false,
        hovertemplate: '%{text}<extra></extra>',
      },
    ],
    layout: baseLayout(theme, {
      xaxis: { title: { text: words.distance }, rangemode: 'tozero' },
      yaxis: {
        tickvals: order.map((_, i) => i),
        ticktext: order.map((leaf) => shortName(topics[leaf])),
        ticklabelstandoff: 6,
        automargin: true,
        showgrid: false,
        zeroline: false,
        range: [n - 0.5, -0.5],
      },
      hovermode: 'closest',
      height: 80 + 20 * Math.max(4, n),
    }),
  };
}

/** All leaves, trees that were never joined one below the other. */
function orderOfLeaves(below: readonly number[][], merges: Merges, leaves: number): number[] {
  const joined = new Set<number>();
  for (let i = 0; i < merges.left.length; i++) joined.add(merges.left[i]).add(merges.right[i]);
  return Array.from({ length: leaves + merges.left.length }, (_, node) => node)
    .filter((node) => !joined.has(node))
    .reverse()
    .flatMap((node) => below[node]);
}
