// npm run demo [-- CORPUS] [--sample N]: the main job on a corpus that needs no file of one's own, then the app.
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from './bundle.mjs';

const args = process.argv.slice(2);
const corpus = args[0] && !args[0].startsWith('--') ? args.shift() : 'debian-packages';
const out = path.join('demo', path.basename(corpus).replace(/\.(tar\.gz|tgz|csv\.gz|[a-z]+)$/, ''));

function node(script, ...rest) {
  return spawnSync(process.execPath, [script, ...rest], { cwd: root, stdio: 'inherit' }).status ?? 1;
}

const built = node('app/scripts/build.mjs');
if (built !== 0) process.exit(built);
const ran = node('dist/cli.js', 'run', corpus, '--out', out, '--overwrite', '--estimate', ...args);
if (ran !== 0) process.exit(ran);

const screen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
if (!screen || process.env.CI)
  console.log(
    `\nNo screen here, so the app stays closed: open ${path.join(out, 'map.html')} in a browser, or run npm start where there is one.`,
  );
else
  spawn(process.execPath, ['app/scripts/start.mjs', path.join(out, 'project.moetopic')], {
    cwd: root,
    stdio: 'inherit',
  });
