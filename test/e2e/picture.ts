import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { scratch } from './corpus.ts';

/** Pictures to look at, where they are asked for: MOETOPIC_SCREENSHOTS_TOPICS=folder. */
const wanted = process.env.MOETOPIC_SCREENSHOTS_TOPICS;
const folder = wanted ?? scratch('pictures');

/** What is on the screen, in both themes; a dialog in that of the moment, since the switch is behind it. */
export async function pictureIn(page: Page, group: string, name: string): Promise<void> {
  const place = path.join(folder, group);
  mkdirSync(place, { recursive: true });
  if ((await page.getByRole('dialog').count()) > 0) {
    await page.screenshot({ path: path.join(place, `${name}.png`) });
    return;
  }
  for (const theme of ['light', 'dark']) {
    const toggle = page.getByRole('button', { name: `Switch to ${theme}` });
    if (await toggle.isVisible()) await toggle.click();
    await page.mouse.move(2, 2);
    await page.waitForTimeout(300);
    await page.screenshot({ path: path.join(place, `${name}-${theme}.png`) });
  }
}
