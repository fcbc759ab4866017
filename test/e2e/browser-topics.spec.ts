import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { corpus } from './corpus.ts';
import { pictureIn } from './picture.ts';
import { serve } from './served.ts';
import type { Served } from './served.ts';
import { checkAccess, chooseFile, findTopics, goTo, seriousViolations } from './walk.ts';

test.describe.configure({ mode: 'serial' });

let served: Served;
let page: Page;
const picture = (name: string): Promise<void> => pictureIn(page, 'topics', name);

/** As checkAccess, for a dialog: the header with the theme's switch is behind it, so the theme is that of the moment. */
async function checkDialog(what: string): Promise<void> {
  await page.waitForTimeout(400);
  expect(await seriousViolations(page), what).toEqual([]);
}

async function more(item: RegExp): Promise<void> {
  const topics = page.getByRole('region', { name: 'Topics' });
  await topics.getByRole('button', { name: 'More corrections' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test.beforeAll(async () => {
  served = await serve();
  page = await served.open();
  await chooseFile(page, 'Open file…', corpus.file);
  await findTopics(page, corpus.sample);
});
test.afterAll(() => served.close());

test('stability is measured, said in a sentence, and seen on the map', async () => {
  await goTo(page, 'Quality');
  await page.getByRole('textbox', { name: 'Seeds' }).fill('2');
  await page.getByRole('button', { name: 'Measure (2 runs)' }).click();
  await expect(page.getByRole('progressbar').or(page.getByTestId('stability-verdict')).first()).toBeVisible();
  await expect(page.getByTestId('stability-verdict')).toContainText('in 2 more runs', { timeout: 120_000 });
  const rows = page.getByRole('region', { name: 'Stability of each topic' }).locator('tbody tr');
  expect(await rows.count()).toBeGreaterThan(2);
  await page.getByRole('region', { name: /^Stability: would/ }).scrollIntoViewIfNeeded();
  await checkAccess(page, 'stability');
  await picture('stability');
  await page.getByRole('button', { name: /how settled documents are/ }).click();
  await expect(page.getByRole('img', { name: 'What the colours mean' })).toBeVisible();
  await picture('settled');
});

test('embeddings are compared: measures, linked maps, flows', async () => {
  await goTo(page, 'Quality');
  const section = page.getByRole('region', { name: /^What the routers add/ });
  await section.getByRole('checkbox', { name: 'routing weights' }).uncheck();
  await section.getByRole('checkbox', { name: 'MoEE sum' }).uncheck();
  await section.getByRole('button', { name: 'Compare' }).click();
  await expect(section.getByRole('region', { name: 'Measures' })).toBeVisible({ timeout: 180_000 });
  await section.getByRole('list', { name: 'Largest topics by hs' }).getByRole('button').first().click();
  await expect(section.getByText(/documents are picked/)).toBeVisible();
  await section.getByRole('region', { name: 'Measures' }).scrollIntoViewIfNeeded();
  await checkAccess(page, 'compare');
  await picture('compare');
});

test('a cut through the hierarchy is previewed, merged in one step, and undone', async () => {
  await goTo(page, 'Figures');
  await page.getByRole('button', { name: 'Hierarchy', exact: true }).click();
  const slider = page.getByRole('slider', { name: 'Topics to keep' });
  await slider.waitFor();
  const before = Number(await slider.getAttribute('aria-valuemax'));
  await slider.press('ArrowLeft');
  await slider.press('ArrowLeft');
  await expect(page.getByTestId('cut-preview')).toContainText(`${before} topics become ${before - 2}`);
  await checkAccess(page, 'hierarchy');
  await picture('hierarchy');
  await page.getByRole('button', { name: 'Merge these topics' }).click();
  await expect(slider).toHaveAttribute('aria-valuemax', String(before - 2));
  await expect(page.locator('.statusbar')).toContainText('1 undoable');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(slider).toHaveAttribute('aria-valuemax', String(before));
});

test('topics per class are drawn with the options that are chosen', async () => {
  await page.getByRole('button', { name: 'Topics per label' }).click();
  await expect(page.locator('[data-testid=plot] svg').first()).toBeVisible();
  await page.getByRole('switch', { name: 'Shares of each topic' }).click({ force: true });
  await expect(page.locator('[data-testid=plot]').getByText('share of the topic')).toBeVisible();
  await checkAccess(page, 'per class');
  await picture('per-class');
});

test('an expert is told in a sentence: its topics, its words, its documents on the map', async () => {
  await page.getByRole('button', { name: 'Experts and topics' }).click();
  await expect(page.getByTestId('expert-words')).toContainText(/\w/, { timeout: 60_000 });
  const sentence = page.getByTestId('expert-sentence');
  await expect(sentence).toContainText(
    /^layer \d, expert \d+ answers most to .*σ.*Its router chooses it for/,
  );
  const before = await sentence.textContent();
  await page.locator('.heat thead button').nth(5).click();
  await expect(sentence).not.toHaveText(before!);
  await expect(page.getByTestId('expert-words')).toContainText(/\w/);
  await checkAccess(page, 'experts');
  await picture('experts');
  await page.getByRole('button', { name: /^Show the first 200 on the map/ }).click();
  await expect(page.locator('.statusbar')).toContainText('200 selected');
  await page.getByRole('region', { name: 'Details' }).getByRole('button', { name: 'Clear' }).click();
});

test('outliers are previewed, assigned and put back by undo', async () => {
  await goTo(page, 'Explore');
  const share = page.locator('.statusbar span').filter({ hasText: 'outliers' });
  const before = (await share.textContent())!;
  await more(/^Assign outliers/);
  const preview = page.getByTestId('operation-preview');
  await expect(preview).toContainText(/Outliers: [\d,]+ before, [\d,]+ after/);
  await page.getByLabel('At least this similar').fill('0');
  await page.getByRole('combobox', { name: 'By', exact: true }).click();
  await page.getByRole('option', { name: 'embedding' }).click();
  await expect(preview).toContainText(/before, 0 after|before, \d+ after/);
  await checkDialog('outliers');
  await picture('outliers');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(share).not.toHaveText(before);
  await page.getByRole('region', { name: 'Topics' }).getByRole('button', { name: 'Undo' }).click();
  await expect(share).toHaveText(before);
});

test('topics are found by a sentence; documents at the edge of one can be read', async () => {
  const topics = page.getByRole('region', { name: 'Topics' });
  const filter = topics.getByRole('textbox', { name: 'Filter topics' });
  await filter.fill('players on the ice scored a goal');
  await topics.getByRole('button', { name: 'by meaning' }).click();
  await expect(topics.locator('.topic').first()).toContainText(/hockey|game|team/);
  await expect(topics.locator('.topic .size').first()).toHaveText(/^0\.\d+$/);
  await filter.fill('');
  await topics.locator('.topic').first().click();
  const details = page.getByRole('region', { name: 'Details' });
  await details.locator('.contrast').getByText('beyond', { exact: true }).click();
  await expect(details.locator('.contrast .document-row').first()).toContainText('cosine 0.');
});

test('a keyword is pinned and unpinned, topics are merged and deleted, and the log steps through it all', async () => {
  const topics = page.getByRole('region', { name: 'Topics' });
  const details = page.getByRole('region', { name: 'Details' });
  const words = details.locator('.keywords').first().locator('dt');
  const word = (await words.nth(4).textContent())!.trim();
  await details.getByRole('button', { name: `Pin “${word}” to the front` }).click({ force: true });
  await expect(words.first()).toContainText(word);
  const unpin = details.getByRole('button', { name: `Unpin “${word}”` });
  await expect(unpin).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(unpin).toHaveCount(0);
  await page.keyboard.press('Control+Shift+z');
  await expect(unpin).toBeVisible();
  const total = Number(await topics.locator('h2 .numbers').textContent());
  await topics
    .locator('.topic')
    .nth(1)
    .click({ modifiers: ['Control'] });
  await topics.getByRole('button', { name: 'Merge' }).click();
  await expect(page.getByTestId('operation-preview')).toContainText(
    `Topics: ${total} before, ${total - 1} after`,
  );
  await expect(page.getByRole('dialog')).toContainText('new');
  await expect(page.getByRole('dialog')).toContainText(/NPMI coherence\s*-?\d\.\d+ → -?\d\.\d+/, {
    timeout: 60_000,
  });
  await checkDialog('merge');
  await picture('merge');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(topics.locator('h2 .numbers')).toHaveText(String(total - 1));
  await topics.locator('.topic').first().click();
  await more(/^Delete/);
  await expect(page.getByTestId('operation-preview')).toContainText(`${total - 2} after`);
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(topics.locator('h2 .numbers')).toHaveText(String(total - 2));
  await more(/^History/);
  const log = page.getByRole('dialog').getByRole('listitem');
  await expect(log).toHaveCount(4);
  await checkDialog('history');
  await picture('history');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a file' }).click();
  const file = await (await saved).path();
  await log.first().getByRole('button', { name: 'Go back to here' }).click();
  await expect(topics.locator('h2 .numbers')).toHaveText(String(total));
  // The same again from the file, as on another project.
  await chooseFile(page, 'Replay a file…', file);
  await expect(topics.locator('h2 .numbers')).toHaveText(String(total - 2));
  await log.first().getByRole('button', { name: 'Go back to here' }).click();
  await expect(topics.locator('h2 .numbers')).toHaveText(String(total));
  await page.keyboard.press('Escape');
});

test('names come from a representation; a language model is asked only after its requests were shown', async () => {
  await page.getByRole('button', { name: /^Switch to/ }).click();
  await more(/^Names and representations/);
  await expect(page.getByRole('radio', { name: 'varied (MMR)' })).toBeVisible({ timeout: 60_000 });
  await checkDialog('representations');
  await picture('representations');
  await page.getByText('by a language model').click();
  await page.getByRole('switch', { name: 'Let a language model name topics' }).click({ force: true });
  await page.getByLabel('Endpoint').fill('http://127.0.0.1:9/v1');
  await page.getByLabel('Model', { exact: true }).fill('none');
  await page.getByRole('button', { name: 'Show what would be sent' }).click();
  await expect(page.getByRole('region', { name: 'Requests' })).toContainText('"messages"');
  await checkDialog('requests');
  await picture('requests');
  await page.getByRole('button', { name: /^Send \d+ requests/ }).click();
  await expect(page.getByText(/^0 topics got a name/)).toBeVisible();
  await page.keyboard.press('Escape');
});

test('the reader tints words by their topics', async () => {
  await page.getByRole('region', { name: 'Topics' }).locator('.topic').first().click();
  await page.getByRole('region', { name: 'Details' }).locator('.document-row').first().click();
  await page.getByRole('region', { name: 'Details' }).getByText('Topics', { exact: true }).click();
  await expect(page.getByTestId('token-reader').locator('.token').first()).toBeVisible();
  await checkAccess(page, 'token reader');
  await picture('tokens');
  expect(served.problems).toEqual([]);
});
