/** The desktop app in Electron: from the process' start to a painted and a usable window, and what it takes when idle. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { median, root } from './environment.mjs';

const launches = 5;
const idleSeconds = 8;

/** The Electron for tests unless another one is named; test/run.mjs makes it. */
function electron() {
  const folder =
    process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(root, 'node_modules/.cache/electron-for-tests');
  const binary = process.env.MOETOPIC_ELECTRON ?? path.join(folder, 'electron');
  if (!existsSync(binary))
    throw new Error(
      `There is no Electron at ${binary}; npm test makes one, or name it in MOETOPIC_ELECTRON.`,
    );
  return binary;
}

/** Starts the built app some times. @returns rows { what, rows, value, unit, limit } */
export async function run({ say }) {
  if (!existsSync(path.join(root, 'dist/main.js')))
    throw new Error('The app is not built; run npm run build first.');
  const binary = electron();
  const screen = await virtualScreen();
  try {
    const found = [];
    for (let k = 0; k <= launches; k++) {
      say(k === 0 ? 'start: once to warm the disk' : `start ${k} of ${launches}`);
      found.push(await launch(binary, screen.display, k === launches));
    }
    const warm = found.slice(1);
    const of = (name) => Math.round(median(warm.map((one) => one[name])));
    const last = found[launches];
    return [
      { what: 'Start: window painted', rows: launches, value: of('painted'), unit: 'ms', limit: 2000 },
      { what: 'Start: start screen usable', rows: launches, value: of('usable'), unit: 'ms', limit: 2000 },
      { what: 'Start: the same, the first time', rows: 1, value: Math.round(found[0].usable), unit: 'ms' },
      { what: 'Idle: memory of all processes', rows: last.processes, value: last.idleMB, unit: 'MB' },
    ];
  } finally {
    screen.close();
  }
}

/** An X server without a screen where there is none; elsewhere what is there. */
async function virtualScreen() {
  const { DISPLAY } = process.env;
  if (process.platform !== 'linux' || DISPLAY) return { display: DISPLAY, close: () => undefined };
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise((resolve, reject) => {
    server.once('error', () =>
      reject(new Error('There is no screen, and no Xvfb to make one; install xvfb.')),
    );
    server.stdio[3].once('data', (data) => resolve(String(data).trim()));
  });
  return { display: `:${number}`, close: () => server.kill() };
}

/** One start with a data folder of its own. Times are the page's own marks, counted from before the process was made. */
async function launch(binary, display, idle) {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'moetopic-start-'));
  const args = [
    '--remote-debugging-port=0',
    '--lang=en-US',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  const begun = Date.now();
  const child = spawn(binary, [...args, root], {
    env: { ...process.env, DISPLAY: display, MOETOPIC_DATA: dataFolder, MOETOPIC_CACHE: dataFolder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    const browser = await chromium.connectOverCDP(await debuggerAddress(child));
    const page = await firstPage(browser);
    // On a loaded machine the page can be usable before its first frame is on the screen.
    await page.waitForFunction(
      (names) => names.every((name) => performance.getEntriesByName(name).length > 0),
      ['first-contentful-paint', 'start-usable'],
    );
    const { painted, usable } = await page.evaluate(() => ({
      painted: performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime,
      usable: performance.timeOrigin + performance.getEntriesByName('start-usable')[0].startTime,
    }));
    const times = { painted: painted - begun, usable: usable - begun };
    if (!idle) return times;
    await pause(1000 * idleSeconds);
    return { ...times, ...memory(child.pid) };
  } finally {
    child.kill();
    await ended;
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

function debuggerAddress(child) {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr.on('data', (data) => {
      text += data;
      const found = /DevTools listening on (ws:\S+)/.exec(text);
      if (found) resolve(found[1]);
    });
    child.once('exit', (status) => reject(new Error(`Electron ended with ${status}: ${text.slice(-500)}`)));
  });
}

async function firstPage(browser) {
  for (let k = 0; k < 600; k++) {
    const page = browser
      .contexts()[0]
      ?.pages()
      .find((one) => one.url().startsWith('app:'));
    if (page) return page;
    await pause(50);
  }
  throw new Error('No window appeared within half a minute.');
}

/** Proportional memory (shared pages counted once) of a process and all below it; Linux only. */
function memory(pid) {
  if (process.platform !== 'linux') return { idleMB: null, processes: 0 };
  const parents = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      // "pid (name with spaces) state parent …"
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It has just ended.
    }
  }
  const own = (id) => id === pid || (parents.has(id) && own(parents.get(id)));
  const mine = [...parents.keys()].filter(own);
  const kilobytes = mine.map((id) =>
    Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1] ?? 0),
  );
  return { idleMB: Math.round(kilobytes.reduce((a, b) => a + b, 0) / 1000), processes: mine.length };
}
