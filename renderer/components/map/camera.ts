/** What part of the map is seen: its centre in data units and how many pixels a unit has; both axes alike. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Bounds {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

export function boundsOf(x: Float32Array, y: Float32Array): Bounds {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < x.length; i++) {
    if (x[i] < x0) x0 = x[i];
    if (x[i] > x1) x1 = x[i];
    if (y[i] < y0) y0 = y[i];
    if (y[i] > y1) y1 = y[i];
  }
  if (x0 > x1) return { x0: -1, x1: 1, y0: -1, y1: 1 };
  return { x0, x1, y0, y1 };
}

/** Shares of the documents at either end of an axis: those that never count, and those that count only where they are near. */
const [never, far] = [0.006, 0.03];

/**
 * Where the bulk of the documents lies: neither a few far ones nor a small topic that lies apart must make the rest small. What
 * is left out is seen when one zooms out.
 */
export function coreBounds(x: Float32Array, y: Float32Array): Bounds {
  const all = boundsOf(x, y);
  // Documents without text have no place (NaN).
  const [xs, ys] = [x, y].map((values) => values.filter((v) => !Number.isNaN(v)).sort());
  if (xs.length < 200) return all;
  const [[x0, x1], [y0, y1]] = [xs, ys].map(bulk);
  return {
    x0: Math.max(all.x0, x0),
    x1: Math.min(all.x1, x1),
    y0: Math.max(all.y0, y0),
    y1: Math.min(all.y1, y1),
  };
}

/** The bulk of ascending values, with a margin: the last ones of either end only as far as a quarter of all the others' width. */
function bulk(sorted: Float32Array): [number, number] {
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const reach = 0.25 * (at(1 - far) - at(far));
  const low = Math.max(at(never), at(far) - reach);
  const high = Math.min(at(1 - never), at(1 - far) + reach);
  const margin = 0.04 * (high - low);
  return [low - margin, high + margin];
}

/** The camera that shows all of `bounds` with a margin. */
export function fit({ x0, x1, y0, y1 }: Bounds, { width, height }: Size): Camera {
  const scale = 0.9 * Math.min(width / (x1 - x0 || 1), height / (y1 - y0 || 1));
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2, scale: Math.max(scale, 1e-6) };
}

export function toScreen(camera: Camera, size: Size, x: number, y: number): [number, number] {
  return [size.width / 2 + (x - camera.x) * camera.scale, size.height / 2 - (y - camera.y) * camera.scale];
}

export function toData(camera: Camera, size: Size, px: number, py: number): [number, number] {
  return [camera.x + (px - size.width / 2) / camera.scale, camera.y - (py - size.height / 2) / camera.scale];
}

export function panBy(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.scale, y: camera.y + dy / camera.scale };
}

/** Zooms by `factor` so that the data under the pixel stays under it. */
export function zoomAt(camera: Camera, size: Size, px: number, py: number, factor: number): Camera {
  const [x, y] = toData(camera, size, px, py);
  const scale = camera.scale * factor;
  return {
    x: x - (px - size.width / 2) / scale,
    y: y + (py - size.height / 2) / scale,
    scale,
  };
}

export function visible(camera: Camera, { width, height }: Size): Bounds {
  const [w, h] = [width / 2 / camera.scale, height / 2 / camera.scale];
  return { x0: camera.x - w, x1: camera.x + w, y0: camera.y - h, y1: camera.y + h };
}

/** A CSS transform that moves a picture taken with `drawn` to where `now` would show it. */
export function transformBetween(drawn: Camera, now: Camera, size: Size): string {
  const k = now.scale / drawn.scale;
  const [x, y] = toScreen(now, size, drawn.x, drawn.y);
  return `translate(${x - (k * size.width) / 2}px, ${y - (k * size.height) / 2}px) scale(${k})`;
}
