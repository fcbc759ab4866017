import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';

/** What a document may try; each would set `window.hacked`. */
export const hostile = [
  '<img src=x onerror="window.hacked=1">',
  '</script><script>window.hacked=1</script>',
  '<a href="javascript:window.hacked=1">link</a>',
  '<svg onload="window.hacked=1">',
  'a\u2028b\u2029c \0 nul',
  '👩‍🚀 and שלום עולם',
];

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.MOETOPIC_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
}

/** Opens a page from a file, offline; whatever it complains about or asks the network for lands in `problems`. */
export async function openPage(
  browser: Browser,
  url: string,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<{ page: Page; problems: string[] }> {
  const viewport = { width: 1280, height: 900 };
  const context = await browser.newContext({ viewport, colorScheme, offline: true });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('request', (request) => {
    if (/^(https?|wss?):/.test(request.url())) problems.push(request.url());
  });
  await page.goto(url);
  await page.locator('html[data-ready]').waitFor({ state: 'attached', timeout: 120_000 });
  return { page, problems };
}
