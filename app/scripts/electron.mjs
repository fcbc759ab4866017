// Where an Electron binary is, without ever asking npm's `electron` for it (that would download one).
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './bundle.mjs';

const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

/** The binary's path, or why there is none. */
export function findElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    const binary = path.join(override, names[process.platform] ?? 'electron');
    return existsSync(binary)
      ? { binary }
      : { why: `ELECTRON_OVERRIDE_DIST_PATH names a folder without ${path.basename(binary)}: ${override}` };
  }
  const home = path.join(root, 'node_modules/electron');
  const note = path.join(home, 'path.txt');
  if (!existsSync(note))
    return { why: "Electron's binary is not here yet (`npm run electron:download` fetches it)" };
  const binary = path.join(home, 'dist', readFileSync(note, 'utf8').trim());
  return existsSync(binary)
    ? { binary }
    : { why: "Electron's binary is gone (`npm run electron:download` fetches it again)" };
}
