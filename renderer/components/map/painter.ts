/** Draws the points: Plotly's scattergl where there is WebGL (a software one will do), a plain canvas where there is none. */
import type { Config, Data, Layout, PlotlyHTMLElement } from 'plotly.js';
import type { Camera, Size } from './camera.ts';
import { visible } from './camera.ts';
import type { Coloring } from './coloring.ts';
import type { Density } from './density.ts';
import { drawPoints } from './overlay.ts';
import { loadPlotly, quietConfig } from './plotly.ts';

export interface Scene {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly coloring: Coloring;
  /** Rows to draw; null for all. */
  readonly rows: Int32Array | null;
  readonly contours: Density | null;
  readonly contourColor: string;
}

/** A dot's diameter in pixels: smaller the more there are, larger the closer one looks. */
export function dotSize(count: number, zoom: number): number {
  const base = count > 200_000 ? 2 : count > 50_000 ? 2.5 : count > 12_000 ? 3.5 : count > 3_000 ? 4.5 : 6;
  return Math.min(9, base * Math.max(1, zoom ** 0.35));
}

/** A whole step only: the dots needn't be uploaded again for a touch of the wheel. */
function roundedSize(count: number, zoom: number): number {
  return Math.round(2 * dotSize(count, zoom)) / 2;
}

export class Painter {
  private scene: Scene | null = null;
  private size = 0;
  private readonly gl = hasWebGl();
  private busy: Promise<unknown> = Promise.resolve();

  constructor(private readonly node: HTMLDivElement) {}

  /** Draws `scene` as `camera` sees it; only moves the axes where the scene is the one before. */
  paint(scene: Scene, camera: Camera, size: Size, zoom: number): Promise<void> {
    const painted = this.busy.then(() => this.now(scene, camera, size, zoom));
    // One failed picture must not keep the next from being drawn.
    this.busy = painted.catch(() => undefined);
    return painted;
  }

  async dispose(): Promise<void> {
    await this.busy;
    if (this.gl && this.scene) (await loadPlotly()).purge(this.node);
  }

  private async now(scene: Scene, camera: Camera, size: Size, zoom: number): Promise<void> {
    const count = scene.rows?.length ?? scene.x.length;
    const dot = roundedSize(count, zoom);
    if (!this.gl) return this.onCanvas(scene, camera, size, dot);
    const plotly = await loadPlotly();
    const { x0, x1, y0, y1 } = visible(camera, size);
    if (scene === this.scene && dot === this.size) {
      await plotly.relayout(this.node, {
        'xaxis.range': [x0, x1],
        'yaxis.range': [y0, y1],
        width: size.width,
        height: size.height,
      });
      return;
    }
    const axis = { visible: false, fixedrange: true, zeroline: false, showgrid: false } as const;
    const layout: Partial<Layout> = {
      width: size.width,
      height: size.height,
      margin: { l: 0, r: 0, t: 0, b: 0 },
      xaxis: { ...axis, range: [x0, x1] },
      yaxis: { ...axis, range: [y0, y1] },
      paper_bgcolor: 'rgba(0,0,0,0)',
      plot_bgcolor: 'rgba(0,0,0,0)',
      showlegend: false,
      // Hovering is answered by the grid index; Plotly's own search takes a second at 100,000 points.
      hovermode: false,
      dragmode: false,
    };
    const config: Partial<Config> = {
      ...quietConfig,
      staticPlot: true,
      displayModeBar: false,
      plotGlPixelRatio: Math.min(2, window.devicePixelRatio),
    };
    const data = traces(scene, dot);
    // A changed number of traces keeps WebGL buffers of the old ones alive in `react`; a new plot doesn't.
    if (this.scene && this.scene.coloring.layers.length === scene.coloring.layers.length)
      await plotly.react(this.node, data, layout, config);
    else await plotly.newPlot(this.node, data, layout, config);
    this.scene = scene;
    this.size = dot;
    quieten(this.node as unknown as PlotlyHTMLElement);
  }

  private onCanvas(scene: Scene, camera: Camera, size: Size, dot: number): void {
    let canvas = this.node.querySelector('canvas');
    if (!canvas) {
      canvas = document.createElement('canvas');
      canvas.style.cssText = 'width:100%;height:100%';
      this.node.append(canvas);
    }
    const rows = scene.rows ?? Int32Array.from(scene.x.keys());
    drawPoints(canvas, scene, rows, camera, size, dot, 0.75);
    this.scene = scene;
  }
}

/** The drawing has a name on the map around it; its own parts would only be noise to a screen reader. */
function quieten(node: PlotlyHTMLElement): void {
  for (const svg of node.querySelectorAll('svg')) svg.setAttribute('aria-hidden', 'true');
}

function hasWebGl(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl') !== null;
  } catch {
    return false;
  }
}

function traces(scene: Scene, dot: number): Data[] {
  const { x, y, coloring, rows } = scene;
  const { layers, of } = coloring;
  const count = rows?.length ?? x.length;
  const starts = new Int32Array(layers.length + 1);
  for (let k = 0; k < count; k++) {
    const row = rows ? rows[k] : k;
    if (!Number.isNaN(x[row])) starts[of[row] + 1]++;
  }
  for (let l = 0; l < layers.length; l++) starts[l + 1] += starts[l];
  const next = starts.slice(0, -1);
  const n = starts[layers.length];
  const [xs, ys] = [new Float32Array(n), new Float32Array(n)];
  for (let k = 0; k < count; k++) {
    const row = rows ? rows[k] : k;
    // Documents without text have no place (NaN).
    if (Number.isNaN(x[row])) continue;
    const at = next[of[row]]++;
    xs[at] = x[row];
    ys[at] = y[row];
  }
  const data = layers.map((layer, l) => ({
    type: 'scattergl',
    mode: 'markers',
    name: layer.name,
    x: xs.subarray(starts[l], starts[l + 1]),
    y: ys.subarray(starts[l], starts[l + 1]),
    marker: {
      color: layer.color,
      size: l === 0 ? Math.max(1.5, dot * 0.8) : dot,
      opacity: l === 0 ? 0.5 : 0.75,
    },
    hoverinfo: 'skip',
  })) as Data[];
  const { contours } = scene;
  data.push({
    type: 'contour',
    visible: contours !== null,
    x: contours?.x ?? [0, 1],
    y: contours?.y ?? [0, 1],
    z: contours?.z ?? [
      [0, 0],
      [0, 0],
    ],
    showscale: false,
    hoverinfo: 'skip',
    autocontour: false,
    contours: { coloring: 'none', start: 0.1, end: 0.9, size: 0.1 },
    line: { color: scene.contourColor, width: 1, smoothing: 1 },
  });
  return data;
}
