import type { TopicPlace } from './topic-colors.ts';

/** Where a topic's name stands, and how many documents lie under it. */
export interface TopicPeak extends TopicPlace {
  readonly count: number;
  /** How far most of them lie from there: half a width and half a height, in the map's units. */
  readonly reach: Reach;
}

export type Reach = readonly [x: number, y: number];

const cells = 24;

/**
 * Each topic's densest spot: the centre of its documents around the fullest cell of a 24 × 24 grid over them, smoothed
 * once. Unlike the mean it lies within the topic when that is crescent-shaped or in two parts. Outliers have none.
 * @returns by rising topic id
 */
export function topicPeaks(x: ArrayLike<number>, y: ArrayLike<number>, labels: Int32Array): TopicPeak[] {
  const members = new Map<number, number[]>();
  labels.forEach((label, i) => {
    if (label < 0 || !Number.isFinite(x[i]) || !Number.isFinite(y[i])) return;
    const list = members.get(label);
    if (list) list.push(i);
    else members.set(label, [i]);
  });
  return [...members]
    .sort(([a], [b]) => a - b)
    .map(([id, rows]) => {
      const place = densest(x, y, rows);
      const reach: Reach = [reachOf(x, rows, place.x), reachOf(y, rows, place.y)];
      return { id, count: rows.length, ...place, reach };
    });
}

/**
 * Twice the mean distance, which is the half width of an even spread, of those that are not far off: a few documents elsewhere
 * don't make a cluster wide.
 */
function reachOf(values: ArrayLike<number>, rows: readonly number[], centre: number): number {
  const mean = (limit: number): number => {
    let [sum, count] = [0, 0];
    for (const i of rows) {
      const distance = Math.abs(values[i] - centre);
      if (distance > limit) continue;
      sum += distance;
      count++;
    }
    return count === 0 ? 0 : sum / count;
  };
  return 2 * mean(2 * mean(Infinity));
}

function densest(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  rows: readonly number[],
): { x: number; y: number } {
  let [lowX, highX, lowY, highY] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const i of rows) {
    lowX = Math.min(lowX, x[i]);
    highX = Math.max(highX, x[i]);
    lowY = Math.min(lowY, y[i]);
    highY = Math.max(highY, y[i]);
  }
  const cell = (v: number, low: number, high: number): number =>
    high > low ? Math.min(cells - 1, Math.floor(((v - low) / (high - low)) * cells)) : 0;
  const at = (i: number): number => cell(y[i], lowY, highY) * cells + cell(x[i], lowX, highX);
  const counts = new Float64Array(cells * cells);
  for (const i of rows) counts[at(i)]++;
  const around = (c: number): number[] => {
    const list: number[] = [];
    for (const dy of [-1, 0, 1])
      for (const dx of [-1, 0, 1]) {
        const [r, q] = [Math.floor(c / cells) + dy, (c % cells) + dx];
        if (r >= 0 && q >= 0 && r < cells && q < cells) list.push(r * cells + q);
      }
    return list;
  };
  let best = 0;
  let bestSum = -1;
  for (let c = 0; c < counts.length; c++) {
    const sum = around(c).reduce((total, near) => total + counts[near], counts[c]);
    if (sum > bestSum) [best, bestSum] = [c, sum];
  }
  const near = new Set(around(best));
  const inside = rows.filter((i) => near.has(at(i)));
  const mean = (values: ArrayLike<number>): number =>
    inside.reduce((sum, i) => sum + values[i], 0) / inside.length;
  return { x: mean(x), y: mean(y) };
}
