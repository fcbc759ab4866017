import type { Matrix } from '../base/matrix.ts';
import type { PlotlyFigure } from '../protocol.ts';
import type { Topic } from '../stages.ts';
import { colorOf, shortName, type FigureOptions } from './bars.ts';
import { mapLayout } from './topic-map.ts';
import { textWidth } from './labels.ts';
import { plotlyText } from './text.ts';
import { figureWords } from './words.ts';

/**
 * The intertopic distance map: a circle a topic, its area the number of documents, placed by classical scaling
 * (Torgerson 1952) of 1 − cosine similarity [t × t], so that alike topics lie near each other.
 */
export function intertopicMap(
  topics: readonly Topic[],
  similarity: Matrix,
  options: FigureOptions = {},
): PlotlyFigure {
  const { documentsOf } = figureWords(options.language);
  const places = classicalScaling(similarity);
  const largest = Math.max(1, ...topics.map((t) => t.count));
  const names = placedNames(topics, places);
  return {
    data: [
      {
        type: 'scatter',
        mode: 'markers+text',
        x: places.x,
        y: places.y,
        customdata: topics.map((t) => t.id),
        text: names.map(({ text }) => text),
        textposition: names.map(({ position }) => position),
        textfont: { size: 11 },
        cliponaxis: false,
        hovertext: topics.map((t) => {
          const words = t.keywords.slice(0, 5).map((k) => k.keyword);
          return `<b>${shortName(t, 60)}</b><br>${plotlyText(words.join(', '))}<br>${documentsOf(t.count)}`;
        }),
        hovertemplate: '%{hovertext}<extra></extra>',
        marker: {
          size: topics.map((t) => t.count),
          sizemode: 'area',
          sizeref: (2 * largest) / (2 * largestRadius) ** 2,
          sizemin: leastRadius,
          color: topics.map((t) => colorOf(t.id, options)),
          opacity: 0.75,
          line: { width: 1 },
        },
      },
    ],
    layout: mapLayout(options.theme ?? 'light', {}),
  };
}

/** Of the circles, in pixels. */
const [leastRadius, largestRadius] = [5, 30];

function radiusOf(count: number, largest: number): number {
  return Math.max(leastRadius, largestRadius * Math.sqrt(count / Math.max(1, largest)));
}

interface Named {
  readonly text: string;
  readonly position: string;
}

/** Where a name may stand beside its circle, the best place first: Plotly's word for it, and its middle's way from the circle's in radii and halves of itself. */
const positions = [
  { position: 'top center', x: 0, y: 1 },
  { position: 'bottom center', x: 0, y: -1 },
  { position: 'middle right', x: 1, y: 0 },
  { position: 'middle left', x: -1, y: 0 },
];

/** Names beside the circles, those of larger topics first, none over another nor over another's circle, on a picture of the usual size. */
export function placedNames(topics: readonly Topic[], { x, y }: { x: number[]; y: number[] }): Named[] {
  const across = 700 / (Math.max(...x) - Math.min(...x) || 1);
  const down = 380 / (Math.max(...y) - Math.min(...y) || 1);
  const scale = Math.min(across, down);
  const bySize = [...topics.keys()].sort((a, b) => topics[b].count - topics[a].count || a - b);
  const circles = topics.map((topic, t) => ({
    x: x[t] * scale,
    y: y[t] * scale,
    radius: radiusOf(topic.count, topics[bySize[0]].count),
  }));
  const placed: { x: number; y: number; half: number }[] = [];
  const names: Named[] = topics.map(() => ({ text: '', position: 'top center' }));
  for (const t of bySize) {
    const [text, circle] = [shortName(topics[t], 16), circles[t]];
    const half = textWidth(text, 11) / 2 + 3;
    for (const way of positions) {
      const own = {
        x: circle.x + way.x * (circle.radius + half),
        y: circle.y + way.y * (circle.radius + 8),
        half,
      };
      const isFree =
        placed.every(
          (other) => Math.abs(other.y - own.y) > 16 || Math.abs(other.x - own.x) > other.half + half,
        ) &&
        circles.every((other, o) => {
          const [dx, dy] = [Math.abs(other.x - own.x) - half, Math.abs(other.y - own.y) - 7];
          return o === t || Math.hypot(Math.max(0, dx), Math.max(0, dy)) >= other.radius;
        });
      if (!isFree) continue;
      names[t] = { text, position: way.position };
      placed.push(own);
      break;
    }
  }
  return names;
}

/**
 * The two leading coordinates of classical multidimensional scaling of distances 1 − s. Eigenvectors by power iteration
 * from a fixed start, each with its largest entry positive, so the picture never flips.
 */
export function classicalScaling(similarity: Matrix): { x: number[]; y: number[] } {
  const n = similarity.rows;
  const centred = new Float64Array(n * n);
  const mean = new Float64Array(n);
  let total = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const d = (1 - similarity.data[i * n + j]) ** 2;
      centred[i * n + j] = d;
      mean[i] += d / n;
      total += d / (n * n);
    }
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) centred[i * n + j] = -0.5 * (centred[i * n + j] - mean[i] - mean[j] + total);
  const first = leadingEigenvector(centred, n, null);
  const second = leadingEigenvector(centred, n, first.vector);
  const scaled = ({ vector, value }: Eigen): number[] =>
    Array.from(vector, (v) => v * Math.sqrt(Math.max(0, value)));
  return { x: scaled(first), y: scaled(second) };
}

interface Eigen {
  vector: Float64Array;
  value: number;
}

function leadingEigenvector(matrix: Float64Array, n: number, not: Float64Array | null): Eigen {
  let vector = Float64Array.from({ length: n }, (_, i) => Math.cos((i + 1) * 1.7) + (not ? 0.3 : 0.1));
  // Adding its size on the diagonal makes the largest eigenvalue the largest in magnitude.
  let shift = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += Math.abs(matrix[i * n + j]);
    shift = Math.max(shift, sum);
  }
  let value = 0;
  for (let round = 0; round < 500; round++) {
    const next = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      let sum = shift * vector[i];
      for (let j = 0; j < n; j++) sum += matrix[i * n + j] * vector[j];
      next[i] = sum;
    }
    if (not) {
      const along = next.reduce((sum, v, i) => sum + v * not[i], 0);
      next.forEach((v, i) => (next[i] = v - along * not[i]));
    }
    const norm = Math.hypot(...next);
    if (norm === 0) return { vector: next, value: 0 };
    value = norm - shift;
    vector = next.map((v) => v / norm);
  }
  let largest = 0;
  vector.forEach((v, i) => {
    if (Math.abs(v) > Math.abs(vector[largest]) + 1e-12) largest = i;
  });
  return { vector: vector[largest] < 0 ? vector.map((v) => -v) : vector, value };
}
