// npm run dist [-- electron-builder's arguments, e.g. --linux dir]: builds everything, then packages it.
//   --no-build    packages what dist/ holds already
//   --for-tests   leaves the inspector's switch on, without which Playwright can't drive the package
// ELECTRON_OVERRIDE_DIST_PATH names an unpacked Electron to package instead of the one that would be downloaded.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './bundle.mjs';

const args = process.argv.slice(2);
const take = (flag) => {
  const at = args.indexOf(flag);
  if (at >= 0) args.splice(at, 1);
  return at >= 0;
};
const [noBuild, forTests] = [take('--no-build'), take('--for-tests')];

function node(script, ...rest) {
  const { status } = spawnSync(process.execPath, [script, ...rest], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

if (!noBuild) node(path.join(root, 'app/scripts/build.mjs'));

const settings = [];
const electron = process.env.ELECTRON_OVERRIDE_DIST_PATH;
if (electron) {
  const version = path.join(electron, 'version');
  if (!existsSync(version)) {
    console.error(
      `ELECTRON_OVERRIDE_DIST_PATH names a folder without Electron's file "version": ${electron}`,
    );
    process.exit(2);
  }
  settings.push(
    `-c.electronDist=${electron}`,
    `-c.electronVersion=${readFileSync(version, 'utf8').trim().replace(/^v/, '')}`,
  );
}
if (forTests) settings.push('-c.electronFuses.enableNodeCliInspectArguments=true');
node(path.join(root, 'node_modules/electron-builder/cli.js'), '--publish', 'never', ...args, ...settings);
