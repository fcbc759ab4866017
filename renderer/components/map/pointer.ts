import { toData } from './camera.ts';
import type { GridIndex } from './grid-index.ts';
import type { Stage } from './stage.ts';

export type Mode = 'pan' | 'lasso' | 'box';

export interface PointerTargets {
  mode: () => Mode;
  /** Only these documents answer the pointer; null for all. */
  allowed: () => Uint8Array | null;
  color: () => string;
  onHover: (row: number, px: number, py: number) => void;
  onClick: (row: number, px: number, py: number) => void;
  onCaught: (rows: Int32Array) => void;
  onMoving: (moving: boolean) => void;
}

/** How far from a dot the pointer may be, in pixels. */
const reach = 12;

/** A press that moves less than so many pixels is a click. */
const still = 4;

/** Mouse, pen and touch on the map: drag to move (two fingers to zoom), wheel to zoom, draw to select, click to read. */
export function listen(node: HTMLElement, stage: Stage, index: GridIndex, on: PointerTargets): () => void {
  const pointers = new Map<number, [number, number]>();
  let outline: number[] = [];
  let tool: Mode = 'pan';
  let travelled = 0;
  let onName = false;

  const at = (event: MouseEvent): [number, number] => {
    const box = node.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const under = (px: number, py: number): number => {
    const [x, y] = toData(stage.camera, stage.size, px, py);
    return index.nearest(x, y, reach / stage.camera.scale, on.allowed());
  };

  const down = (event: PointerEvent): void => {
    // A name is a button: pressed it picks its topics, dragged it moves the map like the ground around it.
    const button = (event.target as Element).closest('button');
    if (event.button !== 0 || (button && !button.classList.contains('map-name'))) return;
    if (!button) node.setPointerCapture(event.pointerId);
    onName = button !== null;
    const [px, py] = at(event);
    pointers.set(event.pointerId, [px, py]);
    travelled = 0;
    tool = event.shiftKey && on.mode() === 'pan' ? 'lasso' : on.mode();
    outline = tool === 'pan' || pointers.size > 1 ? [] : [px, py];
    on.onHover(-1, px, py);
    on.onMoving(tool === 'pan');
  };
  const move = (event: PointerEvent): void => {
    const [px, py] = at(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== 'touch') on.onHover(under(px, py), px, py);
      return;
    }
    travelled += Math.hypot(px - before[0], py - before[1]);
    if (onName) {
      if (travelled < still) return;
      node.setPointerCapture(event.pointerId);
      onName = false;
    }
    if (pointers.size === 2) {
      const other = [...pointers].find(([id]) => id !== event.pointerId)![1];
      const distance = (p: readonly number[]): number => Math.hypot(p[0] - other[0], p[1] - other[1]);
      stage.zoomBy(distance([px, py]) / Math.max(1, distance(before)), other[0], other[1]);
    } else if (tool === 'pan') stage.pan(px - before[0], py - before[1]);
    else if (tool === 'lasso') outline.push(px, py);
    else outline = [outline[0], outline[1], px, outline[1], px, py, outline[0], py];
    pointers.set(event.pointerId, [px, py]);
    if (tool !== 'pan') stage.outline(outline, on.color());
  };
  const up = (event: PointerEvent): void => {
    if (!pointers.delete(event.pointerId)) return;
    on.onMoving(false);
    stage.outline([], on.color());
    const [px, py] = at(event);
    if (event.type === 'pointercancel') return;
    if (onName) return;
    if (travelled < still) on.onClick(under(px, py), px, py);
    else if (tool !== 'pan' && outline.length >= 6) {
      const polygon: number[] = [];
      for (let k = 0; k < outline.length; k += 2)
        polygon.push(...toData(stage.camera, stage.size, outline[k], outline[k + 1]));
      on.onCaught(index.inside(polygon));
    }
    outline = [];
  };
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const [px, py] = at(event);
    const lines = event.deltaMode === 1 ? 16 : 1;
    stage.zoomBy(Math.exp(-event.deltaY * lines * 0.0016), px, py);
    on.onHover(-1, px, py);
  };
  const leave = (): void => on.onHover(-1, 0, 0);

  node.addEventListener('pointerdown', down);
  node.addEventListener('pointermove', move);
  node.addEventListener('pointerup', up);
  node.addEventListener('pointercancel', up);
  node.addEventListener('pointerleave', leave);
  node.addEventListener('wheel', wheel, { passive: false });
  return () => {
    node.removeEventListener('pointerdown', down);
    node.removeEventListener('pointermove', move);
    node.removeEventListener('pointerup', up);
    node.removeEventListener('pointercancel', up);
    node.removeEventListener('pointerleave', leave);
    node.removeEventListener('wheel', wheel);
  };
}
