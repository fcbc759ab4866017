import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** Goes to a view by its tab. */
export async function goTo(page: Page, view: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: view, exact: true })
    .click();
}

/** Chooses files where a button asks for them. */
export async function chooseFile(page: Page, button: string, files: string | string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser', { timeout: 30_000 });
  await page.getByRole('button', { name: button }).click();
  await (await chooser).setFiles(files);
}

/** From a previewed corpus over its settings to the finished map. */
export async function findTopics(page: Page, sample: number): Promise<void> {
  await expect(page.getByText('What a run takes')).toBeVisible();
  await expect(page.getByRole('region', { name: 'First rows' })).toBeVisible({ timeout: 120_000 });
  await page.getByLabel(/^Sample/).fill(String(sample));
  await expect(page.getByText(/of memory/)).toBeVisible({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Find topics' }).click();
  // A run whose documents were embedded before may end before anyone could look at its progress.
  const map = page.locator('[data-painted]');
  await expect(page.getByRole('button', { name: 'Cancel the run' }).or(map).first()).toBeAttached();
  await expect(page.getByRole('progressbar').or(map).first()).toBeAttached({ timeout: 120_000 });
  await mapPainted(page);
}

export async function mapPainted(page: Page): Promise<void> {
  await page.locator('[data-painted]').waitFor({ state: 'attached', timeout: 14 * 60_000 });
}

/** What a figure is drawn as: the hierarchy is a drawing with a slider and the experts a table to choose from, no plots. */
export function drawnFigure(page: Page, name: string): Locator {
  const own: Record<string, string> = { Hierarchy: '.centre svg', 'Experts and topics': '.heat table' };
  return page.locator(own[name] ?? '.centre .main-svg').first();
}

/** Serious violations of WCAG in what is on the screen, in words. */
export async function seriousViolations(page: Page, legacy = false): Promise<string[]> {
  const builder = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']);
  const { violations } = await (legacy ? builder.setLegacyMode() : builder).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

/** Waits until colours that change with the theme have changed: a busy machine takes longer than their transitions say. */
async function atRest(page: Page): Promise<void> {
  const moving = (): number =>
    document
      .getAnimations()
      .filter(
        ({ playState, effect }) =>
          playState === 'running' && effect?.getComputedTiming().endTime !== Infinity,
      ).length;
  await expect.poll(() => page.evaluate(moving), { timeout: 10_000 }).toBe(0);
}

/** No serious violation of WCAG in what is on the screen, in either theme. */
export async function checkAccess(page: Page, what: string, legacy = false): Promise<void> {
  for (const theme of ['light', 'dark']) {
    const toggle = page.getByRole('button', { name: `Switch to ${theme}` });
    if (await toggle.isVisible()) await toggle.click();
    // The pointer's tooltip would be checked in the middle of fading.
    await page.mouse.move(2, 2);
    await page.waitForTimeout(400);
    await atRest(page);
    const serious = await seriousViolations(page, legacy);
    expect(serious, `${what}, ${theme}`).toEqual([]);
  }
}

/** Whether anything but nothing was drawn: distinct colours in a picture of the map without its names. */
export async function colorsOnMap(page: Page): Promise<number> {
  const picture = (await page.locator('.drawn').screenshot()).toString('base64');
  return page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const pixels = context.getImageData(0, 0, bitmap.width, bitmap.height).data;
    const seen = new Set<number>();
    // Hues only, in steps of 30 degrees: anti-aliasing makes shades of everything.
    for (let i = 0; i < pixels.length; i += 4) {
      const [r, g, b] = [pixels[i], pixels[i + 1], pixels[i + 2]];
      const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
      if (most - least < 60) continue;
      const hue =
        most === r
          ? (g - b) / (most - least)
          : most === g
            ? 2 + (b - r) / (most - least)
            : 4 + (r - g) / (most - least);
      seen.add(Math.floor(((hue + 6) % 6) * 2));
    }
    return seen.size;
  }, picture);
}
