import type { Bounds } from './camera.ts';
import { boundsOf } from './camera.ts';

/** Points in square cells, so that the nearest one is found without looking at all of them; those without a place (NaN) are in none. */
export class GridIndex {
  private readonly bounds: Bounds;
  private readonly columns: number;
  private readonly rows: number;
  private readonly cell: number;
  /** Cell c holds `order[starts[c] … starts[c + 1]]`. */
  private readonly starts: Int32Array;
  private readonly order: Int32Array;

  constructor(
    private readonly x: Float32Array,
    private readonly y: Float32Array,
  ) {
    this.bounds = boundsOf(x, y);
    const { x0, x1, y0, y1 } = this.bounds;
    const [width, height] = [Math.max(x1 - x0, 1e-9), Math.max(y1 - y0, 1e-9)];
    // Some four points to a cell.
    const cells = Math.min(1 << 20, Math.max(1, x.length / 4));
    this.cell = Math.max(Math.sqrt((width * height) / cells), Math.max(width, height) / 4096);
    this.columns = Math.floor(width / this.cell) + 1;
    this.rows = Math.floor(height / this.cell) + 1;
    this.starts = new Int32Array(this.columns * this.rows + 1);
    const cellOf = new Int32Array(x.length).fill(-1);
    let placed = 0;
    for (let i = 0; i < x.length; i++) {
      if (Number.isNaN(x[i]) || Number.isNaN(y[i])) continue;
      placed++;
      const c = this.column(x[i]) + this.columns * this.row(y[i]);
      cellOf[i] = c;
      this.starts[c + 1]++;
    }
    for (let c = 0; c < this.columns * this.rows; c++) this.starts[c + 1] += this.starts[c];
    const next = this.starts.slice(0, -1);
    this.order = new Int32Array(placed);
    for (let i = 0; i < x.length; i++) if (cellOf[i] >= 0) this.order[next[cellOf[i]]++] = i;
  }

  /** The nearest point within `radius` (data units) that `allowed` has a 1 for, or −1. */
  nearest(x: number, y: number, radius: number, allowed: Uint8Array | null = null): number {
    let best = -1;
    let least = radius * radius;
    this.visit({ x0: x - radius, x1: x + radius, y0: y - radius, y1: y + radius }, (i) => {
      if (allowed && allowed[i] === 0) return;
      const d = (this.x[i] - x) ** 2 + (this.y[i] - y) ** 2;
      // Ties go to the first document, so that the answer doesn't depend on the cells.
      if (d < least || (d === least && best > i)) [best, least] = [i, d];
    });
    return best;
  }

  /** Calls `each` for every point in the cells that touch `area` (some may lie just outside of it). */
  visit(area: Bounds, each: (row: number) => void): void {
    const [c0, c1] = [this.column(area.x0), this.column(area.x1)];
    const [r0, r1] = [this.row(area.y0), this.row(area.y1)];
    for (let r = r0; r <= r1; r++)
      for (let k = this.starts[c0 + this.columns * r]; k < this.starts[c1 + this.columns * r + 1]; k++)
        each(this.order[k]);
  }

  /** Points inside a closed polygon (data units, [x, y, x, y …]), in row order. */
  inside(polygon: readonly number[]): Int32Array {
    const area = polygonBounds(polygon);
    const found: number[] = [];
    this.visit(area, (i) => {
      if (contains(polygon, this.x[i], this.y[i])) found.push(i);
    });
    return Int32Array.from(found).sort();
  }

  private column(x: number): number {
    return Math.min(this.columns - 1, Math.max(0, Math.floor((x - this.bounds.x0) / this.cell)));
  }

  private row(y: number): number {
    return Math.min(this.rows - 1, Math.max(0, Math.floor((y - this.bounds.y0) / this.cell)));
  }
}

function polygonBounds(polygon: readonly number[]): Bounds {
  const xs = polygon.filter((_, i) => i % 2 === 0);
  const ys = polygon.filter((_, i) => i % 2 === 1);
  return { x0: Math.min(...xs), x1: Math.max(...xs), y0: Math.min(...ys), y1: Math.max(...ys) };
}

/** Even-odd rule: a ray to the right crosses the outline an odd number of times. */
export function contains(polygon: readonly number[], x: number, y: number): boolean {
  let inside = false;
  const n = polygon.length / 2;
  for (let i = 0, j = n - 1; i < n; j = i++) {
    const [xi, yi, xj, yj] = [polygon[2 * i], polygon[2 * i + 1], polygon[2 * j], polygon[2 * j + 1]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
