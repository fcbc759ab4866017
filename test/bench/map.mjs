// node test/bench/map.mjs [documents …]: the map on generated documents in a Chromium with software rendering:
// first paint, hover, pan (median of 30) and the page's memory. Builds the window on generated data first.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = path.join(root, 'dist/renderer-fake');
const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(100_000, 500_000);

await build({ configFile: path.join(root, 'renderer/vite.fake.config.mjs'), logLevel: 'error' });
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  readFile(path.join(folder, pathname === '/' ? 'index.html' : path.normalize(pathname))).then(
    (data) => response.setHeader('content-type', types[path.extname(pathname)] ?? types['.html']).end(data),
    () => response.writeHead(404).end(),
  );
}).listen(0, '127.0.0.1');

const browser = await chromium.launch({
  executablePath: process.env.MOETOPIC_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--ignore-gpu-blocklist',
    '--enable-precise-memory-info',
    '--js-flags=--expose-gc',
  ],
});
const results = [];
for (const documents of sizes) results.push(await measure(documents));
console.log(JSON.stringify(results, null, 2));
await browser.close();
server.close();

async function measure(documents) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(120_000);
  await page.goto(`http://127.0.0.1:${server.address().port}/?documents=${documents}`);
  const recent = page.getByRole('button', { name: /example/ });
  await recent.waitFor();
  // The data is there when the button is pressed: the time is from it to the first picture.
  const painted = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const button = [...document.querySelectorAll('.tile')].at(-1);
        const begun = performance.now();
        const look = () => {
          if (document.querySelector('[data-painted]')) resolve(performance.now() - begun);
          else requestAnimationFrame(look);
        };
        button.click();
        look();
      }),
  );
  await page.waitForTimeout(1500);
  const box = await page.getByTestId('map').boundingBox();
  const centre = [box.x + box.width / 2, box.y + box.height / 2];

  // From the pointer's movement to the frame that shows its answer.
  const answered = (kind) =>
    page.evaluate(
      ([x, y, what]) =>
        new Promise((resolve) => {
          const map = document.querySelector('.map');
          const shown = () =>
            what === 'hover'
              ? (document.querySelector('.map-hover')?.textContent ?? '')
              : map.querySelector('.moved').style.transform;
          const before = shown();
          const begun = performance.now();
          const options = {
            bubbles: true,
            clientX: x,
            clientY: y,
            pointerId: 1,
            button: 0,
            pointerType: 'mouse',
          };
          map.dispatchEvent(new PointerEvent('pointermove', options));
          let frames = 0;
          const look = () => {
            if (shown() !== before || ++frames > 20) resolve(frames > 20 ? null : performance.now() - begun);
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        }),
      kind,
    );
  const hover = [];
  for (let k = 0; hover.length < 30 && k < 90; k++) {
    const angle = k * 2.4;
    const time = await answered([
      centre[0] + 3 * k * Math.cos(angle),
      centre[1] + 2 * k * Math.sin(angle),
      'hover',
    ]);
    if (time !== null) hover.push(time);
  }
  // The pointer really moves; the page notes when it heard of it and when the picture had moved.
  await page.evaluate(() => {
    const moved = document.querySelector('.map .moved');
    window.pans = [];
    document.querySelector('.map').addEventListener(
      'pointermove',
      (event) => {
        const before = moved.style.transform;
        const look = () => {
          if (moved.style.transform !== before) window.pans.push(performance.now() - event.timeStamp);
        };
        requestAnimationFrame(look);
      },
      { capture: true },
    );
  });
  await page.mouse.move(...centre);
  await page.mouse.down();
  for (let k = 0; k < 30; k++) await page.mouse.move(centre[0] + 4 * (k + 1), centre[1] + 2 * k);
  const pan = await page.evaluate(() => window.pans);
  await page.mouse.up();
  const memory = await page.evaluate(() => {
    globalThis.gc?.();
    return performance.memory.usedJSHeapSize;
  });
  await page.close();
  return {
    documents,
    firstPaintMs: Math.round(painted),
    hoverMs: median(hover),
    panMs: median(pan),
    hovers: hover.length,
    pans: pan.length,
    heapMB: Math.round(memory / 1e6),
  };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)]);
}
