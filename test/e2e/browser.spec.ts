import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { corpus, runCli, scratch } from './corpus.ts';
import { serve } from './served.ts';
import type { Served } from './served.ts';
import { unzip } from './unzip.ts';
import { checkAccess, chooseFile, colorsOnMap, findTopics, goTo, mapPainted } from './walk.ts';

test.describe.configure({ mode: 'serial' });

let served: Served;
let page: Page;

test.beforeAll(async () => {
  served = await serve();
  page = await served.open();
});
test.afterAll(() => served.close());

test('the start screen offers corpora and says what to drop', async () => {
  await expect(page.getByRole('heading', { name: 'What are these documents about?' })).toBeVisible();
  await expect(page.getByRole('button', { name: /Debian packages/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /20 Newsgroups/ })).toBeVisible();
  await checkAccess(page, 'start');
});

test('a file is opened, previewed with its cost, and run with progress to the map', async () => {
  await chooseFile(page, 'Open file…', corpus.file);
  await expect(page.getByRole('region', { name: 'First rows' })).toBeVisible({ timeout: 120_000 });
  await checkAccess(page, 'preview');
  await findTopics(page, corpus.sample);
  await expect(page.getByText(/1,000 documents/).first()).toBeVisible();
});

test('scattergl draws the topics in their colours, under a policy without eval', async () => {
  expect(await colorsOnMap(page)).toBeGreaterThan(3);
  // Later, in the page's own time: what the inspector evaluates itself is exempt from the policy.
  const outcome = await page.evaluate(
    () =>
      new Promise<string>((resolve) =>
        setTimeout(() => {
          try {
            resolve(String((0, eval)('1')));
          } catch (error) {
            resolve((error as Error).name);
          }
        }, 0),
      ),
  );
  expect(outcome).toBe('EvalError');
  expect(await page.locator('.drawn canvas').count()).toBeGreaterThan(0);
});

test('the app has a picture for the README', async () => {
  await mapPainted(page);
  // Written into the README's place when asked for: MOETOPIC_SCREENSHOT=assets/screenshots/explore-light.png npm test
  const file = process.env.MOETOPIC_SCREENSHOT ?? path.join(scratch('picture'), 'screenshot.png');
  await page.setViewportSize({ width: 1440, height: 900 });
  const picture = await page.screenshot({ path: file });
  expect(picture.length).toBeGreaterThan(30_000);
});

test('topics, documents and the reader answer the map, and the map answers them', async () => {
  const topics = page.getByRole('region', { name: 'Topics' });
  await topics.locator('.topic').first().click();
  await expect(page.getByText('Documents that stand for it')).toBeVisible();
  await expect(page.locator('.map')).toHaveClass(/picked/);
  await expect(page.locator('.statusbar')).toContainText('selected');
  await checkAccess(page, 'topic');

  const details = page.getByRole('region', { name: 'Details' });
  await details.getByText('Documents', { exact: true }).click();
  await details.locator('.document-row').first().click();
  await expect(page.getByTestId('reader')).toBeVisible();
  await checkAccess(page, 'reader');
  await page.getByRole('button', { name: 'Back' }).click();
  await details.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(page.locator('.map')).not.toHaveClass(/picked/);
});

test('hovering shows a document’s beginning, clicking opens it, a lasso catches documents', async () => {
  const box = (await page.getByTestId('map').boundingBox())!;
  const at = await findDocument(page, box);
  await expect(page.getByTestId('map-hover')).toBeVisible();
  await page.mouse.click(at.x, at.y);
  await expect(page.getByTestId('reader')).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();

  await page.getByRole('button', { name: /^Box/ }).click();
  await page.mouse.move(box.x + 60, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 60, box.y + box.height - 60, { steps: 6 });
  await page.mouse.up();
  await expect(page.locator('.statusbar')).toContainText('selected');
  await page
    .getByRole('region', { name: 'Details' })
    .getByRole('button', { name: 'Clear', exact: true })
    .click();
});

