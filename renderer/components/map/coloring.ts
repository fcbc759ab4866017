/** What a document's colour says: its topic, its label, a time, a number. Every colouring is a few layers of one colour. */
import type { MapData } from '../../../core/protocol.ts';
import type { AssignedBy, Topic } from '../../../core/stages.ts';
import type { ColorBy } from '../../state/store.ts';

export interface Layer {
  readonly name: string;
  readonly color: string;
}

export interface Coloring {
  readonly layers: readonly Layer[];
  /** Layer of each document; layer 0 is the grey one (outliers, no value) and is drawn first. */
  readonly of: Uint16Array;
  /** What the legend shows: nothing (names on the map do it), each layer, or both ends of a scale. */
  readonly legend: 'none' | 'layers' | 'scale';
}

export interface Words {
  outliers: string;
  none: string;
  other: string;
  number: (value: number) => string;
  day: (value: number) => string;
  assigned: (how: AssignedBy) => string;
  expert: (name: string) => string;
}

/** What was measured of the documents beside the map: how settled each is, and the topic that most seeds give it. */
export interface Measured {
  readonly settled: Float64Array;
  readonly consensus: Int32Array;
}

const steps = 24;

export function coloring(
  map: MapData,
  topics: readonly Topic[],
  by: ColorBy,
  dark: boolean,
  words: Words,
  measured: Measured | null = null,
): Coloring {
  const grey = dark ? '#5c666f' : '#aab2b9';
  if (by === 'label' && map.label) return categories(map.label, map.labelNames, grey, dark, words);
  if (by === 'expert' && map.expert)
    return categories(map.expert, map.expertNames.map(words.expert), grey, dark, words);
  if (by === 'assigned')
    return categories(
      Int32Array.from(map.assignedBy),
      map.assignments.map(words.assigned),
      grey,
      dark,
      words,
    );
  if (by === 'date' && map.date) return scale(map.date, grey, dark, words.none, words.day);
  if (by === 'probability') return scale(map.probability, grey, dark, words.none, words.number);
  if (by === 'length') {
    const logs = Float64Array.from(map.length, (v) => Math.log10(Math.max(1, v)));
    return scale(logs, grey, dark, words.none, (v) => words.number(Math.round(10 ** v)));
  }
  if (by === 'settled' && measured) return scale(measured.settled, grey, dark, words.none, words.number);
  const labels = by === 'consensus' && measured ? measured.consensus : map.topic;
  const colors = dark ? map.colors.dark : map.colors.light;
  const ids = topics.filter((topic) => topic.id >= 0).map((topic) => topic.id);
  const layerOf = new Map(ids.map((id, k) => [id, k + 1]));
  const of = new Uint16Array(map.topic.length);
  for (let i = 0; i < of.length; i++) of[i] = layerOf.get(labels[i]) ?? 0;
  const names = new Map(topics.map((topic) => [topic.id, topic.name]));
  return {
    of,
    legend: 'none',
    layers: [
      { name: words.outliers, color: grey },
      ...ids.map((id) => ({ name: names.get(id) ?? String(id), color: colors[id] ?? grey })),
    ],
  };
}

// Okabe and Ito's eight (told apart by the colour-blind), darkened for light paper, then hues in between.
const lightColors = [
  '#0072b2',
  '#c25a00',
  '#007d5a',
  '#a63d78',
  '#8a6d00',
  '#2a8fc4',
  '#a33b1f',
  '#5b5bd6',
  '#4b7f1f',
  '#7a4a2a',
];
const darkColors = [
  '#56b4e9',
  '#f0a13a',
  '#3fc79a',
  '#e58fbf',
  '#f0e442',
  '#8fb8ff',
  '#ff8a66',
  '#b3a5ff',
  '#a6d96a',
  '#d9a27a',
];

function categories(
  values: Int32Array,
  names: readonly string[],
  grey: string,
  dark: boolean,
  words: Words,
): Coloring {
  const palette = dark ? darkColors : lightColors;
  const counts = new Array<number>(names.length).fill(0);
  for (const v of values) if (v >= 0) counts[v]++;
  // Twenty colours are as many as anyone tells apart; the rest shares one.
  const shown = [...names.keys()].sort((a, b) => counts[b] - counts[a] || a - b).slice(0, 20);
  const layerOf = new Map(shown.map((v, k) => [v, k + 1]));
  const layers: Layer[] = [
    { name: names.length > shown.length ? words.other : words.none, color: grey },
    ...shown.map((v, k) => ({ name: names[v], color: colorAt(palette, k, dark) })),
  ];
  const of = new Uint16Array(values.length);
  for (let i = 0; i < of.length; i++) of[i] = layerOf.get(values[i]) ?? 0;
  return { layers, of, legend: 'layers' };
}

function colorAt(palette: readonly string[], k: number, dark: boolean): string {
  if (k < palette.length) return palette[k];
  return `hsl(${Math.round((k * 137.508 + 20) % 360)}, 45%, ${dark ? 68 : 38}%)`;
}

/** Numbers on a scale of one hue to another, in steps of equal count so that one far value doesn't hide the rest. */
function scale(
  values: ArrayLike<number>,
  grey: string,
  dark: boolean,
  none: string,
  say: (value: number) => string,
): Coloring {
  const known = Float64Array.from(values)
    .filter((v) => !Number.isNaN(v))
    .sort();
  const cuts = Array.from(
    { length: steps - 1 },
    (_, s) => known[Math.floor(((s + 1) * known.length) / steps)],
  );
  const of = new Uint16Array(values.length);
  for (let i = 0; i < of.length; i++) {
    const v = values[i];
    if (Number.isNaN(v)) continue;
    let [low, high] = [0, cuts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (v >= cuts[middle]) low = middle + 1;
      else high = middle;
    }
    of[i] = low + 1;
  }
  const from = known[0] ?? 0;
  const to = known[known.length - 1] ?? 0;
  const layers: Layer[] = [{ name: none, color: grey }];
  for (let s = 0; s < steps; s++) {
    const name = s === 0 ? say(from) : s === steps - 1 ? say(to) : say(cuts[s]);
    layers.push({ name, color: ramp(s / (steps - 1), dark) });
  }
  return { layers, of, legend: 'scale' };
}

// Viridis at five places; its ends are cut where they would vanish in the paper.
const viridis = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
];

export function ramp(value: number, dark: boolean): string {
  const v = 4 * (dark ? 0.25 + 0.75 * value : 0.88 * value);
  const k = Math.min(3, Math.floor(v));
  const mix = viridis[k].map((from, c) => Math.round(from + (viridis[k + 1][c] - from) * (v - k)));
  return `rgb(${mix.join(', ')})`;
}
