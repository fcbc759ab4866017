import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { scratch } from './corpus.ts';
import { serve } from './served.ts';
import { unzip } from './unzip.ts';
import { chooseFile, mapPainted } from './walk.ts';

const hostile = [
  '<img src=x onerror="window.hacked=1"> the goalie saved the puck in the third period of the hockey game',
  '</script><script>window.hacked=1</script> hockey season playoffs team goal',
  'שלום עולם the hockey team מנצחת בעונה',
  '🦆🏒 hockey 👩‍👩‍👧‍👦 game night with the whole team',
  '\u0000 NUL at the start of a hockey document about the season',
  '=HYPERLINK("http://evil.example","click") hockey team',
  // Five megabytes in one line.
  `${'hockey team season '.repeat(276_000)}end`,
];
const themes = [
  'hockey team season goal league player ice coach playoff score',
  'orbit shuttle launch moon satellite rocket lunar mission probe',
  'bread flour oven yeast dough recipe bake salt butter sugar',
];

/** Words of a theme in an order of its own, so that no two documents are the same. */
function text(k: number): string {
  const words = themes[k % 3].split(' ');
  return Array.from({ length: 14 }, (_, i) => words[(i * (k + 3) + ((k * k) % 7)) % words.length]).join(' ');
}

test('markup, scripts, right-to-left text, emoji, NUL and a very long line stay text everywhere', async () => {
  const file = path.join(scratch('hostile'), 'hostile.csv');
  const documents = [...hostile, ...Array.from({ length: 150 }, (_, k) => text(k))];
  const rows = documents.map((document, k) => `${k},"${document.replace(/"/g, '""')}",<i>${k % 3}</i>`);
  writeFileSync(file, `id,text,label\n${rows.join('\n')}\n`);

  const served = await serve();
  try {
    const page = await served.open();
    await chooseFile(page, 'Open file…', file);
    await expect(page.getByRole('region', { name: 'First rows' })).toContainText('<img src=x onerror=');
    await page.getByRole('button', { name: 'Find topics' }).click();
    await mapPainted(page);
    await expect(page.getByText(/cut at the model’s limit/)).toBeVisible();

    const details = page.getByRole('region', { name: 'Details' });
    const rows = details.locator('.document-row');
    for (let k = 0; k < hostile.length; k++) {
      // The list is there again once its rows are; each names its document at its end.
      const row = rows.nth(k);
      await expect(row.locator('.meta span').last()).toHaveText(String(k));
      await row.click();
      const reader = page.getByTestId('reader');
      await expect(reader).toBeVisible({ timeout: 60_000 });
      const shown = hostile[k].replace('\u0000', '\ufffd').slice(0, 60);
      expect((await reader.textContent())!.slice(0, 80), `document ${k}`).toContain(shown.slice(1));
      expect(await reader.locator('img, script, b').count()).toBe(0);
      await page.getByRole('button', { name: 'Back' }).click();
    }
    // What markup says can be looked for like any other word, and its topic's page shows it as text.
    await page.getByRole('textbox', { name: 'Search documents' }).fill('onerror');
    await page.keyboard.press('Enter');
    await expect(details.getByRole('heading', { name: '1 selected' })).toBeVisible();
    await expect(rows.first()).toContainText('<img src=x onerror=');
    await page.getByRole('search').getByRole('button', { name: 'Clear' }).click();

    // Every document's beginning, as the map shows it.
    const box = (await page.getByTestId('map').boundingBox())!;
    for (let k = 0; k < 60; k++) {
      const [dx, dy] = [Math.cos(k * 2.4), Math.sin(k * 2.4)];
      await page.mouse.move(box.x + box.width / 2 + 5 * k * dx, box.y + box.height / 2 + 5 * k * dy);
    }
    // And the table that people take away holds it, guarded where a spreadsheet would run it.
    await page.getByRole('banner').getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV (topics and documents)' }).click(),
    ]);
    const archive = path.join(scratch('hostile'), 'hostile.zip');
    await download.saveAs(archive);
    const csv = (await unzip(archive)).get('documents.csv')!.toString('utf8');
    expect(csv).toContain('<img src=x onerror=""window.hacked=1"">');
    expect(csv).toContain(`'=HYPERLINK(`);
    expect(csv.length).toBeGreaterThan(5_000_000);

    expect(await page.evaluate(() => (window as { hacked?: number }).hacked)).toBeUndefined();
    expect(served.problems).toEqual([]);
  } finally {
    await served.close();
  }
});
