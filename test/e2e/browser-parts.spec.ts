import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { dated, runCli, scratch } from './corpus.ts';
import { serve } from './served.ts';
import type { Served } from './served.ts';
import { unzip } from './unzip.ts';
import { checkAccess, chooseFile, drawnFigure, goTo, mapPainted } from './walk.ts';

/** What browser.spec.ts, which goes the way of a first run, leaves out: part by part of what the window offers for a project. */
test.describe.configure({ mode: 'serial' });

let served: Served;
let page: Page;

test.beforeAll(async () => {
  const out = path.join(scratch('parts'), 'run');
  await runCli(dated.file, out, dated.sample);
  served = await serve(path.join(out, 'project.moetopic'));
  page = await served.open();
  await mapPainted(page);
});
test.afterAll(() => served.close());

const details = () => page.getByRole('region', { name: 'Details' });
const topics = () => page.getByRole('region', { name: 'Topics' });
const selected = () => page.locator('.statusbar').getByText(/selected$/);

async function colorBy(name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Colour by' }).click();
  await page.getByRole('option', { name, exact: true }).click();
}

/** What is downloaded by an act, as a file. */
async function takeAway(act: () => Promise<void>): Promise<string> {
  const waiting = page.waitForEvent('download');
  await act();
  const download = await waiting;
  const file = path.join(scratch('parts'), download.suggestedFilename());
  await download.saveAs(file);
  return file;
}

test.describe('the map', () => {
  test('writes finer names as one comes closer, and never one over another', async () => {
    const names = page.locator('.map-name');
    const texts = (): Promise<string[]> => names.allTextContents();
    const first = await texts();
    expect(first.length).toBeGreaterThan(2);
    await page.getByTestId('map').focus();
    for (let k = 0; k < 4; k++) await page.keyboard.press('+');
    await expect.poll(texts).not.toEqual(first);
    // All at one moment: the names are placed anew while the map comes to rest.
    const boxes = await names.evaluateAll((all) =>
      all.map((name) => name.getBoundingClientRect().toJSON() as DOMRect),
    );
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1)) {
        const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
        const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
        expect(Math.min(across, down)).toBeLessThan(3);
      }
    await page.keyboard.press('0');
  });

  test('colours by everything that the documents have, and says what the colours mean', async () => {
    const ways = ['label', ...(dated.dates ? ['date'] : []), 'probability', 'length', 'expert'];
    for (const way of ways) {
      await colorBy(way);
      await expect(page.locator('.legend')).toBeVisible();
    }
    await expect(page.locator('.legend')).toContainText(/layer \d+ · expert \d+/);
    await colorBy('topic');
    await expect(page.locator('.legend')).toHaveCount(0);
  });

  test('lays contours under the points and can be saved as PNG and SVG', async () => {
    await page.getByRole('button', { name: 'Density contours' }).click();
    await expect.poll(() => page.locator('.drawn .contourlines path').count()).toBeGreaterThan(0);
    for (const [item, start] of [
      ['Picture (PNG)', '\x89PNG'],
      ['Drawing (SVG)', '<svg'],
    ]) {
      const file = await takeAway(async () => {
        await page.getByRole('button', { name: 'Save the map as a picture' }).click();
        await page.getByRole('menuitem', { name: item }).click();
      });
      const picture = readFileSync(file, 'latin1');
      expect(picture.slice(0, 4)).toBe(start);
      // What one sees: contours included.
      if (start === '<svg') expect(picture.split('<path').length).toBeGreaterThan(8);
    }
    await page.getByRole('button', { name: 'Density contours' }).click();
  });
});

