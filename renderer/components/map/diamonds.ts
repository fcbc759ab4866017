import type { PredictedDocument } from '../../../core/protocol.ts';
import type { Camera, Size } from './camera.ts';
import { toScreen } from './camera.ts';
import { prepare } from './overlay.ts';

/** Half of a diamond's width in pixels. */
const half = 5.5;
/** How far from its middle the pointer may be. */
const reach = 9;

export interface Diamonds {
  readonly documents: readonly PredictedDocument[];
  /** Positions of those that are drawn. */
  readonly shown: readonly number[];
  readonly color: (topic: number) => string;
  /** Around each diamond, so that it stands out from the dots beneath. */
  readonly edge: string;
}

/** Corners of a diamond around a place. */
export function diamondPath(px: number, py: number): [number, number][] {
  return [
    [px, py - half],
    [px + half, py],
    [px, py + half],
    [px - half, py],
  ];
}

/** Predicted documents over the map: diamonds, since the project's own documents are dots. */
export function drawDiamonds(
  canvas: HTMLCanvasElement,
  { documents, shown, color, edge }: Diamonds,
  camera: Camera,
  size: Size,
): void {
  const context = prepare(canvas, size);
  if (!context) return;
  context.lineWidth = 1.5;
  context.strokeStyle = edge;
  for (const k of shown) {
    const { x, y, topic } = documents[k];
    const [px, py] = toScreen(camera, size, x, y);
    if (!(px > -half && py > -half && px < size.width + half && py < size.height + half)) continue;
    context.beginPath();
    for (const [cx, cy] of diamondPath(px, py)) context.lineTo(cx, cy);
    context.closePath();
    context.fillStyle = color(topic);
    context.fill();
    context.stroke();
  }
}

/** The diamond under the pointer, the topmost of those that it could be; −1 for none. */
export function diamondAt(
  { documents, shown }: Pick<Diamonds, 'documents' | 'shown'>,
  camera: Camera,
  size: Size,
  px: number,
  py: number,
): number {
  let best = -1;
  let least = reach;
  for (const k of shown) {
    const [x, y] = toScreen(camera, size, documents[k].x, documents[k].y);
    const away = Math.hypot(x - px, y - py);
    if (away <= least) [best, least] = [k, away];
  }
  return best;
}
