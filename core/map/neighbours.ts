/** A point on the map. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * Who lies beside whom: the Gabriel graph (Gabriel & Sokal 1969): two points are neighbours when no third one lies in the
 * circle that has them as its diameter. It is planar, so six colours always suffice for it.
 * Equal places are moved apart by a hair, lest they all be each other's neighbours.
 * @returns each point's neighbours, nearest first
 */
export function mapNeighbours(places: readonly Place[]): number[][] {
  const n = places.length;
  const { x, y } = movedApart(places);
  const near = nearestFirst(x, y);
  const found: Set<number>[] = Array.from({ length: n }, () => new Set());
  for (let i = 0; i < n; i++) {
    for (const j of near[i]) {
      const cx = (x[i] + x[j]) / 2;
      const cy = (y[i] + y[j]) / 2;
      const radius = ((x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2) / 4;
      // Whoever is in the circle is nearer to i than j is: the search ends at j.
      let free = true;
      for (const k of near[i]) {
        if (k === j) break;
        if ((x[k] - cx) ** 2 + (y[k] - cy) ** 2 < radius) {
          free = false;
          break;
        }
      }
      if (free) {
        found[i].add(j);
        found[j].add(i);
      }
    }
  }
  return found.map((near, i) => {
    const distance = (j: number): number => (x[j] - x[i]) ** 2 + (y[j] - y[i]) ** 2;
    return [...near].sort((a, b) => distance(a) - distance(b) || a - b);
  });
}

/** Enough for a point that isn't cut off from all others; beyond, a graph of many points would take their square in memory. */
const most = 96;

/** The nearest others by distance, ties by index: all of them on a map of up to some hundred points. */
function nearestFirst(x: Float64Array, y: Float64Array): Int32Array[] {
  const n = x.length;
  const kept = Math.min(n - 1, n > 600 ? most : n - 1);
  const distance = new Float64Array(n);
  const byDistance = (a: number, b: number): number => distance[a] - distance[b] || a - b;
  return Array.from({ length: n }, (_, i) => {
    for (let j = 0; j < n; j++) distance[j] = (x[j] - x[i]) ** 2 + (y[j] - y[i]) ** 2;
    distance[i] = Infinity;
    let candidates = Int32Array.from(x.keys());
    if (kept < n - 1) {
      const limit = distance.slice().sort()[kept - 1];
      candidates = candidates.filter((j) => distance[j] <= limit);
    }
    return candidates.filter((j) => j !== i).sort(byDistance);
  });
}

function movedApart(places: readonly Place[]): { x: Float64Array; y: Float64Array } {
  const xs = places.map((p) => p.x);
  const ys = places.map((p) => p.y);
  const extent = Math.max(spread(xs), spread(ys)) || 1;
  const golden = Math.PI * (3 - Math.sqrt(5));
  const step = (i: number): number => 1e-6 * extent * Math.sqrt((i + 1) / places.length);
  return {
    x: Float64Array.from(xs, (v, i) => v + step(i) * Math.cos(i * golden)),
    y: Float64Array.from(ys, (v, i) => v + step(i) * Math.sin(i * golden)),
  };
}

function spread(values: readonly number[]): number {
  let low = Infinity;
  let high = -Infinity;
  for (const v of values) {
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  return values.length === 0 ? 0 : high - low;
}
