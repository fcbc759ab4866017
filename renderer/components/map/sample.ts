import type { Bounds } from './camera.ts';
import type { GridIndex } from './grid-index.ts';

/** As many points as are drawn at once: more only cost time where they hide each other anyway. */
export const drawLimit = 150_000;

export interface Drawn {
  /** Rows that are drawn, or null for all of them. */
  readonly rows: Int32Array | null;
  /** How many there would be in this part of the map; an estimate where `rows` is a sample of a sample. */
  readonly inView: number;
}

/** Chooses what to draw of `count` documents: all, all in view, or an even sample of those in view. */
export function sample(index: GridIndex, count: number, view: Bounds): Drawn {
  if (count <= drawLimit) return { rows: null, inView: count };
  const [mx, my] = [(view.x1 - view.x0) / 2, (view.y1 - view.y0) / 2];
  const wide = { x0: view.x0 - mx, x1: view.x1 + mx, y0: view.y0 - my, y1: view.y1 + my };
  let inView = 0;
  index.visit(wide, () => inView++);
  const keep = drawLimit / inView;
  const rows = new Int32Array(Math.min(inView, drawLimit + 1000));
  let k = 0;
  index.visit(wide, (row) => {
    if (k < rows.length && (keep >= 1 || scatter(row) < keep)) rows[k++] = row;
  });
  return { rows: rows.subarray(0, k), inView };
}

/** An even spread over [0, 1) that is the same for a row every time: points stay when the view moves. */
function scatter(row: number): number {
  let h = Math.imul(row + 1, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  return ((h ^ (h >>> 13)) >>> 0) / 4294967296;
}
