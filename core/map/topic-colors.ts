import { mapNeighbours, type Place } from './neighbours.ts';
import { coreSize, leastNeighbourDifference, palette, type Palette, type Theme } from './palette.ts';

/** Each topic's colour as #rrggbb, by its id. */
export interface TopicColors {
  readonly light: Record<number, string>;
  readonly dark: Record<number, string>;
}

/** A topic's place on the map. */
export interface TopicPlace extends Place {
  readonly id: number;
}

/**
 * Colours topics so that neighbours on the map differ by ΔE2000 ≥ 20 for normal vision and for the three dichromacies,
 * on a light and on a dark background. Beyond neighbours, colours repeat: with 150 topics the names do the rest.
 */
export function topicColors(places: readonly TopicPlace[]): TopicColors {
  const neighbours = mapNeighbours(places);
  const order = smallestLast(neighbours);
  const named = (theme: Theme): Record<number, string> => {
    const shades = palette(theme);
    const chosen =
      color(neighbours, order, shades, shades.colors.length) ??
      color(neighbours, order, shades, coreSize) ??
      [];
    return Object.fromEntries(places.map((place, i) => [place.id, shades.colors[chosen[i]]]));
  };
  return { light: named('light'), dark: named('dark') };
}

/**
 * Colours one topic after the other with, of the colours far enough from its neighbours', the one that was used least;
 * then the one farthest from the neighbours' and their neighbours' colours. Null when one is left without a colour, which
 * can't happen with the palette's core on a planar graph.
 */
function color(
  neighbours: readonly number[][],
  order: readonly number[],
  shades: Palette,
  count: number,
): Int32Array | null {
  const chosen = new Int32Array(neighbours.length).fill(-1);
  const used = new Int32Array(count);
  const n = shades.colors.length;
  const least = (c: number, topics: Iterable<number>): number => {
    let result = 100;
    for (const t of topics)
      if (chosen[t] >= 0) result = Math.min(result, shades.differences[c * n + chosen[t]]);
    return result;
  };
  for (const topic of order) {
    const beside = neighbours[topic];
    const around = new Set(beside.flatMap((t) => neighbours[t]));
    around.delete(topic);
    let best = -1;
    let bestScore = -Infinity;
    for (let c = 0; c < count; c++) {
      const difference = least(c, beside);
      if (difference < leastNeighbourDifference) continue;
      const score = Math.min(difference, 30) + Math.min(least(c, around), 20) - 4 * used[c];
      if (score > bestScore) [best, bestScore] = [c, score];
    }
    if (best < 0) return null;
    chosen[topic] = best;
    used[best]++;
  }
  return chosen;
}

/** Matula & Beck 1983: whoever has the fewest neighbours left is taken out last-coloured; in a planar graph that is at most five. */
function smallestLast(neighbours: readonly number[][]): number[] {
  const degree = neighbours.map((list) => list.length);
  const left = new Set(neighbours.keys());
  const order: number[] = [];
  while (left.size > 0) {
    let smallest = -1;
    for (const t of left) if (smallest < 0 || degree[t] < degree[smallest]) smallest = t;
    left.delete(smallest);
    for (const t of neighbours[smallest]) degree[t]--;
    order.push(smallest);
  }
  return order.reverse();
}
