/** Which topics' names are written where: as many as fit without touching, finer ones as one comes closer. */
import type { MapData } from '../../../core/protocol.ts';
import type { Camera, Size } from './camera.ts';
import { toScreen } from './camera.ts';

export type MapName = MapData['names'][number];

export interface PlacedName {
  readonly name: MapName;
  /** Of the text's middle, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly coarse: boolean;
}

/** How far the points that a name stands beside may stick out of the reach of their topic, in pixels: a point's own size at least. */
const gap = 4;
/** Height of a line of names and the pixels that each name needs on average. */
const lineHeight = 20;
const areaOfName = 11_000;

/** From afar a topic's first two words are enough (all of them would hide what they name); a person's own name stays whole. */
export function mapText(name: string, zoom: number): string {
  return zoom < 2 ? name.split(' · ').slice(0, 2).join(' · ') : name;
}

export function placeNames(
  names: readonly MapName[],
  weight: (name: MapName) => number,
  camera: Camera,
  size: Size,
  measure: (text: string, coarse: boolean) => number,
  /** How much larger than usual the person wants text to be. */
  textScale = 1,
): PlacedName[] {
  const line = lineHeight * textScale;
  const finest = names.reduce((most, name) => Math.max(most, name.level), 0);
  const room = Math.max(6, (size.width * size.height) / (areaOfName * textScale ** 2));
  const inView = (name: MapName): boolean => {
    const [px, py] = toScreen(camera, size, name.x, name.y);
    return px > -20 && py > -10 && px < size.width + 20 && py < size.height + 10;
  };
  let level = finest;
  let candidates = upTo(names, level).filter(inView);
  while (level > 0 && candidates.length > room) candidates = upTo(names, --level).filter(inView);

  const sorted = candidates
    .map((name, order) => ({ name, order, weight: weight(name) }))
    .sort((a, b) => b.weight - a.weight || a.order - b.order);
  const placed: PlacedName[] = [];
  const taken: [number, number, number, number][] = [];
  for (const { name } of sorted) {
    const coarse = name.topics.length > 1;
    const half = measure(name.text, coarse) / 2 + 5;
    for (const [px, py] of spots(name, half, line, camera, size)) {
      const x = Math.min(Math.max(px, half), Math.max(half, size.width - half));
      const y = Math.min(Math.max(py, line / 2), size.height - line / 2);
      const box: [number, number, number, number] = [x - half, y - line / 2, x + half, y + line / 2];
      if (taken.some((t) => t[0] < box[2] && box[0] < t[2] && t[1] < box[3] && box[1] < t[3])) continue;
      taken.push(box);
      placed.push({ name, x, y, coarse });
      break;
    }
  }
  return placed;
}

/** Where a name may stand, the best first: on its topic, or beside one that is so small that it would be hidden. */
function spots(name: MapName, half: number, line: number, camera: Camera, size: Size): [number, number][] {
  const [x, y] = toScreen(camera, size, name.x, name.y);
  const [across, up] = [name.reach[0] * camera.scale, name.reach[1] * camera.scale];
  if (across > half || up > 1.5 * line) return [[x, y]];
  const [beside, above] = [across + gap + half, up + gap + line / 2];
  return [
    [x, y - above],
    [x, y + above],
    [x + beside, y],
    [x - beside, y],
  ];
}

/** Names of a level and of coarser ones whose topics no finer name speaks for: a name splits into those below it. */
function upTo(names: readonly MapName[], level: number): MapName[] {
  const covered = new Set<number>();
  const chosen: MapName[] = [];
  const finestFirst = names.filter((name) => name.level <= level).sort((a, b) => b.level - a.level);
  for (const name of finestFirst) {
    if (name.topics.length > 0 && name.topics.every((topic) => covered.has(topic))) continue;
    for (const topic of name.topics) covered.add(topic);
    chosen.push(name);
  }
  return chosen;
}