test.describe('topics and documents', () => {
  test('the list is filtered by keyword, sorted, and gives several topics at once', async () => {
    const rows = topics().locator('.topic');
    const all = await rows.count();
    const name = (await rows.first().locator('.name').textContent())!;
    await topics().getByLabel('Filter topics').fill(name.split(' · ')[0]);
    await expect.poll(() => rows.count()).toBeLessThan(all);
    await topics().getByLabel('Filter topics').fill('');
    await topics().getByRole('combobox', { name: 'Sort topics' }).click();
    await page.getByRole('option', { name: 'by name' }).click();
    const sorted = (await rows.locator('.name').allTextContents()).slice(0, 5);
    expect(sorted).toEqual([...sorted].sort((a, b) => a.localeCompare(b)));
    await rows.nth(0).click();
    await rows.nth(1).click({ modifiers: ['Control'] });
    await expect(topics().locator('.topic[aria-pressed=true]')).toHaveCount(2);
    await expect(topics().getByRole('button', { name: 'Merge' })).toBeEnabled();
    await page.keyboard.press('Escape');
    await expect(selected()).toHaveCount(0);
  });

  test('a search by pattern and a label narrow each other; one by meaning orders by likeness', async () => {
    const box = page.getByRole('textbox', { name: 'Search documents' });
    const count = async (): Promise<number> =>
      Number((await selected().textContent())!.replace(/[^\d]/g, ''));
    const by = async (mode: string): Promise<void> => {
      await page.getByRole('combobox', { name: 'Search by' }).click();
      await page.getByRole('option', { name: mode, exact: true }).click();
    };
    await by('pattern');
    await box.fill('[a-z]+ing\\b');
    await page.keyboard.press('Enter');
    await expect(selected()).toBeVisible();
    const found = await count();
    await details().getByRole('combobox', { name: 'Label' }).click();
    await page.getByRole('option').first().click();
    await expect.poll(count).toBeLessThan(found);
    await details().getByRole('button', { name: 'Clear', exact: true }).first().click();

    await by('pattern');
    await box.fill('(');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/can't be read/)).toBeVisible();
    await by('meaning');
    await box.fill('a rocket in orbit around the earth');
    await page.keyboard.press('Enter');
    await expect(details().locator('.document-row').first()).toBeVisible({ timeout: 60_000 });
    await details().locator('.document-row').first().click();
    await page.getByRole('button', { name: 'More like this' }).click();
    await expect.poll(count).toBe(100);
  });

  test('a selection leaves as CSV and JSON with just its documents', async () => {
    const choose = async (item: string): Promise<string> => {
      const file = await takeAway(async () => {
        await details()
          .getByRole('button', { name: /^Export/ })
          .click();
        await page.getByRole('menuitem', { name: item, exact: true }).click();
      });
      return readFileSync(file, 'utf8');
    };
    const json = JSON.parse(await choose('JSON')) as { documents: { id: string }[] };
    expect(json.documents).toHaveLength(100);
    expect(await choose('CSV')).toContain(json.documents[0].id);
    await page.keyboard.press('Escape');
  });
});

test('every figure is drawn', async () => {
  await goTo(page, 'Figures');
  const list = page.getByRole('navigation', { name: 'Figures' });
  await expect(list.getByRole('button').first()).toBeVisible();
  const names = await list.getByRole('button').allTextContents();
  expect(names.length).toBeGreaterThanOrEqual(dated.dates ? 11 : 10);
  for (const name of names) {
    // Without dates it asks for a column of them.
    if (name === 'Topics over time' && !dated.dates) continue;
    await list.getByRole('button', { name, exact: true }).click();
    await expect(page.getByRole('heading', { name, exact: true, level: 1 })).toBeVisible();
    await expect(drawnFigure(page, name), name).toBeVisible();
  }
});

test('quality has its measures, the curve of sizes, and labels against topics', async () => {
  await goTo(page, 'Quality');
  for (const measure of ['NPMI coherence', 'C_v coherence', 'DBCV', 'AMI with labels'])
    await expect(page.getByText(measure)).toBeVisible({ timeout: 120_000 });
  const sweep = page.getByRole('figure', { name: /smallest topic/ });
  await expect(sweep.locator('.main-svg').first()).toBeVisible({ timeout: 120_000 });
  await expect(
    page.getByRole('region', { name: 'Labels against topics' }).locator('tbody tr').first(),
  ).toBeVisible();
  await checkAccess(page, 'quality with its curve');
});

