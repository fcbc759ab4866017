// npm run electron:download: fetches Electron's binary, explicitly and with a clear word when its host can't be reached.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from './bundle.mjs';
import { findElectron } from './electron.mjs';

const there = findElectron();
if (there.binary) {
  console.log(`Electron is here: ${there.binary}`);
  process.exit(0);
}
const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules/electron/install.js')], {
  cwd: root,
  stdio: 'inherit',
  timeout: 10 * 60_000,
});
const now = findElectron();
if (status !== 0 || !now.binary) {
  console.error(
    "Electron's binary could not be fetched from github.com: check the network or a proxy (ELECTRON_MIRROR names another host), " +
      'or put an unpacked Electron somewhere and name its folder in ELECTRON_OVERRIDE_DIST_PATH. Until then `npm start` shows the app in the browser.',
  );
  process.exit(1);
}
console.log(`Electron is here: ${now.binary}`);
