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
 * on a light and on a dark background. Colours that repeat (few do among thirty topics) repeat far from each other: with
 * 150 topics the names do the rest.
 */
export function topicColors(places: readonly TopicPlace[]): TopicColors {
  const neighbours = mapNeighbours(places);
  const order = smallestLast(neighbours);
  const named = (theme: Theme): Record<number, string> => {
    const shades = palette(theme);
    const chosen =
      color(places, neighbours, order, shades, shades.colors.length) ??
      color(places, neighbours, order, shades, coreSize) ??
      [];
    return Object.fromEntries(places.map((place, i) => [place.id, shades.colors[chosen[i]]]));
  };
  return { light: named('light'), dark: named('dark') };
}

/**
 * Colours one topic after the other. Only colours far enough from its neighbours' come into question; of these the one that
 * is least like those of the topics around (the nearer, the more it counts: clouds of documents reach farther than their
 * peaks' neighbourhood) and that was used least. Null when one is left without a colour, which can't happen with the
 * palette's core on a planar graph.
 */
function color(
  places: readonly Place[],
  neighbours: readonly number[][],
  order: readonly number[],
  shades: Palette,
  count: number,
): Int32Array | null {
  const chosen = new Int32Array(neighbours.length).fill(-1);
  const used = new Int32Array(count);
  const n = shades.colors.length;
  for (const topic of order) {
    const around = surroundings(places, topic).filter(({ other }) => chosen[other] >= 0);
    let best = -1;
    let bestScore = -Infinity;
    for (let c = 0; c < count; c++) {
      const difference = (other: number): number => shades.differences[c * n + chosen[other]];
      const beside = neighbours[topic].filter((t) => chosen[t] >= 0);
      const least = Math.min(30, ...beside.map(difference));
      if (least < leastNeighbourDifference) continue;
      let score = least - 20 * used[c];
      for (const { other, weight } of around) {
        score -= weight * Math.max(0, 25 - difference(other));
        if (chosen[other] === c) score -= 100 * weight;
      }
      if (score > bestScore) [best, bestScore] = [c, score];
    }
    if (best < 0) return null;
    chosen[topic] = best;
    used[best]++;
  }
  return chosen;
}

/** The topics within reach of one, each with how much it counts: 1 in the same place, a half at the sixth-nearest's distance. */
function surroundings(places: readonly Place[], topic: number): { other: number; weight: number }[] {
  const { x, y } = places[topic];
  const squares = Float64Array.from(places, (place) => (place.x - x) ** 2 + (place.y - y) ** 2);
  const sixth = squares.slice().sort()[Math.min(6, places.length - 1)] || 1;
  const found: { other: number; weight: number }[] = [];
  squares.forEach((square, other) => {
    if (other !== topic && square <= 16 * sixth) found.push({ other, weight: 1 / (1 + square / sixth) });
  });
  return found;
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
