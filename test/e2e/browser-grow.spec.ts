import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { readCorpus, quietContext } from '../../core/index.ts';
import { corpus, dated, runCli, scratch } from './corpus.ts';
import { pictureIn } from './picture.ts';
import { serve } from './served.ts';
import type { Served } from './served.ts';
import { checkAccess, chooseFile, mapPainted, seriousViolations } from './walk.ts';
import { unzip } from './unzip.ts';

test.describe.configure({ mode: 'serial' });

let served: Served;
let page: Page;
const folder = scratch('grow');
const at = (...parts: string[]): string => path.join(folder, ...parts);
const picture = (name: string): Promise<void> => pictureIn(page, 'grow', name);

const topics = (): Locator => page.getByRole('region', { name: 'Topics' });
const details = (): Locator => page.getByRole('region', { name: 'Details' });
const statusbar = (): Locator => page.locator('.statusbar');
const dialog = (): Locator => page.getByRole('dialog');

async function more(item: RegExp): Promise<void> {
  await topics().getByRole('button', { name: 'More corrections' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Real documents that no run has seen: rows from the middle of the corpus on. */
async function writeBatch(file: string, count: number): Promise<void> {
  const { ids, texts } = await readCorpus(corpus.file, {}, quietContext());
  const from = Math.floor(ids.length / 2);
  const rows = texts.slice(from, from + count).map((text, k) => JSON.stringify({ id: `new-${k}`, text }));
  writeFileSync(file, `${rows.join('\n')}\n`);
}

test.beforeAll(async () => {
  await Promise.all([
    runCli(corpus.file, at('first'), 1000),
    runCli(dated.file, at('second'), 400),
    writeBatch(at('batch.jsonl'), 120),
  ]);
  served = await serve(at('first', 'project.moetopic'));
  page = await served.open();
  page.setDefaultTimeout(60_000);
  await mapPainted(page);
});
test.afterAll(() => served.close());

test('predicted documents stand on the map, in the list and in a file, and never in the project', async () => {
  const before = await statusbar().textContent();
  await more(/^New documents/);
  await chooseFile(page, 'Choose a file…', at('batch.jsonl'));
  await expect(dialog().getByRole('status')).toContainText('120 documents were predicted', {
    timeout: 180_000,
  });
  await expect(dialog().getByText('predicted', { exact: true }).first()).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Show them on the map' }).click();
  const legend = page.getByRole('button', { name: /predicted documents$/ });
  await expect(legend).toHaveAttribute('aria-pressed', 'true');
  const diamonds = page.getByTestId('diamonds');
  const drawn = Number(await diamonds.getAttribute('data-count'));
  expect(drawn).toBeGreaterThan(100);
  await expect.poll(() => inked(diamonds)).toBeGreaterThan(1000);
  await expect(details().getByRole('status')).toContainText('120 of 120 predicted documents');
  // The legend hides them; a topic picks its own.
  await legend.click();
  await expect(legend).toHaveAttribute('aria-pressed', 'false');
  await expect(diamonds).toHaveAttribute('data-count', '0');
  await expect.poll(() => inked(diamonds)).toBe(0);
  await legend.click();
  // (Checking opens a page of its own, and Chromium lets canvases of hidden pages sleep: what is drawn then isn't read back.)
  await checkAccess(page, 'predicted');
  await picture('predicted');
  const placed = details().locator('.document-row').filter({ hasText: '%' }).first();
  const topic = (await placed.locator('.shrinks').first().textContent())!;
  await topics().getByRole('button', { name: topic }).click();
  await expect(details().getByRole('status')).not.toContainText('120 of 120');
  await expect(details().getByRole('list').getByText('predicted', { exact: true }).first()).toBeVisible();
  await details().getByRole('button', { name: 'Clear' }).click();
  const file = page.waitForEvent('download');
  await details().getByRole('button', { name: 'Export as CSV' }).click();
  const lines = download(await (await file).path());
  expect(lines[0]).toBe('id,topic,name,probability,assigned_by,x,y');
  expect(lines).toHaveLength(121);
  expect(lines.slice(1).every((line) => line.includes(',transform,'))).toBe(true);
  // The picture that one takes of the map has them too.
  const shot = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the map as a picture' }).click();
  await page.getByRole('menuitem', { name: /SVG/ }).click();
  const svg = download(await (await shot).path()).join('\n');
  expect(svg.match(/<path d="M[^"]*Z"/g)!.length).toBeGreaterThan(drawn / 2);
  await details().getByRole('button', { name: 'Forget them' }).click();
  await expect(legend).toHaveCount(0);
  expect(await statusbar().textContent()).toBe(before);
});

test('a project grows by a batch: told which topics are new, its documents marked as predicted', async () => {
  await more(/^New documents/);
  await page.getByText('grow the project', { exact: true }).click();
  await chooseFile(page, 'Choose a file…', at('batch.jsonl'));
  await expect(dialog().getByRole('status')).toContainText('1,120 documents was made; 120 of them came', {
    timeout: 180_000,
  });
  expect(
    await dialog().getByRole('region', { name: 'Topics that came' }).locator('tbody tr').count(),
  ).toBeGreaterThan(0);
  expect(await seriousViolations(page)).toEqual([]);
  await picture('grown');
  await page.getByRole('button', { name: 'Open the new project' }).click();
  await expect(statusbar()).toContainText('1,120 documents');
  await expect(statusbar()).toContainText(/\d+ predicted/);
  // Those that came can be had alone.
  await details().getByRole('combobox', { name: 'How assigned' }).click();
  await page.getByRole('option', { name: 'predicted', exact: true }).click();
  await expect(statusbar()).toContainText('selected');
  await expect(
    details()
      .getByRole('list')
      .getByText(/^new-\d+$/)
      .first(),
  ).toBeVisible();
  await expect(details().getByRole('list').getByText('clustered')).toHaveCount(0);
  await picture('grown-predicted');
});

test('two projects become one', async () => {
  await more(/^New documents/);
  await page.getByText('merge with a project', { exact: true }).click();
  await page.getByLabel('Least likeness to be the same topic').fill('0.6');
  await chooseFile(page, 'Choose a project…', at('second', 'project.moetopic'));
  await expect(dialog().getByRole('status')).toContainText('400 of them came', { timeout: 180_000 });
  const rows = dialog().getByRole('region', { name: 'Topics that came' }).locator('tbody tr');
  expect(await rows.count()).toBeGreaterThan(1);
  await picture('merged');
  await page.getByRole('button', { name: 'Open the new project' }).click();
  await expect(statusbar()).toContainText('1,520 documents');
  await mapPainted(page);
});

test('a project goes out as a BERTopic model and comes back as one', async () => {
  const before = await topics().locator('.topic').first().textContent();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /BERTopic/ }).click();
  mkdirSync(at('bertopic'));
  for (const [name, bytes] of await unzip(await (await saved).path()))
    writeFileSync(at('bertopic', path.basename(name)), bytes);
  await page.keyboard.press('Control+k');
  await page
    .getByRole('textbox', { name: /Search/ })
    .last()
    .fill('BERTopic');
  const chooser = page.waitForEvent('filechooser');
  await page.getByText('Import a BERTopic model (folder)…').click();
  await (await chooser).setFiles(at('bertopic'));
  await expect(statusbar()).toContainText('1,520 documents', { timeout: 60_000 });
  await expect(topics().locator('.topic').first()).toHaveText(before!);
  await picture('imported');
  expect(served.problems).toEqual([]);
});

async function inked(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    const own = element as HTMLCanvasElement;
    const { data } = own.getContext('2d')!.getImageData(0, 0, own.width, own.height);
    let count = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i] > 0) count++;
    return count;
  });
}

function download(file: string): string[] {
  return readFileSync(file, 'utf8').trimEnd().split(/\r?\n/);
}