/** Moves the pointer over the map until a document is under it, and no topic's name, which answers a click itself. */
async function findDocument(
  on: Page,
  box: { x: number; y: number; width: number; height: number },
): Promise<{ x: number; y: number }> {
  for (let ring = 0; ring < 40; ring++) {
    const angle = ring * 2.4;
    const x = box.x + box.width / 2 + 7 * ring * Math.cos(angle);
    const y = box.y + box.height / 2 + 6 * ring * Math.sin(angle);
    await on.mouse.move(x, y);
    await on.waitForTimeout(60);
    const onName = await on.evaluate(
      ([px, py]) => Boolean(document.elementFromPoint(px, py)?.closest('.map-name')),
      [x, y] as const,
    );
    if (!onName && (await on.getByTestId('map-hover').isVisible())) return { x, y };
  }
  throw new Error('No document was found on the map.');
}

test('words light up the documents that hold them; colours, zoom and keys work', async () => {
  await page.getByRole('textbox', { name: 'Search documents' }).fill('the');
  await page.keyboard.press('Enter');
  await expect(page.locator('.statusbar')).toContainText('selected');
  await page.getByRole('search').getByRole('button', { name: 'Clear' }).click();

  const before = Number(await page.locator('.drawn').getAttribute('data-painted'));
  await page.getByTestId('map').focus();
  await page.keyboard.press('+');
  await page.keyboard.press('ArrowLeft');
  await expect
    .poll(async () => Number(await page.locator('.drawn').getAttribute('data-painted')))
    .toBeGreaterThan(before);
  await page.keyboard.press('0');
  await page.getByRole('combobox', { name: 'Colour by' }).click();
  await page.getByRole('option', { name: 'label', exact: true }).click();
  await expect(page.getByRole('group', { name: 'What the colours mean' })).toBeVisible();
  await checkAccess(page, 'map by label');
});

test('a topic is renamed, and undo takes it back', async () => {
  const topics = page.getByRole('region', { name: 'Topics' });
  const first = topics.locator('.topic').first();
  const name = (await first.locator('.name').textContent())!;
  await first.click();
  await topics.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('<b>mine</b>');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(first.locator('.name')).toHaveText('<b>mine</b>');
  await expect(page.locator('.statusbar')).toContainText('1 undoable');
  await topics.getByRole('button', { name: 'Undo' }).click();
  await expect(first.locator('.name')).toHaveText(name);
});

for (const view of ['Figures', 'Quality', 'Models', 'Preferences', 'Help'])
  test(`${view} is usable and accessible in both themes`, async () => {
    await goTo(page, view);
    if (view === 'Figures') await expect(page.locator('[data-testid=plot] svg').first()).toBeVisible();
    if (view === 'Quality') await expect(page.getByText('NPMI coherence')).toBeVisible({ timeout: 120_000 });
    await checkAccess(page, view);
  });

test('the palette goes to a topic by its name', async () => {
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Type an action or a topic' }).fill('explore');
  await page.keyboard.press('Enter');
  await mapPainted(page);
});

test('the exported CSV is, byte for byte, what the command line writes', async () => {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'CSV (topics and documents)' }).click();
  const file = path.join(scratch('export'), 'export.zip');
  await (await download).saveAs(file);
  const exported = await unzip(file);

  const out = scratch('cli');
  await runCli(corpus.file, path.join(out, 'run'), corpus.sample);
  for (const name of ['topics.csv', 'documents.csv']) {
    const written = readFileSync(path.join(out, 'run', name));
    expect(exported.get(name)?.equals(written), name).toBe(true);
  }
});

test('a reloaded page finds the app again, without the token', async () => {
  await page.reload();
  await expect(page.getByRole('button', { name: /documents ·/ }).first()).toBeVisible();
  expect(served.problems).toEqual([]);
});
