import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { exportHtml } from '../../core/export/index.ts';
import {
  keywordBars,
  topicColors,
  topicMaps,
  topicPeaks,
  topicSizes,
  type FigureOptions,
} from '../../core/map/index.ts';
import type { PlotlyFigure, ThemedFigure } from '../../core/protocol.ts';
import { sampleMap } from '../map/sample.ts';
import { scratch } from './corpus.ts';
import { hostile, openBrowser, openPage } from './pages.ts';
import { seriousViolations } from './walk.ts';

/** A report of 2,000 documents and 30 topics, every one of which says something hostile. */
async function writeReport(): Promise<string> {
  const { x, y, labels, topics } = sampleMap(2000, 30);
  const named = topics.map((topic, i) => ({
    ...topic,
    name: i === 1 ? hostile[0] : topic.name,
    keywords: [{ keyword: hostile[i % 6], weight: 1 }, ...topic.keywords],
  }));
  const texts = Array.from(labels, (_, i) => `${hostile[i % 6]} document ${i}`);
  const colors = topicColors(topicPeaks(x, y, labels));
  const inThemes = (make: (options: FigureOptions) => PlotlyFigure): ThemedFigure => ({
    light: make({ theme: 'light', colors: colors.light }),
    dark: make({ theme: 'dark', colors: colors.dark }),
  });
  const file = path.join(scratch('report'), 'report.html');
  const view = {
    name: hostile[1],
    source: '',
    ids: texts.map((_, i) => `doc-${i}`),
    texts,
    columns: [],
    roles: { text: 'text', id: null, label: null, date: null },
    skipped: [],
    topics: named,
    labels,
    probabilities: new Float64Array(2000).fill(0.5),
    assignedBy: null,
    x,
    y,
    seed: 42,
    reasons: [],
    manifest: { note: hostile[0], means: Array.from({ length: 1536 }, (_, i) => i) },
  };
  await exportHtml(view, file, {
    map: topicMaps({ x, y, labels, topics: named, texts, colors, contours: true }),
    figures: [
      { title: 'Keywords', figure: inThemes((options) => keywordBars(named, options)) },
      { title: 'Sizes', figure: inThemes((options) => topicSizes(named, options)) },
    ],
  });
  return pathToFileURL(file).href;
}

let browser: Browser;
test.beforeAll(async () => {
  browser = await openBrowser();
});
test.afterAll(() => browser.close());

for (const theme of ['light', 'dark'] as const)
  test(`the report opens offline, draws, and runs nothing that a document says (${theme})`, async () => {
    const { page, problems } = await openPage(browser, await writeReport(), theme);
    await expect(page.locator('.map .gl-canvas').first()).toBeVisible();
    // A long column of numbers is told by its beginning.
    await expect(page.locator('pre')).toContainText('"0, 1, 2 … (1,536)"');
    // A topic from the list: its keywords and documents, as text.
    await page.getByRole('button', { name: /<img src=x/ }).click();
    await expect(page.getByRole('heading', { name: hostile[0] })).toBeVisible();
    await expect(page.locator('td.text', { hasText: '<img src=x onerror' }).first()).toBeVisible();
    // Hovering a lit point shows the document's beginning.
    const place = await page.locator('.map').evaluate((map) => {
      const { data, layout } = map as unknown as {
        data: { x: number[]; y: number[] }[];
        layout: Record<'xaxis' | 'yaxis', { range: number[] }>;
      };
      const lit = data[data.length - 1];
      const along = (v: number, [from, to]: number[], length: number) => ((v - from) / (to - from)) * length;
      return {
        x: along(lit.x[0], layout.xaxis.range, map.clientWidth),
        y: map.clientHeight - along(lit.y[0], layout.yaxis.range, map.clientHeight),
      };
    });
    await page.locator('.map').hover({ position: place });
    await expect(page.locator('.map .hoverlayer .hovertext').first()).toBeVisible();
    // The figures are drawn when unfolded.
    for (const title of ['Keywords', 'Sizes']) {
      await page.getByText(title, { exact: true }).click();
      await expect(page.getByRole('figure', { name: title }).locator('.main-svg').first()).toBeVisible();
    }
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(await page.locator('img, #report a:not([data-title])').count()).toBe(0);
    expect(problems).toEqual([]);
    expect(await seriousViolations(page)).toEqual([]);
    await page.context().close();
  });

