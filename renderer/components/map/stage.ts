import type { Bounds, Camera, Size } from './camera.ts';
import { fit, panBy, transformBetween, visible, zoomAt } from './camera.ts';
import type { GridIndex } from './grid-index.ts';
import { drawOutline, drawPoints, drawRings } from './overlay.ts';
import { Painter, dotSize } from './painter.ts';
import type { Scene } from './painter.ts';
import { sample } from './sample.ts';
import type { Drawn } from './sample.ts';

export interface StageNodes {
  /** Holds what is drawn for one camera and moved as a picture until the next drawing. */
  moved: HTMLDivElement;
  points: HTMLDivElement;
  picked: HTMLCanvasElement;
  rings: HTMLCanvasElement;
  outline: HTMLCanvasElement;
}

/** Milliseconds without a movement after which the picture is drawn anew. */
const restAfter = 140;

/**
 * The map's moving parts. While one pans or zooms only a finished picture is moved (a CSS transform, no drawing); at rest
 * it is drawn again where it then is. So moving costs the same for a hundred documents and for a million.
 */
export class Stage {
  camera: Camera = { x: 0, y: 0, scale: 1 };
  size: Size = { width: 1, height: 1 };
  drawn: Drawn = { rows: null, inView: 0 };
  private home: Camera = this.camera;
  private shown: Camera = this.camera;
  private fitted = false;
  private readonly painter: Painter;
  private scene: Omit<Scene, 'rows'> | null = null;
  private current: Scene | null = null;
  private pickedRows: Int32Array | null = null;
  private ringRows: readonly number[] = [];
  private ringColor = '#000';
  private timer: number | undefined;
  private readonly listeners = new Set<() => void>();
  /** Counts pictures, for tests and the bench; also on the element as `data-painted`. */
  private painted = 0;

  constructor(
    private readonly nodes: StageNodes,
    private readonly index: GridIndex,
    private readonly bounds: Bounds,
  ) {
    this.painter = new Painter(nodes.points);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  snapshot = (): Camera => this.camera;

  /** How much closer than "all of it" one is. */
  get zoom(): number {
    return this.camera.scale / this.home.scale;
  }

  resize(size: Size): void {
    if (size.width < 2 || size.height < 2) return;
    const before = this.size;
    if (before.width === size.width && before.height === size.height) return;
    this.size = size;
    const wasHome = !this.fitted || (this.zoom === 1 && this.camera.x === this.home.x);
    this.home = fit(this.bounds, size);
    if (wasHome) this.camera = this.home;
    this.fitted = true;
    this.settle(0);
    this.tell();
  }

  show(scene: Omit<Scene, 'rows'>): void {
    this.scene = scene;
    this.current = null;
    this.settle(0);
  }

  /** Rows to light up while the rest is greyed (by CSS); null for none. */
  light(rows: Int32Array | null): void {
    this.pickedRows = rows;
    this.drawPicked(this.shown);
  }

  ring(rows: readonly number[], color: string): void {
    this.ringRows = rows;
    this.ringColor = color;
    this.drawRings();
  }

  outline(points: readonly number[], color: string): void {
    drawOutline(this.nodes.outline, points, this.size, color);
  }

  pan(dx: number, dy: number): void {
    this.move(panBy(this.camera, dx, dy));
  }

  zoomBy(factor: number, px = this.size.width / 2, py = this.size.height / 2): void {
    const [least, most] = [0.5 / this.zoom, 400 / this.zoom];
    this.move(zoomAt(this.camera, this.size, px, py, Math.min(most, Math.max(least, factor))));
  }

  reset(): void {
    this.move(this.home);
  }

  /** Shows an area with a margin, as when a topic is picked in the list. */
  goTo(bounds: Bounds): void {
    const camera = fit(bounds, this.size);
    this.move({ ...camera, scale: Math.min(camera.scale, 20 * this.home.scale) });
  }

  /** The density contours as Plotly drew them, in pixels; none while they are hidden. */
  contourPaths(): string[] {
    const paths = this.nodes.points.querySelectorAll('.contourlines path');
    return [...paths].map((path) => path.getAttribute('d') ?? '').filter(Boolean);
  }

  async dispose(): Promise<void> {
    window.clearTimeout(this.timer);
    this.listeners.clear();
    await this.painter.dispose();
  }

  private move(camera: Camera): void {
    this.camera = camera;
    this.place();
    this.settle(restAfter);
    this.tell();
  }

  private place(): void {
    this.nodes.moved.style.transform = transformBetween(this.shown, this.camera, this.size);
    this.drawRings();
  }

  private settle(after: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.paint(), after);
  }

  private async paint(): Promise<void> {
    const { scene, camera, size } = this;
    if (!scene || size.width < 2) return;
    const drawn = sample(this.index, scene.x.length, visible(camera, size));
    // Where all points are drawn anyway, moving keeps the same scene and only its axes change.
    if (!this.current || drawn.rows !== null) this.current = { ...scene, rows: drawn.rows };
    this.drawn = drawn;
    await this.painter.paint(this.current, camera, size, this.zoom);
    this.shown = camera;
    this.drawPicked(camera);
    this.place();
    this.nodes.points.dataset.painted = String(++this.painted);
    this.tell();
  }

  private drawPicked(camera: Camera): void {
    const { scene, size } = this;
    if (!scene) return;
    const rows = this.pickedRows ?? new Int32Array(0);
    const dot = dotSize(scene.x.length, this.zoom) + 1;
    drawPoints(this.nodes.picked, scene, rows, camera, size, dot, 0.9);
  }

  private drawRings(): void {
    const { scene, size, camera } = this;
    if (scene) drawRings(this.nodes.rings, scene, this.ringRows, camera, size, this.ringColor);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