test('a point of the curve of sizes becomes the project with one click, and undo takes it back', async () => {
  await goTo(page, 'Quality');
  const section = page.getByRole('region', { name: /smallest topic/ });
  const first = section.locator('.point').first();
  await expect(first).toBeVisible({ timeout: 120_000 });
  await first.scrollIntoViewIfNeeded();
  const status = page.locator('.statusbar');
  const before = (await status.textContent())!;
  const { x, y, width, height } = (await first.boundingBox())!;
  // Plotly takes a click for one only where it has seen the pointer come.
  await page.mouse.move(x + width / 2 - 3, y + height / 2);
  await page.mouse.move(x + width / 2, y + height / 2);
  await expect(section.locator('.hoverlayer text').first()).toBeVisible();
  await page.mouse.click(x + width / 2, y + height / 2);
  await expect(status).toContainText('1 undoable');
  await expect(section.getByText(/in use: 5$/)).toBeVisible();
  await section.getByRole('button', { name: 'Undo' }).click();
  await expect(status).toHaveText(before);
});

test('one reads on from document to document, and Back leads back to the list', async () => {
  await goTo(page, 'Explore');
  await page.locator('.document-row').first().click();
  const place = page.getByRole('group', { name: 'Place in the list' });
  await expect(place).toContainText(/^1 of /);
  await page.keyboard.press('ArrowRight');
  await expect(place).toContainText(/^2 of /);
  await checkAccess(page, 'reader with its place in the list');
  await page.goBack();
  await expect(place).toContainText(/^1 of /);
  await page.goBack();
  await expect(page.locator('.document-row').first()).toBeVisible();
});

test('everything leaves as one archive', async () => {
  const file = await takeAway(async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Everything (ZIP)' }).click();
  });
  const files = await unzip(file);
  for (const name of ['topics.csv', 'documents.csv']) expect([...files.keys()]).toContain(name);
  expect([...files.keys()].some((name) => name.endsWith('.html'))).toBe(true);
});

test('it speaks Chinese, keeps that, and shows its log', async () => {
  await goTo(page, 'Preferences');
  await page.getByRole('button', { name: 'Show the log' }).click();
  await expect(page.locator('.log')).toBeVisible();
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.getByRole('option', { name: '简体中文' }).click();
  const views = page.getByRole('navigation', { name: '视图' });
  await expect(views.getByRole('button', { name: '探索' })).toBeVisible();
  await checkAccess(page, 'preferences in Chinese');
  await views.getByRole('button', { name: '帮助' }).click();
  await expect(page.getByRole('heading', { name: '第一次运行' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('navigation', { name: '视图' })).toBeVisible();
});

test('the start screen remembers projects; roles can be changed; a broken file is told in a sentence', async () => {
  const fresh = await serve();
  try {
    const start = await fresh.open();
    const file = path.join(scratch('roles'), 'two.csv');
    const rows = Array.from(
      { length: 40 },
      (_, k) => `${k},a story of ship ${k} at sea,the bread of day ${k} was good`,
    );
    writeFileSync(file, `id,first,second\n${rows.join('\n')}\n`);
    const open = (which: string): Promise<void> => chooseFile(start, 'Open file…', which);
    await open(file);
    await expect(start.getByRole('region', { name: 'First rows' })).toBeVisible({ timeout: 60_000 });
    await start.getByRole('combobox', { name: 'Text' }).click();
    await start.getByRole('option', { name: 'second' }).click();
    await expect(start.getByRole('columnheader', { name: /second/ })).toContainText('Text');
    await start.getByRole('button', { name: 'Find topics' }).click();
    await mapPainted(start);
    await start.reload();
    await start.getByRole('button', { name: /two/ }).click();
    await mapPainted(start);
    await goTo(start, 'Corpus');
    const broken = path.join(scratch('roles'), 'broken.parquet');
    writeFileSync(broken, 'this is no Parquet file');
    await open(broken);
    await expect(start.getByRole('alert')).toContainText(/broken\.parquet/);
  } finally {
    await fresh.close();
  }
});