test('coming closer places the names anew', async () => {
  const { page, problems } = await openPage(browser, await writeReport());
  const names = page.locator('.map .annotation');
  const first = await names.count();
  await page.locator('.map').hover({ position: { x: 480, y: 300 } });
  for (let i = 0; i < 3; i++) {
    await page.mouse.wheel(0, -200);
    await page.waitForTimeout(400);
  }
  await expect.poll(() => names.count()).not.toBe(first);
  expect(problems).toEqual([]);
  await page.context().close();
});

/** Colours of the page, of its map and of the figure that is open, as they are now. */
function colorsOf(page: Page) {
  return page.evaluate(() => {
    const [map, figure] = [...document.querySelectorAll('.js-plotly-plot')].map((plot) => {
      const { layout, data } = plot as unknown as {
        layout: {
          font: { color: string };
          paper_bgcolor: string;
          annotations?: { font: { color: string } }[];
          meta?: { colors: Record<string, string> };
        };
        data: { marker?: { color: string } }[];
      };
      return {
        paper: layout.paper_bgcolor,
        text: layout.font.color,
        names: [...new Set(layout.annotations?.map(({ font }) => font?.color))],
        points: data.map(({ marker }) => marker?.color),
        topics: Object.values(layout.meta?.colors ?? {}).sort(),
      };
    });
    const hex = (color: string): string =>
      `#${color
        .match(/\d+/g)!
        .map((c) => Number(c).toString(16).padStart(2, '0'))
        .join('')}`;
    const topics = [...document.querySelectorAll<HTMLElement>('nav li button:not([title=Outliers]) .swatch')];
    const swatches = topics.map((at) => hex(getComputedStyle(at).backgroundColor)).sort();
    return { page: getComputedStyle(document.body).backgroundColor, swatches, map, figure };
  });
}

test('follows the system from light to dark and back, and is light on paper', async () => {
  const { page, problems } = await openPage(browser, await writeReport());
  await page.getByText('Sizes', { exact: true }).click();
  await expect(page.getByRole('figure', { name: 'Sizes' }).locator('.main-svg').first()).toBeVisible();
  const topic = page.getByRole('button', { name: /<img src=x/ });
  await topic.click();
  const light = await colorsOf(page);
  expect(light).toMatchObject({
    page: 'rgb(255, 255, 255)',
    map: { paper: '#ffffff' },
    figure: { paper: '#ffffff' },
  });
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect
    .poll(() => colorsOf(page))
    .toMatchObject({ page: 'rgb(22, 25, 29)', map: { paper: '#16191d' } });
  const dark = await colorsOf(page);
  expect(dark).toMatchObject({ map: { text: '#e6e8eb', names: ['#e6e8eb'] }, figure: { paper: '#16191d' } });
  for (const { swatches, map } of [light, dark]) expect(swatches).toEqual(map.topics);
  // The topic that was chosen stays so.
  await expect(topic).toHaveAttribute('aria-pressed', 'true');
  const paper = page.evaluate(
    () =>
      new Promise((resolve) => {
        addEventListener('beforeprint', () => {
          const { layout } = document.querySelector('.map') as unknown as {
            layout: { paper_bgcolor: string };
          };
          resolve(layout.paper_bgcolor);
        });
      }),
  );
  await page.pdf();
  expect(await paper).toBe('#ffffff');
  await expect.poll(() => colorsOf(page)).toEqual(dark);
  // A figure that was folded meanwhile is drawn anew when it is opened.
  await page.getByText('Sizes', { exact: true }).click();
  await page.emulateMedia({ colorScheme: 'light' });
  await expect
    .poll(() => colorsOf(page))
    .toMatchObject({ page: 'rgb(255, 255, 255)', map: { paper: '#ffffff' } });
  await page.getByText('Sizes', { exact: true }).click();
  await expect.poll(() => colorsOf(page)).toEqual(light);
  expect(problems).toEqual([]);
  await page.context().close();
});
