import type { Camera, Size } from './camera.ts';
import { toScreen } from './camera.ts';
import type { Coloring } from './coloring.ts';

export interface Points {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly coloring: Coloring;
}

/** Draws rows as dots on a canvas, one colour after the other (changing colours is what costs). */
export function drawPoints(
  canvas: HTMLCanvasElement,
  { x, y, coloring }: Points,
  rows: Int32Array,
  camera: Camera,
  size: Size,
  dot: number,
  alpha: number,
): void {
  const context = prepare(canvas, size);
  if (!context) return;
  context.globalAlpha = alpha;
  const buckets: number[][] = coloring.layers.map(() => []);
  const margin = dot + 1;
  for (const row of rows) {
    const [px, py] = toScreen(camera, size, x[row], y[row]);
    if (px < -margin || py < -margin || px > size.width + margin || py > size.height + margin) continue;
    buckets[coloring.of[row]].push(px, py);
  }
  const round = rows.length < 20_000;
  buckets.forEach((bucket, layer) => {
    if (bucket.length === 0) return;
    context.fillStyle = coloring.layers[layer].color;
    if (round) context.beginPath();
    for (let k = 0; k < bucket.length; k += 2) {
      if (round) {
        context.moveTo(bucket[k] + dot / 2, bucket[k + 1]);
        context.arc(bucket[k], bucket[k + 1], dot / 2, 0, 2 * Math.PI);
      } else context.fillRect(bucket[k] - dot / 2, bucket[k + 1] - dot / 2, dot, dot);
    }
    if (round) context.fill();
  });
  context.globalAlpha = 1;
}

/** Rings around the document under the pointer and the one in the reader. */
export function drawRings(
  canvas: HTMLCanvasElement,
  { x, y }: Points,
  rows: readonly number[],
  camera: Camera,
  size: Size,
  color: string,
): void {
  const context = prepare(canvas, size);
  if (!context) return;
  context.strokeStyle = color;
  context.lineWidth = 2;
  for (const row of rows) {
    const [px, py] = toScreen(camera, size, x[row], y[row]);
    context.beginPath();
    context.arc(px, py, 7, 0, 2 * Math.PI);
    context.stroke();
  }
}

/** The outline that is being drawn with lasso or box, in pixels. */
export function drawOutline(
  canvas: HTMLCanvasElement,
  outline: readonly number[],
  size: Size,
  color: string,
): void {
  const context = prepare(canvas, size);
  if (!context || outline.length < 4) return;
  context.beginPath();
  context.moveTo(outline[0], outline[1]);
  for (let k = 2; k < outline.length; k += 2) context.lineTo(outline[k], outline[k + 1]);
  context.closePath();
  context.globalAlpha = 0.12;
  context.fillStyle = color;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = color;
  context.lineWidth = 1.5;
  context.setLineDash([5, 4]);
  context.stroke();
  context.setLineDash([]);
}

/** Fits the canvas to its size in device pixels and empties it. */
export function prepare(canvas: HTMLCanvasElement, size: Size): CanvasRenderingContext2D | null {
  const context = canvas.getContext('2d');
  if (!context) return null;
  const scale = Math.min(2, window.devicePixelRatio);
  const [width, height] = [Math.round(size.width * scale), Math.round(size.height * scale)];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  return context;
}
