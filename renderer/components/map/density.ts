import type { Bounds } from './camera.ts';

/** How dense the documents lie: a grid of counts, smoothed; [rows][columns] as Plotly's contours want it. */
export interface Density {
  readonly z: number[][];
  readonly x: number[];
  readonly y: number[];
  readonly max: number;
}

export function density(x: Float32Array, y: Float32Array, bounds: Bounds, cells = 110): Density {
  const pad = 0.06 * Math.max(bounds.x1 - bounds.x0, bounds.y1 - bounds.y0);
  const [x0, x1] = [bounds.x0 - pad, bounds.x1 + pad];
  const [y0, y1] = [bounds.y0 - pad, bounds.y1 + pad];
  const [dx, dy] = [(x1 - x0) / cells || 1, (y1 - y0) / cells || 1];
  let grid = new Float64Array(cells * cells);
  for (let i = 0; i < x.length; i++) {
    const c = Math.min(cells - 1, Math.floor((x[i] - x0) / dx));
    const r = Math.min(cells - 1, Math.floor((y[i] - y0) / dy));
    if (c >= 0 && r >= 0) grid[c + cells * r]++;
  }
  // Three box blurs are as good as a Gaussian one.
  for (let pass = 0; pass < 3; pass++) {
    grid = blur(grid, cells, 1, cells);
    grid = blur(grid, cells, cells, 1);
  }
  let max = 0;
  for (const v of grid) if (v > max) max = v;
  // A root makes the thin parts visible beside the thick ones.
  const z = Array.from({ length: cells }, (_, r) =>
    Array.from({ length: cells }, (_, c) => Math.sqrt(grid[c + cells * r] / (max || 1))),
  );
  return {
    z,
    x: Array.from({ length: cells }, (_, c) => x0 + (c + 0.5) * dx),
    y: Array.from({ length: cells }, (_, r) => y0 + (r + 0.5) * dy),
    max,
  };
}

function blur(grid: Float64Array, cells: number, step: number, line: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(grid.length);
  for (let l = 0; l < cells; l++)
    for (let k = 0; k < cells; k++) {
      const at = l * line + k * step;
      const before = k > 0 ? grid[at - step] : 0;
      const after = k < cells - 1 ? grid[at + step] : 0;
      out[at] = (before + grid[at] + after) / 3;
    }
  return out;
}
