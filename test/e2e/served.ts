import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { environment, root, scratch } from './corpus.ts';

export interface Served {
  browser: Browser;
  /** Opens the app in a page that fails the test on an error of its own or a broken policy. */
  open: () => Promise<Page>;
  problems: string[];
  close: () => Promise<void>;
}

/** `moetopic serve`, with a project where one is given, and a Chromium with software WebGL. */
export async function serve(project?: string): Promise<Served> {
  const args = [path.join(root, 'dist/cli.js'), 'serve', ...(project === undefined ? [] : [project])];
  const child = spawn(process.execPath, args, {
    env: environment(scratch('served')),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await address(child);
  const browser = await chromium.launch({
    executablePath: process.env.MOETOPIC_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--ignore-gpu-blocklist',
    ],
  });
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    colorScheme: 'light',
  });
  const problems: string[] = [];
  let first = true;
  return {
    browser,
    problems,
    open: async () => {
      const page = await context.newPage();
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        // Software WebGL remarks on its own speed.
        if (message.type() === 'error') problems.push(message.text());
      });
      // The token is good once; the cookie opens the other pages.
      await page.goto(first ? url : new URL('/', url).href);
      first = false;
      return page;
    },
    close: async () => {
      await browser.close();
      child.kill('SIGTERM');
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

function address(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout!.on('data', (data: Buffer) => {
      text += data.toString();
      const found = /http:\/\/\S+/.exec(text);
      if (found) resolve(found[0]);
    });
    child.once('exit', (code) => reject(new Error(`moetopic serve ended with ${code}`)));
  });
}
