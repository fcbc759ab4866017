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
  /** Its documents. */
  readonly count: number;
}

interface Surrounding {
  readonly other: number;
  readonly weight: number;
}

/** So many of the largest topics are told apart wherever they lie: figures stack them and draw them as lines. */
const largest = 10;
/**
 * Colours topics so that neighbours on the map differ by ΔE2000 ≥ 20 for normal vision and for the three dichromacies,
 * on a light and on a dark background. The ten largest differ from each other, too. Colours that repeat (few do among thirty
 * topics) repeat far from each other: with 150 topics the names do the rest.
 */
export function topicColors(places: readonly TopicPlace[]): TopicColors {
  const neighbours = mapNeighbours(places);
  const around = places.map((_, topic) => surroundings(places, topic));
  const order = smallestLast(neighbours);
  const large = new Set(
    [...places.keys()]
      .sort((a, b) => places[b].count - places[a].count || places[a].id - places[b].id)
      .slice(0, largest),
  );
  const largeFirst = [...order.filter((t) => large.has(t)), ...order.filter((t) => !large.has(t))];
  // No ten of a palette differ by 15; the map's order repeats fewer colours, the largest first leaves them more choice.
  const tries = [
    ...[12, 10, 8].map((apart) => [order, apart] as const),
    ...[10, 8, 6, 4, 0].map((apart) => [largeFirst, apart] as const),
  ];
  const named = (theme: Theme): Record<number, string> => {
    const shades = palette(theme);
    let chosen: Int32Array | null = null;
    for (const [turn, apart] of tries)
      chosen ??= color(around, neighbours, turn, shades, shades.colors.length, { large, apart });
    chosen ??= color(around, neighbours, order, shades, coreSize) ?? new Int32Array(places.length);
    return Object.fromEntries(places.map((place, i) => [place.id, shades.colors[chosen[i]]]));
  };
  return { light: named('light'), dark: named('dark') };
}

/**
 * Colours one topic after the other. Only colours far enough from its neighbours' come into question; of these the one that
 * is least like those of the topics around (the nearer, the more it counts: clouds of documents reach farther than their
 * peaks' neighbourhood) and that was used least. Null when one is left without a colour, which can't happen with the
 * palette's core on a planar graph.
 * @param wish how far the colours of topics that are large must be apart, neighbours or not
 */
function color(
  surroundings: readonly Surrounding[][],
  neighbours: readonly number[][],
  order: readonly number[],
  shades: Palette,
  count: number,
  wish: { large: ReadonlySet<number>; apart: number } = { large: new Set(), apart: 0 },
): Int32Array | null {
  const chosen = new Int32Array(neighbours.length).fill(-1);
  const used = new Int32Array(count);
  const n = shades.colors.length;
  for (const topic of order) {
    const around = surroundings[topic].filter(({ other }) => chosen[other] >= 0);
    const rivals = wish.large.has(topic) ? [...wish.large].filter((t) => chosen[t] >= 0) : [];
    let best = -1;
    let bestScore = -Infinity;
    for (let c = 0; c < count; c++) {
      const difference = (other: number): number => shades.differences[c * n + chosen[other]];
      const beside = neighbours[topic].filter((t) => chosen[t] >= 0);
      const least = Math.min(30, ...beside.map(difference));
      if (least < leastNeighbourDifference || rivals.some((t) => difference(t) < wish.apart)) continue;
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
function surroundings(places: readonly Place[], topic: number): Surrounding[] {
  const { x, y } = places[topic];
  const squares = new Float64Array(places.length);
  // The nearest seven in ascending order, the topic itself among them.
  const nearest = new Float64Array(Math.min(7, places.length)).fill(Infinity);
  for (let i = 0; i < places.length; i++) {
    const square = (squares[i] = (places[i].x - x) ** 2 + (places[i].y - y) ** 2);
    let at = nearest.length - 1;
    if (square >= nearest[at]) continue;
    for (; at > 0 && nearest[at - 1] > square; at--) nearest[at] = nearest[at - 1];
    nearest[at] = square;
  }
  const sixth = nearest[nearest.length - 1] || 1;
  const found: Surrounding[] = [];
  for (let other = 0; other < squares.length; other++)
    if (other !== topic && squares[other] <= 16 * sixth)
      found.push({ other, weight: 1 / (1 + squares[other] / sixth) });
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
