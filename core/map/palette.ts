import { deltaE2000, hexToRgb, rgbToLab, simulate, visions, type Lab } from './color.ts';

export type Theme = 'light' | 'dark';

/** Outliers: near the background, so that they lie behind the topics without being hidden. */
export const outlierColor: Record<Theme, string> = { light: '#c9ccd1', dark: '#4a4f57' };

/** So far apart are two neighbours' colours (CIEDE2000) for normal vision, protanopia, deuteranopia and tritanopia. */
export const leastNeighbourDifference = 20;

/** The first so many colours of a palette differ by that much pairwise: enough for any planar map (six are). */
export const coreSize = 7;

/**
 * Forty colours each, made by test/reference/palette/make-palette.ts: seven that differ for everyone, then the farthest
 * from all before. All stand off the background and the outliers' grey.
 */
const lists: Record<Theme, string> = {
  light:
    '#1b1c97 #266d69 #8d7c4b #dbb64c #702e16 #7e68d4 #4fc9fe #599a8e #4c2a49 #a8db9d #a990bc #695290 #b10d47 #85a67d #8a8dfb #b5820c #765d00 #8374a1 #5332e7 #10513f #d03c79 #db7798 #93a55b #36436b #5730b1 #a32b5d #8b81c5 #572729 #3d5c36 #b9632c #a36e64 #45db75 #89bb7e #44206f #8b4eb3 #756592 #9d5c36 #91acd8 #6fbe95 #ea9602',
  dark: '#868bce #9adeea #d88793 #89890d #774c33 #303ed0 #fbdf93 #a07390 #4e8166 #b8b91c #6baeba #276ee1 #e7b499 #99ab61 #9f4b0b #c0b6fe #8663a0 #7d318e #847343 #c1efc9 #d2f34a #2bccb4 #1d9a68 #9477fc #ee5377 #6dfee5 #b6cd68 #897aa7 #65a08c #487251 #829cf3 #ce9cd9 #7b8c43 #2861c0 #9e2418 #766434 #c7cdff #e3e6b0 #e34cbb #936d24',
};

/** A palette whose colours were compared with each other. */
export interface Palette {
  readonly colors: readonly string[];
  /** [n × n] how far apart each pair looks to whoever tells it apart least. */
  readonly differences: Float64Array;
}

const compared = new Map<Theme, Palette>();

export function palette(theme: Theme): Palette {
  const known = compared.get(theme);
  if (known) return known;
  const colors = lists[theme].split(' ');
  const seen = colors.map((hex) => visions.map((v): Lab => rgbToLab(simulate(hexToRgb(hex), v))));
  const n = colors.length;
  const differences = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const least = Math.min(...visions.map((_, v) => deltaE2000(seen[i][v], seen[j][v])));
      differences[i * n + j] = differences[j * n + i] = least;
    }
  const result = { colors, differences };
  compared.set(theme, result);
  return result;
}
