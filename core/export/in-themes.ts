import { isDeepStrictEqual } from 'node:util';
import type { PlotlyFigure, ThemedFigure } from '../protocol.ts';

/** What stands somewhere in a figure: the keys that lead there, and the value. */
type Change = [path: (string | number)[], value: unknown];

/** The light figure, and what the dark one has in place of its values: a page swaps them, and keeps all else once. */
export interface FigureInThemes extends PlotlyFigure {
  readonly dark: readonly Change[];
}

export function inThemes({ light, dark }: ThemedFigure): FigureInThemes {
  return { ...light, dark: differences(light, dark, []) };
}

function differences(light: unknown, dark: unknown, path: Change[0]): Change[] {
  if (isDeepStrictEqual(light, dark)) return [];
  // Lists of numbers or colours, and lists of such lists (a colour scale), are one value to Plotly.
  if (!isTree(light) || !isTree(dark) || !isDeepStrictEqual(Object.keys(light), Object.keys(dark)))
    return [[path, dark]];
  const isList = Array.isArray(light);
  return Object.keys(light).flatMap((key) =>
    differences(light[key], dark[key], [...path, isList ? Number(key) : key]),
  );
}

/** An object, or a list of objects. */
function isTree(value: unknown): value is Record<string, unknown> {
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return false;
  return !Array.isArray(value) || value.every((item) => isTree(item) && !Array.isArray(item));
}
