/** growth.json → assets/screenshots/growth.svg: `node test/bench/growth-picture.mjs` draws again without measuring. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './environment.mjs';

const colors = ['#0b6e99', '#c2410c', '#7c3aed', '#15803d', '#a16207', '#be185d', '#475569'];
const [width, height] = [920, 400];
const panels = { seconds: { left: 62, right: 330 }, memory: { left: 560, right: 760 } };
const [top, bottom] = [58, 350];
const ink = '#334155';
const pale = '#cbd5e1';
/** Least distance of two names. */
const lineHeight = 15;

const text = (x, y, words, more = '') => `<text x="${x}" y="${y}"${more}>${words}</text>`;
const line = (x1, y1, x2, y2, stroke, more = '') =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${stroke}"${more}/>`;
const round = (v) => Math.round(v * 10) / 10;

/** A logarithmic scale from values to pixels. */
function scale(from, to, low, high) {
  const [a, b] = [Math.log10(from), Math.log10(to)];
  return (value) => round(low + ((Math.log10(value) - a) / (b - a)) * (high - low));
}

const decades = (from, to) => {
  const found = [];
  for (let e = Math.floor(Math.log10(from)); 10 ** e <= to * 1.001; e++)
    if (10 ** e >= from * 0.999) found.push(10 ** e);
  return found;
};

/** One panel: axes, and each series [name, [[documents, value], …], dashed?] with its name at its right end. */
function panel({ left, right }, title, unit, sizes, series) {
  const values = series.flatMap(([, points]) => points.map(([, value]) => value));
  const low = 10 ** Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(...values) * 1.3;
  const x = scale(sizes[0], sizes.at(-1), left, right);
  const y = scale(low, high, bottom, top);
  const parts = [text(left, top - 22, title, ' font-weight="600"')];
  for (const tick of decades(low, high)) {
    parts.push(line(left, y(tick), right, y(tick), pale));
    parts.push(text(left - 8, y(tick) + 4, `${tick} ${unit}`, ' text-anchor="end"'));
  }
  for (const size of sizes) {
    parts.push(line(x(size), top, x(size), bottom, pale));
    parts.push(text(x(size), bottom + 20, size.toLocaleString('en'), ' text-anchor="middle"'));
  }
  const ends = series
    .map(([name, points, dashed], i) => ({
      name,
      color: dashed ? ink : colors[i % colors.length],
      points,
      dashed,
      at: y(points.at(-1)[1]),
    }))
    .sort((a, b) => a.at - b.at);
  // Names keep clear of each other, downwards.
  let least = -Infinity;
  for (const end of ends) {
    end.place = Math.max(end.at, least + lineHeight);
    least = end.place;
  }
  for (const { name, color, points, dashed, at, place } of ends) {
    const path = points.map(([size, value]) => `${x(size)},${y(value)}`).join(' ');
    parts.push(
      `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="2"${dashed ? ' stroke-dasharray="5 4"' : ''}/>`,
    );
    if (!dashed)
      for (const [size, value] of points)
        parts.push(`<circle cx="${x(size)}" cy="${y(value)}" r="3" fill="${color}"/>`);
    parts.push(line(right + 4, at, right + 14, round(place), color, ' stroke-width="1"'));
    parts.push(text(right + 18, round(place) + 4, name, ` fill="${color}"`));
  }
  return parts.join('\n');
}

/** The whole picture as SVG. */
export function picture({ sizes: bySize, machine }) {
  const sizes = Object.keys(bySize)
    .map(Number)
    .sort((a, b) => a - b);
  const names = [...new Set(sizes.flatMap((s) => Object.values(bySize[s]).flatMap((g) => Object.keys(g))))];
  const of = (name, measure) =>
    sizes.flatMap((size) => {
      const stage = Object.values(bySize[size]).find((stages) => name in stages)?.[name];
      return stage ? [[size, measure(stage)]] : [];
    });
  const seconds = names.map((name) => [name, of(name, (stage) => Math.max(stage.cpu, 0.01))]);
  const linear = [
    'linear growth',
    sizes.map((size) => [size, (seconds[0][1][0][1] * size) / sizes[0]]),
    true,
  ];
  const memory = names.map((name) => [name, of(name, (stage) => stage.peak / 1e9)]);
  const own = (times) => sizes.map((size) => [size, (times * size * 384 * 4) / 1e9]);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="${ink}">
<title>Time and peak memory of each stage after embedding, by documents</title>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${panel(panels.seconds, 'Processor seconds, all threads together', 's', sizes, [...seconds, linear])}
${panel(panels.memory, 'Peak memory, embeddings included', 'GB', sizes, [...memory, ['2.5 × the embeddings', own(2.5), true], ['the embeddings', own(1), true]])}
${text(62, height - 12, `Synthetic documents, 384 dimensions; ${machine.cpu}, ${machine.cores} cores; both axes logarithmic`, ` font-size="11" fill="#64748b"`)}
</svg>
`;
}

export function writePicture() {
  const growth = JSON.parse(readFileSync(new URL('growth.json', import.meta.url), 'utf8'));
  writeFileSync(path.join(root, 'assets/screenshots/growth.svg'), picture(growth));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writePicture();
