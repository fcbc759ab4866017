import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { BrowserWindow, Rectangle } from 'electron';
import { z } from 'zod';

const stored = z.object({
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
  maximized: z.boolean(),
});
export type StoredState = z.output<typeof stored>;

/** Where the last window was, if that is still on a screen. */
export function readWindowState(file: string, screens: readonly Rectangle[]): StoredState {
  const standard: StoredState = { width: 1400, height: 900, maximized: false };
  try {
    const found = stored.parse(JSON.parse(readFileSync(file, 'utf8')));
    const { x, y } = found;
    const visible =
      x !== undefined &&
      y !== undefined &&
      screens.some((s) => x >= s.x - 8 && y >= s.y - 8 && x < s.x + s.width - 80 && y < s.y + s.height - 80);
    return visible ? found : { ...found, x: undefined, y: undefined };
  } catch {
    // No file yet, or a broken one: as good as none.
    return standard;
  }
}

export function rememberWindowState(file: string, window: BrowserWindow): void {
  const { x, y, width, height } = window.getNormalBounds();
  const state: StoredState = { x, y, width, height, maximized: window.isMaximized() };
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  } catch {
    // Losing a window's place is no reason to trouble anyone.
  }
}
