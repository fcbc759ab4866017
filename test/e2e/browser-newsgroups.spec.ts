import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { dated, root, runCli, scratch } from './corpus.ts';
import { serve } from './served.ts';
import type { Served } from './served.ts';
import { unzip } from './unzip.ts';
import { checkAccess, colorsOnMap, drawnFigure, goTo, mapPainted } from './walk.ts';

/** All of 20 Newsgroups, not a sample: embedded by all-MiniLM-L6-v2 beside the checkout, so that no minutes go into embedding. */
test.describe.configure({ mode: 'serial' });

const embeddings = path.join(root, '../shared/reference/20newsgroups-minilm.f16.npy');
const whole = existsSync(embeddings) && dated.dates;

let served: Served;
let page: Page;
let out: string;

test.beforeAll(async () => {
  out = path.join(scratch('newsgroups'), 'run');
  await runCli(dated.file, out, whole ? 0 : dated.sample, whole ? ['--embeddings', embeddings] : []);
  served = await serve(path.join(out, 'project.moetopic'));
  page = await served.open();
  await mapPainted(page);
});
test.afterAll(() => served.close());

test('the whole corpus is on the map, in its topics’ colours and under their names', async () => {
  const documents = whole ? '18,846 documents' : `${dated.sample.toLocaleString('en')} documents`;
  await expect(page.locator('.statusbar')).toContainText(documents);
  expect(await colorsOnMap(page)).toBeGreaterThan(4);
  expect(await page.locator('.map-name').count()).toBeGreaterThan(5);
  await checkAccess(page, 'the map of the whole corpus');
});

test('words, a topic and a label narrow it down, each within a second or two', async () => {
  const selected = page.locator('.statusbar').getByText(/selected$/);
  await page.getByRole('textbox', { name: 'Search documents' }).fill(dated.dates ? 'hockey' : 'library');
  await page.keyboard.press('Enter');
  await expect(selected).toBeVisible({ timeout: 5000 });
  const details = page.getByRole('region', { name: 'Details' });
  await expect(details.locator('.document-row mark').first()).toBeVisible();
  await page.getByRole('search').getByRole('button', { name: 'Clear' }).click();
  await page.getByRole('region', { name: 'Topics' }).locator('.topic').nth(1).click();
  await expect(page.getByText('Documents that stand for it')).toBeVisible({ timeout: 5000 });
  if (dated.dates) await expect(page.getByText('Over time')).toBeVisible();
  await checkAccess(page, 'a topic of the whole corpus');
  await page.keyboard.press('Escape');
});

test('every figure is drawn, and accessible in both themes', async () => {
  await goTo(page, 'Figures');
  const list = page.getByRole('navigation', { name: 'Figures' });
  await expect(list.getByRole('button').first()).toBeVisible();
  const names = await list.getByRole('button').allTextContents();
  // Given embeddings saw no experts.
  expect(names.length).toBeGreaterThanOrEqual(whole ? 10 : 9);
  for (const name of names) {
    // Without dates it asks for a column of them.
    if (name === 'Topics over time' && !dated.dates) continue;
    await list.getByRole('button', { name, exact: true }).click();
    await expect(page.getByRole('heading', { name, exact: true, level: 1 })).toBeVisible();
    await expect(drawnFigure(page, name), name).toBeVisible({ timeout: 60_000 });
    await checkAccess(page, name);
  }
});

test('quality is measured, and the curve of sizes marks the automatic one', async () => {
  await goTo(page, 'Quality');
  await expect(page.getByText('AMI with labels')).toBeVisible({ timeout: 120_000 });
  const sweep = page.getByRole('figure', { name: /smallest topic/ });
  await expect(sweep.getByText(/automatic, in use: \d+/)).toBeVisible({ timeout: 120_000 });
  await checkAccess(page, 'quality of the whole corpus');
});

test('what is exported is what the command line wrote', async () => {
  const download = page.waitForEvent('download', { timeout: 120_000 });
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'CSV (topics and documents)' }).click();
  const file = path.join(scratch('newsgroups'), 'export.zip');
  await (await download).saveAs(file);
  const exported = await unzip(file);
  for (const name of ['topics.csv', 'documents.csv'])
    expect(exported.get(name)?.equals(readFileSync(path.join(out, name))), name).toBe(true);
  expect(served.problems).toEqual([]);
});
