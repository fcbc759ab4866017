import { copyFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { corpus, root, runCli, scratch } from './corpus.ts';
import { answerDialogs, electronBinary, launch } from './desktop.ts';
import type { Desktop } from './desktop.ts';
import { checkAccess, colorsOnMap, findTopics, goTo, mapPainted } from './walk.ts';

test.describe.configure({ mode: 'serial' });

let desktop: Desktop;
/** A project that the command line wrote. */
let written: string;

/** The app is started again while it runs, as when a file is opened or its icon is clicked. */
const startAgain = (...args: string[]): Promise<boolean> =>
  desktop.app.evaluate(
    ({ app }, given) => app.emit('second-instance', {}, ['moetopic', ...given], '/', null),
    args,
  );

test.beforeAll(async () => {
  desktop = await launch(electronBinary, [root]);
});
test.afterAll(() => desktop.app.close());

test('the window is sandboxed: no Node, no way out, no other page', async () => {
  const { app, page } = desktop;
  expect(await page.evaluate(() => [typeof globalThis.process, typeof globalThis.require])).toEqual([
    'undefined',
    'undefined',
  ]);
  expect(page.url()).toBe('app://moetopic/index.html');
  expect(await page.evaluate(() => window.open('https://example.org'))).toBeNull();
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0].webContents as unknown as {
      getLastWebPreferences: () => Record<string, unknown>;
    };
    const { contextIsolation, sandbox, nodeIntegration } = contents.getLastWebPreferences();
    return { contextIsolation, sandbox, nodeIntegration };
  });
  expect(preferences).toEqual({ contextIsolation: true, sandbox: true, nodeIntegration: false });
  await checkAccess(page, 'start', true);
});

test('what doesn’t fit a channel’s shape is refused and told in the log', async () => {
  const outcomes = await desktop.page.evaluate(async () => {
    type Bridge = Record<string, (...args: unknown[]) => Promise<unknown>>;
    const bridge = (window as unknown as { moetopic: Bridge }).moetopic;
    const refused = (answer: Promise<unknown>): Promise<boolean> =>
      answer.then(
        () => false,
        () => true,
      );
    return [
      await refused(bridge.choose('anything')),
      await refused(bridge.choose({ toString: 'file' })),
      await refused(bridge.chooseTarget('x'.repeat(300), 'file')),
      await refused(bridge.chooseTarget('name', 'device')),
      await refused(bridge.reveal('x'.repeat(5000))),
    ];
  });
  expect(outcomes).toEqual([true, true, true, true, true]);
  expect(await desktop.page.evaluate(() => Object.keys(window).includes('ipcRenderer'))).toBe(false);
  expect(readFileSync(path.join(desktop.dataFolder, 'moetopic.log'), 'utf8')).toContain(
    'refused a message on choose: wrong shape',
  );
});

test('the menu has what the palette has', async () => {
  const labels = await desktop.app.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()!.items.map((item) => item.label),
  );
  for (const label of ['File', 'Edit', 'View', 'Run', 'Help']) expect(labels).toContain(label);
});

test('a corpus chosen in the dialog becomes a map, and its CSV is what the command line writes', async () => {
  const { app, page } = desktop;
  const out = scratch('electron-export');
  await answerDialogs(app, corpus.file, path.join(out, 'csv'));
  await page.getByRole('button', { name: 'Open file…' }).click();
  await findTopics(page, corpus.sample);
  expect(await colorsOnMap(page)).toBeGreaterThan(3);
  await page.getByRole('region', { name: 'Topics' }).locator('.topic').first().click();
  await expect(page.getByText('Documents that stand for it')).toBeVisible();
  await checkAccess(page, 'explore', true);

  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'CSV (topics and documents)' }).click();
  await expect(page.getByText(/was written/)).toBeVisible({ timeout: 60_000 });
  await runCli(corpus.file, path.join(out, 'cli'), corpus.sample);
  written = path.join(out, 'cli', 'project.moetopic');
  for (const name of ['topics.csv', 'documents.csv'])
    expect(
      readFileSync(path.join(out, 'csv', name)).equals(readFileSync(path.join(out, 'cli', name))),
      name,
    ).toBe(true);
});

