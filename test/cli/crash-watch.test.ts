import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, expect, it } from 'vitest';
import { crashSentence } from '../../app/cli/crash-watch.ts';
import { scratchFolder } from './cli.ts';

const { at } = scratchFolder('crash-watch');
const watch = at('crash-watch.mjs');

beforeAll(async () => {
  const entry = fileURLToPath(new URL('../../app/cli/crash-watch.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile: watch, format: 'esm', platform: 'node' });
});

/** What stands on the error output of a process that is watched over and ends so, when all who hold it are gone. */
function said(platform: string, ending: string): Promise<string> {
  const code = `const { watchForCrash } = await import(${JSON.stringify(watch)});
    const over = watchForCrash(${JSON.stringify(platform)});
    ${ending}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text += part));
  return new Promise((resolve) => child.stderr.on('close', () => resolve(text)));
}

it.each(['linux', 'win32'])('speaks for a process that is gone, by what %s has', async (platform) => {
  expect(await said(platform, `process.kill(process.pid, 'SIGKILL');`)).toBe(`${crashSentence}\n`);
});

it.each(['linux', 'win32'])('says nothing of one that ended by itself (%s)', async (platform) => {
  expect(await said(platform, 'await over();')).toBe('');
  expect(await said(platform, 'process.exit(3);')).toBe('');
});
