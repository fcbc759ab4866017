/** The map as one sees it, as a picture to take away: PNG at twice the size, or SVG whose dots and names stay vectors. */
import type { MapData } from '../../../core/protocol.ts';
import type { Topic } from '../../../core/stages.ts';
import { toScreen } from './camera.ts';
import type { Coloring } from './coloring.ts';
import { diamondPath } from './diamonds.ts';
import type { Diamonds } from './diamonds.ts';
import { mapText, placeNames } from './names.ts';
import type { PlacedName } from './names.ts';
import { dotSize } from './painter.ts';
import type { Stage } from './stage.ts';

export interface Shot {
  map: MapData;
  stage: Stage;
  colors: Coloring;
  dark: boolean;
  names: boolean;
  topics: readonly Topic[];
  /** 1 for each document that is picked; null when none is. The others turn grey, as on the map. */
  mask: Uint8Array | null;
  /** Predicted documents, as the map shows them. */
  diamonds: Diamonds;
}

const font = 'system-ui, sans-serif';

/** Dots in view by layer, as pixels. */
function dots({ map, stage, colors, mask }: Shot): number[][] {
  const { camera, size } = stage;
  const buckets: number[][] = colors.layers.map(() => []);
  for (let i = 0; i < map.x.length; i++) {
    const [px, py] = toScreen(camera, size, map.x[i], map.y[i]);
    if (px > 0 && py > 0 && px < size.width && py < size.height)
      buckets[mask && mask[i] === 0 ? 0 : colors.of[i]].push(px, py);
  }
  return buckets;
}

const contourColor = (dark: boolean): string => (dark ? '#55616b' : '#9aa5ae');

function placed({ map, stage, names, topics }: Shot): PlacedName[] {
  if (!names) return [];
  const counts = new Map(topics.map((topic) => [topic.id, topic.count]));
  return placeNames(
    map.names,
    (name) => name.topics.reduce((sum, id) => sum + (counts.get(id) ?? 0), 0),
    stage.camera,
    stage.size,
    (text, coarse) => mapText(text, stage.zoom).length * (coarse ? 8.6 : 7),
  );
}

/** Corners and colour of each predicted document in view. */
function corners({ stage: { camera, size }, diamonds }: Shot): { path: [number, number][]; color: string }[] {
  const { documents, shown, color } = diamonds;
  return shown.flatMap((k) => {
    const [px, py] = toScreen(camera, size, documents[k].x, documents[k].y);
    const inside = px > 0 && py > 0 && px < size.width && py < size.height;
    return inside ? [{ path: diamondPath(px, py), color: color(documents[k].topic) }] : [];
  });
}

const paper = (dark: boolean): string => (dark ? '#0f1215' : '#ffffff');
const ink = (dark: boolean): string => (dark ? '#e6eaed' : '#1a2127');

export async function mapPng(shot: Shot): Promise<Blob> {
  const { size, zoom } = shot.stage;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [2 * size.width, 2 * size.height];
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This window can draw no picture: its canvas is not available.');
  context.scale(2, 2);
  context.fillStyle = paper(shot.dark);
  context.fillRect(0, 0, size.width, size.height);
  const dot = dotSize(shot.map.x.length, zoom);
  dots(shot).forEach((bucket, layer) => {
    context.globalAlpha = layer === 0 ? 0.5 : 0.75;
    context.fillStyle = shot.colors.layers[layer].color;
    context.beginPath();
    for (let k = 0; k < bucket.length; k += 2) {
      context.moveTo(bucket[k] + dot / 2, bucket[k + 1]);
      context.arc(bucket[k], bucket[k + 1], dot / 2, 0, 2 * Math.PI);
    }
    context.fill();
  });
  context.globalAlpha = 1;
  context.strokeStyle = contourColor(shot.dark);
  context.lineWidth = 1;
  for (const d of shot.stage.contourPaths()) context.stroke(new Path2D(d));
  context.strokeStyle = shot.diamonds.edge;
  context.lineWidth = 1.5;
  for (const { path, color } of corners(shot)) {
    context.beginPath();
    for (const [x, y] of path) context.lineTo(x, y);
    context.closePath();
    context.fillStyle = color;
    context.fill();
    context.stroke();
  }
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { name, x, y, coarse } of placed(shot)) {
    context.font = `600 ${coarse ? 15 : 12}px ${font}`;
    context.lineWidth = 3;
    context.lineJoin = 'round';
    context.strokeStyle = paper(shot.dark);
    const text = mapText(name.text, zoom);
    context.strokeText(text, x, y);
    context.fillStyle = ink(shot.dark);
    context.fillText(text, x, y);
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.')))),
  );
}

export async function mapSvg(shot: Shot): Promise<Blob> {
  const { width, height } = shot.stage.size;
  const dot = dotSize(shot.map.x.length, shot.stage.zoom);
  const layers = dots(shot).map((bucket, layer) => {
    // A line of no length with round ends is a dot: one path for all of a colour.
    let d = '';
    for (let k = 0; k < bucket.length; k += 2) d += `M${bucket[k].toFixed(1)} ${bucket[k + 1].toFixed(1)}h0`;
    const opacity = layer === 0 ? 0.5 : 0.75;
    return d && `<path d="${d}" stroke="${shot.colors.layers[layer].color}" stroke-opacity="${opacity}"/>`;
  });
  const lines = shot.stage.contourPaths().map((d) => `<path d="${escape(d)}"/>`);
  const predicted = corners(shot).map(
    ({ path, color }) =>
      `<path d="M${path.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z" fill="${color}"/>`,
  );
  const names = placed(shot).map(
    ({ name, x, y, coarse }) =>
      `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${coarse ? 15 : 12}">${escape(mapText(name.text, shot.stage.zoom))}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="100%" height="100%" fill="${paper(shot.dark)}"/>
<g fill="none" stroke-width="${dot}" stroke-linecap="round">${layers.join('\n')}</g>
<g fill="none" stroke="${contourColor(shot.dark)}">${lines.join('')}</g>
<g stroke="${shot.diamonds.edge}" stroke-width="1.5">${predicted.join('')}</g>
<g fill="${ink(shot.dark)}" stroke="${paper(shot.dark)}" stroke-width="3" paint-order="stroke" stroke-linejoin="round" font-family="${font}" font-weight="600" text-anchor="middle" dominant-baseline="central">${names.join('\n')}</g>
</svg>`;
  return new Blob([svg], { type: 'image/svg+xml' });
}

/** Text in XML: control characters that XML has no word for are left out. */
function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');
}
