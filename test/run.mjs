// npm test: builds, runs the unit, property and reference tests, then whatever of the browser and Electron tests this
// machine can run, naming what it could not. With --require-e2e nothing may be left out.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const requireE2e = process.argv.includes('--require-e2e');
const scratch = mkdtempSync(path.join(tmpdir(), 'moetopic-test-'));
const totals = { passed: 0, failed: 0 };
const leftOut = [];

function run(title, command, args, env = {}) {
  console.log(`\n== ${title}`);
  const started = Date.now();
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  if (error) console.error(error.message);
  console.log(
    `== ${title}: ${status === 0 ? 'ok' : 'failed'}, ${Math.round((Date.now() - started) / 1000)} s`,
  );
  return status === 0;
}

function count(passed, failed) {
  totals.passed += passed;
  totals.failed += failed;
}

function report(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

function unit() {
  const file = path.join(scratch, 'vitest.json');
  const ok = run('unit, property and reference tests', 'npx', [
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const result = report(file);
  count(result?.numPassedTests ?? 0, result?.numFailedTests ?? 0);
  if (!ok && !(result?.numFailedTests > 0)) count(0, 1);
}

function playwright(project, env, wrap = []) {
  const file = path.join(scratch, `${project}.json`);
  const command = [
    ...wrap,
    'npx',
    'playwright',
    'test',
    '-c',
    'test/e2e/playwright.config.ts',
    '--project',
    project,
  ];
  const ok = run(`${project} tests`, command[0], command.slice(1), {
    ...env,
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  });
  const stats = report(file)?.stats;
  count(stats?.expected ?? 0, stats?.unexpected ?? 0);
  if (stats && stats.flaky > 0) count(0, stats.flaky);
  if (stats && stats.skipped > 0) leaveOut(`${stats.skipped} ${project} tests`, 'they were skipped');
  if (!ok && !(stats?.unexpected > 0) && !(stats?.flaky > 0)) count(0, 1);
}

function leaveOut(what, why) {
  leftOut.push(`${what}: ${why}`);
  if (requireE2e) count(0, 1);
}

function chromium() {
  const names = [
    process.env.MOETOPIC_CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  return names.find((name) => name && existsSync(name));
}

/** The official binary first; else the repacked one for tests (Linux x64), kept between runs in node_modules/.cache. */
function electron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return path.join(override, 'electron');
  const home = path.join(root, 'node_modules/electron');
  if (existsSync(path.join(home, 'path.txt')))
    return path.join(home, 'dist', readFileSync(path.join(home, 'path.txt'), 'utf8').trim());
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const destination = path.join(root, 'node_modules/.cache/electron-for-tests');
  const made = run('an Electron for tests', 'bash', ['test/electron/electron-for-tests.sh', destination]);
  return made ? path.join(destination, 'electron') : null;
}

function hasCommand(name) {
  return spawnSync(name, ['--help'], { stdio: 'ignore' }).error === undefined;
}

if (!run('build', 'npm', ['run', 'build'])) {
  console.log('\n0 passed, 1 failed');
  process.exit(1);
}
unit();

const browser = chromium();
if (browser) playwright('browser', { MOETOPIC_CHROMIUM: browser });
else leaveOut('browser tests', 'no Chromium found (install one, or name it in MOETOPIC_CHROMIUM)');

const binary = electron();
const screen = process.env.DISPLAY || process.platform !== 'linux' ? [] : ['xvfb-run', '-a'];
if (!binary) leaveOut('Electron tests', 'no Electron binary here (npm run electron:download fetches it)');
else if (screen.length > 0 && !hasCommand('xvfb-run'))
  leaveOut('Electron tests', 'no screen and no xvfb-run');
else {
  playwright('electron', { MOETOPIC_ELECTRON: binary }, screen);
  playwright('packaged', { MOETOPIC_ELECTRON: binary }, screen);
}

rmSync(scratch, { recursive: true, force: true });
for (const line of leftOut) console.log(`left out: ${line}`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;
