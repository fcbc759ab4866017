import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { InputError } from '../../core/base/errors.ts';
import { plotlySource, writeTextFile } from '../../core/index.ts';
import type { PlotlyFigure } from '../../core/protocol.ts';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** A Chromium on this machine: named in MOETOPIC_CHROMIUM, or in one of the usual places. */
export function findBrowser(): string | undefined {
  return [process.env.MOETOPIC_CHROMIUM, ...places].find(
    (file) => file !== undefined && file !== '' && existsSync(file),
  );
}

/**
 * Draws a figure into a PNG or SVG file with a headless Chromium.
 * @throws InputError without one.
 */
export async function drawFigure(
  figure: PlotlyFigure,
  format: 'png' | 'svg',
  out: string,
  chosen?: string,
): Promise<void> {
  const browser = chosen ?? findBrowser();
  if (browser === undefined || !existsSync(browser))
    throw new InputError(
      'Pictures need a Chromium, and none was found; name one with --browser, or export html.',
    );
  const folder = await mkdtemp(path.join(tmpdir(), 'moetopic-picture-'));
  try {
    const page = path.join(folder, 'page.html');
    await writeFile(page, await pageOf(figure, format));
    const dom = await dumpDom(browser, page, folder);
    const found = /<pre id="picture">([^<]*)<\/pre>/.exec(dom)?.[1];
    if (!found)
      throw new InputError(`${browser} did not draw the figure; try another with --browser, or export html.`);
    const bytes = Buffer.from(found, 'base64');
    if (format === 'svg') await writeTextFile(out, [bytes.toString('utf8')]);
    else await writeFile(out, bytes);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function pageOf(figure: PlotlyFigure, format: string): Promise<string> {
  const json = JSON.stringify(figure, (_key, value: unknown) =>
    ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value,
  );
  return `<!doctype html><meta charset="utf-8"><div id="figure"></div><script>${await plotlySource()}</script>
<script type="application/json" id="data">${json.replaceAll('<', '\\u003c')}</script>
<script>
const { data, layout } = JSON.parse(document.getElementById('data').textContent);
Plotly.newPlot('figure', data, { ...layout, width: 1400, height: 1000 }, { staticPlot: true })
  .then((drawn) => Plotly.toImage(drawn, { format: ${JSON.stringify(format)}, width: 1400, height: 1000 }))
  .then((address) => {
    const comma = address.indexOf(',');
    const body = address.slice(comma + 1);
    const base64 = address.slice(0, comma).endsWith('base64') ? body : btoa(unescape(body));
    const pre = document.createElement('pre');
    pre.id = 'picture';
    pre.textContent = base64;
    document.body.append(pre);
  });
</script>`;
}

function dumpDom(browser: string, page: string, folder: string): Promise<string> {
  const flags = [
    '--headless=new',
    '--no-sandbox',
    '--disable-background-networking',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--virtual-time-budget=60000',
    `--user-data-dir=${path.join(folder, 'profile')}`,
    '--dump-dom',
    pathToFileURL(page).href,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(browser, flags, { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    child.on('error', reject);
    child.on('close', () => resolve(text));
  });
}
