import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { cache, corpus, root, runCli, scratch } from './corpus.ts';
import { answerDialogs, electronBinary, launch } from './desktop.ts';
import type { Desktop } from './desktop.ts';
import { unzip } from './unzip.ts';

const folder = scratch('electron-close');
const project = path.join(folder, 'run', 'project.moetopic');

test.beforeAll(() => runCli(corpus.file, path.dirname(project), corpus.sample));

/** The app with the project open, and where its next export goes. */
async function openProject(target: string): Promise<Desktop> {
  const desktop = await launch(electronBinary, [root]);
  await answerDialogs(desktop.app, project, target);
  await desktop.page.getByRole('button', { name: 'Open project…' }).click();
  await desktop.page.locator('[data-painted]').waitFor({ state: 'attached', timeout: 120_000 });
  return desktop;
}

/** Closes the window while something is under way, and waits until the app has ended by itself. */
async function closeMeanwhile({ app, page, dataFolder }: Desktop): Promise<string> {
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  // As a person does: a page that Playwright closes goes the same way.
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close());
  await page.waitForEvent('close').catch(() => undefined);
  await ended;
  return readFileSync(path.join(dataFolder, 'moetopic.log'), 'utf8');
}

test('an export is finished when its window is closed, and the app ends after it', async () => {
  const file = path.join(folder, 'exports', 'all.zip');
  const desktop = await openProject(file);
  await desktop.page.getByRole('button', { name: 'Export', exact: true }).click();
  await desktop.page.getByRole('menuitem', { name: /ZIP/ }).click();
  // Under way: its temporary file is there, or at least its folder.
  await expect.poll(() => existsSync(path.dirname(file)), { intervals: [5] }).toBe(true);
  expect(existsSync(file)).toBe(false);
  expect(await closeMeanwhile(desktop)).toContain('what is written is finished');

  expect(readdirSync(path.dirname(file))).toEqual(['all.zip']);
  const files = await unzip(file);
  expect([...files.keys()].sort()).toEqual(
    expect.arrayContaining(['documents.csv', 'project.json', 'report.html', 'topics.csv']),
  );
  expect(files.get('report.html')!.toString()).toContain('</html>');
});

test('a change of the topics is whole when its window is closed at once', async () => {
  const desktop = await openProject('');
  await desktop.page.getByRole('region', { name: 'Topics' }).locator('.topic').first().click();
  await desktop.page.getByRole('button', { name: 'Split', exact: true }).click();
  await desktop.page.getByRole('button', { name: 'Apply' }).click();
  await closeMeanwhile(desktop);

  const cli = (...args: string[]): string =>
    execFileSync(process.execPath, [path.join(root, 'dist/cli.js'), 'topics', project, ...args], {
      env: { ...process.env, MOETOPIC_CACHE: cache },
      encoding: 'utf8',
    });
  // In the log and in the topics, and it can be taken back.
  expect(cli('log')).toContain('Split topic');
  const after = cli('list');
  cli('undo');
  expect(cli('list')).not.toBe(after);
});
