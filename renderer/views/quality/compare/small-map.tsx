import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ComparedVariant } from '../../../../core/protocol.ts';
import { coreBounds, fit, toData, toScreen } from '../../../components/map/camera.ts';
import type { Camera, Size } from '../../../components/map/camera.ts';
import { GridIndex } from '../../../components/map/grid-index.ts';
import { useT } from '../../../i18n/index.ts';
import { useCompare } from '../../../state/compare.ts';
import { count } from '../../../state/format.ts';

const size: Size = { width: 480, height: 340 };

/** One variant's map as a picture: point at a document, click one for its topic, drag a box for what lies in it. */
export function SmallMap({ variant }: { variant: ComparedVariant }): React.ReactNode {
  const t = useT();
  const { x, y, labels, name } = variant;
  const { picked, hovered } = useCompare();
  const dark = useComputedColorScheme('light') === 'dark';
  const canvas = useRef<HTMLCanvasElement>(null);
  const [box, setBox] = useState<[number, number, number, number] | null>(null);
  const index = useMemo(() => new GridIndex(x, y), [x, y]);
  const camera = useMemo(() => fit(coreBounds(x, y), size), [x, y]);
  useEffect(() => {
    if (canvas.current) draw(canvas.current, variant, camera, { picked, hovered, dark });
  }, [variant, camera, picked, hovered, dark]);

  const at = (event: React.PointerEvent): [number, number] => {
    const frame = canvas.current!.getBoundingClientRect();
    return [
      ((event.clientX - frame.left) * size.width) / frame.width,
      ((event.clientY - frame.top) * size.height) / frame.height,
    ];
  };
  const under = (event: React.PointerEvent): number => {
    const [px, py] = at(event);
    const [dx, dy] = toData(camera, size, px, py);
    return index.nearest(dx, dy, 10 / camera.scale);
  };
  const up = (event: React.PointerEvent): void => {
    const caught = box;
    setBox(null);
    if (!caught) return;
    const [x0, y0, x1, y1] = caught;
    if (Math.hypot(x1 - x0, y1 - y0) < 5) {
      const row = under(event);
      const topic = row < 0 ? -1 : labels[row];
      useCompare.setState({
        picked: row < 0 ? null : Int32Array.from(labels.keys()).filter((i) => labels[i] === topic),
      });
      return;
    }
    const corners = [
      [x0, y0],
      [x1, y0],
      [x1, y1],
      [x0, y1],
    ].flatMap(([px, py]) => toData(camera, size, px, py));
    useCompare.setState({ picked: index.inside(corners) });
  };
  return (
    <div className="small-map">
      <canvas
        ref={canvas}
        role="img"
        aria-label={t('compare.map', { name, count: count(x.length) })}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const [px, py] = at(event);
          setBox([px, py, px, py]);
        }}
        onPointerMove={(event) => {
          const [px, py] = at(event);
          if (box) setBox([box[0], box[1], px, py]);
          else useCompare.setState({ hovered: under(event) });
        }}
        onPointerUp={up}
        onPointerLeave={() => useCompare.setState({ hovered: -1 })}
      />
      {box && (
        <svg viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
          <rect
            x={Math.min(box[0], box[2])}
            y={Math.min(box[1], box[3])}
            width={Math.abs(box[2] - box[0])}
            height={Math.abs(box[3] - box[1])}
          />
        </svg>
      )}
    </div>
  );
}

interface Shown {
  picked: Int32Array | null;
  hovered: number;
  dark: boolean;
}

function draw(
  canvas: HTMLCanvasElement,
  { x, y, labels, colors }: ComparedVariant,
  camera: Camera,
  { picked, hovered, dark }: Shown,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const scale = window.devicePixelRatio;
  canvas.width = size.width * scale;
  canvas.height = size.height * scale;
  context.scale(scale, scale);
  const grey = dark ? '#5c666f' : '#aab2b9';
  const dot = x.length > 50_000 ? 1 : x.length > 5000 ? 1.6 : 2.6;
  const point = (row: number, side: number): void => {
    if (Number.isNaN(x[row])) return;
    const [px, py] = toScreen(camera, size, x[row], y[row]);
    context.fillRect(px - side / 2, py - side / 2, side, side);
  };
  context.globalAlpha = picked ? 0.18 : 0.75;
  for (let row = 0; row < x.length; row++) {
    context.fillStyle = picked ? grey : (colors[labels[row]] ?? grey);
    point(row, dot);
  }
  context.globalAlpha = 0.95;
  for (const row of picked ?? []) {
    context.fillStyle = colors[labels[row]] ?? grey;
    point(row, dot + 1);
  }
  if (hovered >= 0 && !Number.isNaN(x[hovered])) {
    const [px, py] = toScreen(camera, size, x[hovered], y[hovered]);
    context.strokeStyle = dark ? '#e6eaed' : '#1a2127';
    context.lineWidth = 2;
    context.beginPath();
    context.arc(px, py, 6, 0, 2 * Math.PI);
    context.stroke();
  }
}
