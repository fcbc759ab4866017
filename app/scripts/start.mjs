// npm start [-- CORPUS or PROJECT]: the desktop app, or the same window in the browser where Electron can't be had; says which and why.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './bundle.mjs';
import { findElectron } from './electron.mjs';

const args = process.argv.slice(2);

if (
  !existsSync(path.join(root, 'dist/main.js')) ||
  !existsSync(path.join(root, 'dist/renderer/index.html'))
) {
  const built = spawnSync(process.execPath, [path.join(root, 'app/scripts/build.mjs')], {
    cwd: root,
    stdio: 'inherit',
  });
  if (built.status !== 0) process.exit(built.status ?? 1);
}

const { binary, why } = whichElectron();
if (binary) {
  // Chromium refuses to run as root with its sandbox; containers have nobody else.
  const flags = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  follow(spawn(binary, [...flags, root, ...args], { stdio: 'inherit' }));
} else {
  console.log(`Showing the app in the browser, not in Electron: ${why}.`);
  follow(
    spawn(process.execPath, [path.join(root, 'dist/cli.js'), 'serve', ...args, '--open'], {
      cwd: root,
      stdio: 'inherit',
    }),
  );
}

function whichElectron() {
  const found = findElectron();
  const screen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (found.binary && !screen) return { why: 'there is no screen here (DISPLAY is not set)' };
  return found;
}

function follow(child) {
  child.on('exit', (code) => process.exit(code ?? 0));
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
}
