import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test';
import { exportCompareHtml } from '../../core/export/index.ts';
import { topicColors, topicFlow, topicMaps, topicPeaks, type Theme } from '../../core/map/index.ts';
import type { PlotlyFigure } from '../../core/protocol.ts';
import { sampleMap } from '../map/sample.ts';
import { scratch } from './corpus.ts';
import { hostile, openBrowser, openPage } from './pages.ts';
import { seriousViolations } from './walk.ts';

const count = 1200;
const first = sampleMap(count, 12);

/** The same documents by two embeddings: the second joins topics 1 and 2, and mirrors the map. */
async function writePage(): Promise<string> {
  const named = first.topics.map((topic) => (topic.id === 1 ? { ...topic, name: hostile[0] } : topic));
  const joined = first.labels.map((label) => (label === 2 ? 1 : label));
  const sides = [
    { name: 'hs', embedding: 'hs' as const, labels: first.labels, x: first.x, y: first.y, topics: named },
    {
      name: 'concat',
      embedding: 'concat' as const,
      labels: joined,
      x: first.x.map((v) => -v),
      y: first.y,
      topics: named
        .filter(({ id }) => id !== 2)
        .map((topic) => ({ ...topic, count: joined.filter((label) => label === topic.id).length })),
    },
  ];
  const file = path.join(scratch('compare'), 'compare.html');
  const flow = (theme: Theme): PlotlyFigure => {
    const colored = sides.map((side) => ({
      ...side,
      colors: topicColors(topicPeaks(side.x, side.y, side.labels))[theme],
    }));
    return topicFlow(colored, { theme });
  };
  await exportCompareHtml(file, {
    name: hostile[1],
    ids: Array.from({ length: count }, (_, i) => `doc-${i}`),
    texts: Array.from({ length: count }, (_, i) => `${hostile[i % 6]} document ${i}`),
    variants: sides.map((side, k) => ({
      ...side,
      map: topicMaps({ ...side, texts: null }),
      metrics: { topics: side.topics.length, outlier_share: 0.1, c_v: 0.4 + k / 10, dbcv: null },
    })),
    agreement: [
      [1, 0.8],
      [0.8, 1],
    ],
    flow: { light: flow('light'), dark: flow('dark') },
  });
  return pathToFileURL(file).href;
}

let browser: Browser;
let page: Page;
let problems: string[];
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  browser = await openBrowser();
  ({ page, problems } = await openPage(browser, await writePage()));
});
test.afterAll(() => browser.close());

const mapBy = (name: string): Locator => page.getByRole('figure', { name: `Topic map by ${name}` });
const topicsBy = (name: string): Locator => page.getByRole('list', { name: `Topics by ${name}` });

/** Where a map lights documents up, in its own data's units: the trace above the others, beneath the ring. */
function lit(name: string): Promise<[number, number][]> {
  return mapBy(name).evaluate((map) => {
    const { data } = map as unknown as { data: { x: number[]; y: number[] }[] };
    const { x, y } = data[data.length - 2];
    return Array.from(x, (v, i): [number, number] => [v, y[i]]);
  });
}

/** Documents that are lit on both maps are the same ones: the second is the first's mirror. */
async function expectLinked(size?: number): Promise<void> {
  const [hs, concat] = [await lit('hs'), await lit('concat')];
  expect(hs.length).toBeGreaterThan(0);
  if (size !== undefined) expect(hs).toHaveLength(size);
  expect(concat.map(([x, y]) => [-x, y])).toEqual(hs);
}

test('the page says how many documents it compares, and what stands for them on each side', async () => {
  await expect(page.locator('header .facts').first()).toHaveText(`${count.toLocaleString('en')} documents`);
  await expect(page.getByText('What the texts say: the model’s hidden states')).toBeVisible();
  await expect(page.getByText('Hidden states and routing weights side by side')).toBeVisible();
});

test('a topic of one result lights its documents up on every map, and tells where they are', async () => {
  await expect(page.locator('.map .gl-canvas').first()).toBeVisible();
  const joined = first.labels.filter((label) => label === 1 || label === 2).length;
  await topicsBy('concat')
    .getByRole('button', { name: /<img src=x/ })
    .click();
  await expectLinked(joined);
  const selected = page.getByRole('region', { name: 'Selected documents' });
  await expect(selected.getByRole('heading').first()).toHaveText(`${joined} selected documents`);
  // In the first result they are two topics.
  await expect(selected.locator('.spread > div').first().getByRole('button')).toHaveCount(2);
  await expect(selected.locator('td.text').first()).toContainText(/document \d+/);
  await page.getByRole('button', { name: 'Clear the selection' }).click();
  expect(await lit('hs')).toEqual([]);
  expect(await lit('concat')).toEqual([]);
});

test('what a lasso catches on one map lights up on the other', async () => {
  const map = mapBy('hs');
  await map.scrollIntoViewIfNeeded();
  const box = (await map.boundingBox())!;
  const at = (x: number, y: number): [number, number] => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at(0.2, 0.2));
  await page.mouse.down();
  for (const [x, y] of [
    [0.6, 0.2],
    [0.6, 0.7],
    [0.2, 0.7],
  ])
    await page.mouse.move(...at(x, y), { steps: 8 });
  await page.mouse.up();
  await expect.poll(async () => (await lit('concat')).length).toBeGreaterThan(0);
  await expectLinked();
  expect((await lit('hs')).length).toBeLessThan(count);
});

test('a document under the pointer is named with its topics, and ringed on every map', async () => {
  const place = await mapBy('hs').evaluate((map) => {
    const { data, layout } = map as unknown as {
      data: { x: number[]; y: number[] }[];
      layout: Record<'xaxis' | 'yaxis', { range: number[] }>;
    };
    const along = (v: number, [from, to]: number[], length: number) => ((v - from) / (to - from)) * length;
    return {
      x: along(data[1].x[0], layout.xaxis.range, map.clientWidth),
      y: map.clientHeight - along(data[1].y[0], layout.yaxis.range, map.clientHeight),
    };
  });
  await mapBy('hs').hover({ position: place });
  await expect(page.getByRole('status')).toContainText(/^doc-\d+: .* — hs: .* · concat: /);
  const ringed = await mapBy('concat').evaluate(
    (map) => (map as unknown as { data: { x: number[] }[] }).data.at(-1)!.x.length,
  );
  expect(ringed).toBe(1);
});

test('the flow shows every topic in its own column; a stream lights its documents up', async () => {
  const flow = page.getByRole('figure', { name: 'Documents between topics' });
  await flow.scrollIntoViewIfNeeded();
  await expect(flow.locator('.sankey-link').first()).toBeVisible();
  const columns = await flow
    .locator('.sankey-node .node-rect')
    .evaluateAll(
      (nodes) => [...new Set(nodes.map((node) => Math.round(node.getBoundingClientRect().x / 20)))].length,
    );
  expect(columns).toBe(2);
  await flow.locator('.sankey-link').first().click();
  await expect.poll(async () => (await lit('hs')).length).toBeGreaterThan(0);
  await expectLinked();
});

test('the page says what differs, runs nothing a document says, and is accessible', async () => {
  await expect(page.getByText('Coherence of the keywords (C_v): concat 0.500, hs 0.400.')).toBeVisible();
  await expect(page.locator('.measures .best')).toHaveText(['0.500']);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(await page.locator('img, #report a:not([data-title])').count()).toBe(0);
  expect(await seriousViolations(page)).toEqual([]);
  expect(problems).toEqual([]);
});