test('a crash of the engine is reported, and the project is there again', async () => {
  const { app, page } = desktop;
  await app.evaluate(({ app: electron }) => {
    const engine = electron.getAppMetrics().find((metric) => metric.serviceName?.includes('node'));
    if (!engine) throw new Error('There is no engine process.');
    process.kill(engine.pid, 'SIGKILL');
  });
  await expect
    .poll(() => readFileSync(path.join(desktop.dataFolder, 'moetopic.log'), 'utf8'), { timeout: 60_000 })
    .toContain('starting it again');
  await goTo(page, 'Quality');
  await expect(page.getByText('NPMI coherence')).toBeVisible({ timeout: 120_000 });
});

test('a run whose engine crashes goes on in its folder', async () => {
  const { app, page, dataFolder } = desktop;
  // Texts that no test before has embedded.
  const file = path.join(scratch('electron-crash'), 'crash.csv');
  const text = (d: number): string =>
    Array.from({ length: 80 }, (_, i) => `word${(d * 7 + i * (d % 5)) % 300}`).join(' ');
  const rows = Array.from({ length: 800 }, (_, d) => `${Date.now()} ${text(d)}`);
  writeFileSync(file, ['text', ...rows].join('\n'));
  await answerDialogs(app, file, path.dirname(file));
  await page.keyboard.press('Control+O');
  await expect(page.getByText('What a run takes')).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText(/of memory/)).toBeVisible({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Find topics' }).click();
  await expect
    .poll(() => page.getByRole('progressbar').first().getAttribute('aria-valuenow'), { timeout: 120_000 })
    .not.toBe('0');
  await app.evaluate(({ app: electron }) => {
    const engine = electron.getAppMetrics().find((metric) => metric.serviceName?.includes('node'));
    process.kill(engine!.pid, 'SIGKILL');
  });
  await expect(page.getByText('the run goes on where it stopped')).toBeVisible({ timeout: 60_000 });
  await mapPainted(page);
  const made = readdirSync(path.join(dataFolder, 'projects')).filter((name) => name.startsWith('crash'));
  expect(made).toEqual(['crash']);
});

test('a second window has an engine of its own', async () => {
  const { app, page } = desktop;
  const opened = app.waitForEvent('window');
  await page.keyboard.press('Control+Shift+N');
  const second = await opened;
  await expect(second.getByRole('heading', { name: 'What are these documents about?' })).toBeVisible();
  await expect(page.locator('.statusbar')).toContainText('outliers');
  await second.close();
});

test('a .moetopic file opens in the window in front', async () => {
  const { page } = desktop;
  await startAgain(written);
  await expect(page.locator('.facts b')).toHaveAttribute('title', written, { timeout: 60_000 });
  await expect.poll(() => page.title()).toContain('MoETopic');
  // macOS names the file in an event instead.
  const other = written.replace('cli/project', 'cli/again');
  copyFileSync(written, other);
  await desktop.app.evaluate(
    ({ app }, file) => app.emit('open-file', { preventDefault: () => undefined }, file),
    other,
  );
  await expect(page.locator('.facts b')).toHaveAttribute('title', other, { timeout: 60_000 });
});

test('a run goes on without its window and is found again', async () => {
  const { app, page } = desktop;
  await answerDialogs(app, corpus.file, '');
  await page.keyboard.press('Control+O');
  await expect(page.getByRole('region', { name: 'First rows' })).toBeVisible({ timeout: 120_000 });
  await page.getByLabel(/^Sample/).fill('600');
  await page.getByRole('button', { name: 'All settings' }).click();
  await page.getByLabel(/^Seed/).fill(String(Date.now() % 1_000_000));
  await expect(page.getByText(/of memory/)).toBeVisible({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Find topics' }).click();
  await expect(page.getByRole('button', { name: 'Cancel the run' })).toBeVisible();
  await page.close();
  // The page is gone a moment before its window is.
  const windows = (): Promise<number> =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  await expect.poll(windows).toBe(0);
  const opened = app.waitForEvent('window');
  await startAgain();
  const again = await opened;
  await mapPainted(again);
  await expect(again.locator('.statusbar')).toContainText('600 documents');
  desktop.page = again;
});

// The last one: Playwright waits forever for the end of a navigation that was refused.
test('a page that tries to lead elsewhere stays where it is', async () => {
  const { app, page } = desktop;
  const evil = 'https://example.org/';
  await page.evaluate((url) => {
    setTimeout(() => {
      window.location.href = url;
    }, 0);
  }, evil);
  await expect
    .poll(() => readFileSync(path.join(desktop.dataFolder, 'moetopic.log'), 'utf8'))
    .toContain('refused to navigate');
  const url = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0].webContents.getURL(),
  );
  expect(url).toBe('app://moetopic/index.html');
});
