/** A name to place, in the map's units. */
export interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** The larger comes first where two would overlap. */
  readonly weight: number;
  /** Half the width and height of what it names, in the map's units. */
  readonly reach?: readonly [number, number];
}

export interface Extent {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** The picture for which names are placed; a larger one only has more room between them. */
const width = 900;
const height = 600;
export const labelSize = 12;

/** A text's width in pixels: wide scripts take the full size, Latin letters a little more than half. */
export function textWidth(text: string, size = labelSize): number {
  let units = 0;
  for (const c of text) units += (c.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.58;
  return units * size;
}

/** The smallest box around all points that have a place. */
export function extentOf(x: ArrayLike<number>, y: ArrayLike<number>): Extent {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i])) continue;
    left = Math.min(left, x[i]);
    right = Math.max(right, x[i]);
    bottom = Math.min(bottom, y[i]);
    top = Math.max(top, y[i]);
  }
  return left <= right ? { left, right, bottom, top } : { left: 0, right: 1, bottom: 0, top: 1 };
}

/**
 * How many pixels above its place a name stands: over a cluster that is smaller than the name and would be hidden by it, on
 * a larger one not at all.
 */
export function standsAbove({ text, reach }: Pick<Label, 'text' | 'reach'>, scale: number): number {
  if (reach === undefined) return 0;
  const [across, up] = [reach[0] * scale, reach[1] * scale];
  return across < textWidth(text) / 2 && up < 1.5 * labelSize ? up + labelSize : 0;
}

/** Pixels a unit of the map in the picture for which names are placed; the map has one scale for both axes. */
export function pictureScale({ left, right, bottom, top }: Extent): number {
  return Math.min(width / (right - left || 1), height / (top - bottom || 1));
}

/**
 * Chooses the labels that fit without overlapping when the map is shown `zoom` times as large as needed to see all of it.
 * @returns indices of those that stand, heaviest first
 */
export function placeLabels(labels: readonly Label[], extent: Extent, zoom = 1): number[] {
  const scale = zoom * pictureScale(extent);
  const boxes: [number, number, number, number][] = [];
  const order = [...labels.keys()].sort((a, b) => labels[b].weight - labels[a].weight || a - b);
  return order.filter((i) => {
    const { x, y, text } = labels[i];
    const w = textWidth(text) / 2 + 5;
    const h = labelSize * 0.75 + 3;
    const middle = y * scale + standsAbove(labels[i], scale);
    const box: (typeof boxes)[number] = [x * scale - w, x * scale + w, middle - h, middle + h];
    if (boxes.some((b) => b[0] < box[1] && box[0] < b[1] && b[2] < box[3] && box[2] < b[3])) return false;
    boxes.push(box);
    return true;
  });
}
