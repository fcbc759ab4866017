import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { corpus, root, scratch } from './corpus.ts';
import { answerDialogs, electronBinary, launch } from './desktop.ts';
import { colorsOnMap, findTopics } from './walk.ts';

test('the package holds its own system only, starts, and does the main job', async () => {
  const built = spawnSync(
    process.execPath,
    ['app/scripts/dist.mjs', '--no-build', '--for-tests', '--linux', 'dir'],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: path.dirname(electronBinary) },
    },
  );
  expect(built.status, built.stderr).toBe(0);
  const folder = path.join(root, 'release/linux-unpacked');
  const resources = path.join(folder, 'resources');
  expect(existsSync(path.join(resources, 'default_app.asar'))).toBe(false);
  const runtime = path.join(resources, 'app.asar.unpacked/node_modules/onnxruntime-node/bin');
  expect(readdirSync(path.join(runtime, readdirSync(runtime)[0]))).toEqual(['linux']);

  const { app, page } = await launch(path.join(folder, 'moetopic'), []);
  try {
    await answerDialogs(app, corpus.file, path.join(scratch('packaged'), 'csv'));
    await page.getByRole('button', { name: 'Open file…' }).click();
    await findTopics(page, corpus.sample);
    expect(await colorsOnMap(page)).toBeGreaterThan(3);
  } finally {
    await app.close();
  }
});
