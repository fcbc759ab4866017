import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { root, scratch } from './corpus.ts';
import { serve } from './served.ts';
import { colorsOnMap, findTopics } from './walk.ts';

/** Pictures for the README: of the bundled corpus, whose texts are free. MOETOPIC_SCREENSHOTS=1 writes them where it shows them. */
const folder = process.env.MOETOPIC_SCREENSHOTS
  ? path.join(root, 'assets/screenshots')
  : scratch('screenshots');

test('the bundled corpus starts with one click and looks as the README shows it', async () => {
  mkdirSync(folder, { recursive: true });
  const served = await serve();
  try {
    const page = await served.open();
    await page.getByRole('button', { name: /Debian packages/ }).click();
    await findTopics(page, 1500);
    await page.getByRole('region', { name: 'Topics' }).locator('.topic').first().waitFor();
    expect(await colorsOnMap(page)).toBeGreaterThan(3);
    await page.mouse.move(2, 2);
    await page.waitForTimeout(800);
    await page.screenshot({ path: path.join(folder, 'explore-light.png') });
    await page.getByRole('button', { name: 'Switch to dark' }).click();
    await page.getByRole('region', { name: 'Topics' }).locator('.topic').first().click();
    await expect(page.getByText('Documents that stand for it')).toBeVisible();
    await page.mouse.move(2, 2);
    await page.waitForTimeout(1500);
    await page.screenshot({ path: path.join(folder, 'topic-dark.png') });
    expect(served.problems).toEqual([]);
  } finally {
    await served.close();
  }
});
