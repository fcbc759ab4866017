import { useEffect, useRef } from 'react';
import { isDark } from '../../state/commands.ts';
import { useT } from '../../i18n/index.ts';
import type { Partial2d } from '../../client/index.ts';

/** The map while it comes about: points first, colours when there are topics. A picture only, drawn on a canvas. */
export function PartialMap({ partial }: { partial: Partial2d }): React.ReactNode {
  const t = useT();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { x, y, topic } = partial;
  useEffect(() => {
    if (canvas.current && x && y) draw(canvas.current, x, y, topic);
  }, [x, y, topic]);
  return (
    <canvas
      ref={canvas}
      className="card"
      style={{ width: '100%', height: 420, padding: 0 }}
      role="img"
      aria-label={t('run.partialMap')}
    />
  );
}

function draw(canvas: HTMLCanvasElement, x: Float32Array, y: Float32Array, topic?: Int32Array): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const scale = window.devicePixelRatio;
  canvas.width = canvas.clientWidth * scale;
  canvas.height = canvas.clientHeight * scale;
  const range = (values: Float32Array): [number, number] => {
    let [low, high] = [Infinity, -Infinity];
    for (const v of values) {
      if (v < low) low = v;
      if (v > high) high = v;
    }
    return [low, high];
  };
  const [x0, x1] = range(x);
  const [y0, y1] = range(y);
  const k = 0.92 * Math.min(canvas.width / (x1 - x0 || 1), canvas.height / (y1 - y0 || 1));
  const size = (x.length > 50_000 ? 1 : 2) * scale;
  const lightness = isDark() ? 65 : 42;
  for (let i = 0; i < x.length; i++) {
    const t = topic ? topic[i] : -1;
    context.fillStyle = t < 0 ? '#8b949c' : `hsl(${(t * 137.5) % 360} 60% ${lightness}%)`;
    context.fillRect(
      canvas.width / 2 + (x[i] - (x0 + x1) / 2) * k,
      canvas.height / 2 - (y[i] - (y0 + y1) / 2) * k,
      size,
      size,
    );
  }
}
