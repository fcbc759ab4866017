import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { corpus } from './corpus.ts';
import { serve } from './served.ts';
import type { Served } from './served.ts';
import { chooseFile, mapPainted } from './walk.ts';

/** What may befall a run in its window: it is cancelled, its page is reloaded or closed, it is looked at in another language. */
test.describe.configure({ mode: 'serial' });

let served: Served;
let page: Page;

test.beforeAll(async () => {
  served = await serve();
  page = await served.open();
});
test.afterAll(() => served.close());

const cancel = (on: Page) => on.getByRole('button', { name: 'Cancel the run' });

/** From the opened file to a run of a sample of its own, of which nothing lies in the cache. */
async function begin(on: Page, sample: number): Promise<void> {
  await expect(on.getByRole('region', { name: 'First rows' })).toBeVisible({ timeout: 120_000 });
  await on.getByLabel(/^Sample/).fill(String(sample));
  const seed = on.getByLabel(/^Seed/);
  if (!(await seed.isVisible())) await on.getByRole('button', { name: 'All settings' }).click();
  await seed.fill(String(Date.now() % 1_000_000));
  await expect(on.getByText(/of memory/)).toBeVisible({ timeout: 120_000 });
  await on.getByRole('button', { name: 'Find topics' }).click();
  await expect(cancel(on)).toBeVisible();
}

test('a cancelled run says so, leaves the settings as they were, and can be started again', async () => {
  await chooseFile(page, 'Open file…', corpus.file);
  await begin(page, 1200);
  await expect(page.getByRole('progressbar').first()).toBeVisible({ timeout: 60_000 });
  await cancel(page).click();
  await expect(page.getByRole('alert')).toContainText('Cancelled');
  await expect(cancel(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByLabel(/^Sample/)).toHaveValue('1200');
  await page.getByRole('button', { name: 'Find topics' }).click();
  await expect(cancel(page)).toBeVisible();
});

async function speak(picker: string, language: string): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByRole('combobox', { name: picker }).click();
  await page.getByRole('option', { name: language }).click();
}

/** The run where it goes on, else what has become of it: each key does nothing where its view is not there. */
async function findRun(cancelName: string): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Control+2');
    await page.keyboard.press('Control+3');
    const found = page.getByRole('button', { name: cancelName }).or(page.locator('[data-painted]'));
    await expect(found.first()).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 60_000 });
}

test('while it runs the window is resized, turned dark and read in Chinese', async () => {
  await page.setViewportSize({ width: 900, height: 600 });
  await page.getByRole('button', { name: 'Switch to dark' }).click();
  await speak('Language', '简体中文');
  await findRun('取消运行');
  await page.setViewportSize({ width: 1440, height: 900 });
  await speak('语言', 'English');
  await findRun('Cancel the run');
});

test('a reloaded page finds its run going on, and the map at its end', async () => {
  await page.reload();
  await expect(cancel(page).or(page.locator('[data-painted]')).first()).toBeAttached({ timeout: 60_000 });
  await mapPainted(page);
  await expect(page.locator('.statusbar')).toContainText('1,200 documents');
});

test('a run outlives its page: who comes back sees what has become of it', async () => {
  await page.keyboard.press('Control+1');
  await chooseFile(page, 'Open file…', corpus.file);
  await begin(page, 900);
  await page.close();
  page = await served.open();
  await expect(cancel(page).or(page.locator('[data-painted]')).first()).toBeAttached({ timeout: 60_000 });
  await mapPainted(page);
  await expect(page.locator('.statusbar')).toContainText('900 documents');
  expect(served.problems).toEqual([]);
});
