import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { fakeHub, repository } from '../hub/fake-hub.ts';
import { cache, root, scratch } from './corpus.ts';
import { serve } from './served.ts';
import { chooseFile } from './walk.ts';

const id = 'nomic-ai/nomic-embed-text-v2-moe';
const pictures = process.env.MOETOPIC_PICTURES ?? scratch('models');

test('a corpus in German leads to a model that reads it, which is shown, fetched and removed', async () => {
  mkdirSync(pictures, { recursive: true });
  const forget = (): void => {
    for (const place of ['models/nomic-embed-text-v2-moe', 'downloads/nomic-ai--nomic-embed-text-v2-moe'])
      rmSync(path.join(cache, place), { recursive: true, force: true });
  };
  forget();
  const files = repository(
    path.join(root, 'test/fixtures/moe-checkpoints/nomic-bert-moe'),
    '---\nlicense: apache-2.0\nlanguage:\n- en\n- de\n---\n',
  );
  const hub = await fakeHub(id, files);
  process.env.HF_ENDPOINT = hub.url;
  const corpus = path.join(scratch('german'), 'notizen.csv');
  writeFileSync(
    corpus,
    `text\n${Array.from({ length: 60 }, (_, i) => `Das Schiff ${i} liegt im Hafen und wartet auf die Flut für den Weg nach Hause.`).join('\n')}\n`,
  );
  test.setTimeout(120_000);
  const served = await serve();
  try {
    const page = await served.open();
    await page.getByText('Drop a table or a folder of texts here').waitFor();
    await chooseFile(page, 'Open file', corpus);
    await expect(page.getByText('of the texts are in German')).toBeVisible();
    await page.screenshot({ path: path.join(pictures, 'misfit.png') });
    await page.getByRole('button', { name: 'Get nomic-embed-text-v2-moe…' }).click();

    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('apache-2.0')).toBeVisible();
    await expect(dialog.getByText(/2 of \d experts/)).toBeVisible();
    await page.waitForTimeout(400);
    await page.screenshot({ path: path.join(pictures, 'offer-light.png') });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.waitForTimeout(400);
    await page.screenshot({ path: path.join(pictures, 'models-light.png') });
    await page.getByRole('button', { name: 'Switch to dark' }).click();
    await page.waitForTimeout(400);
    await page.screenshot({ path: path.join(pictures, 'models-dark.png') });

    await page.getByRole('button', { name: 'Add nomic-embed-text-v2-moe…' }).click();
    await dialog.getByRole('button', { name: 'Download and convert' }).click();
    await expect(page.getByText('nomic-embed-text-v2-moe is ready.')).toBeVisible();
    await page.getByRole('button', { name: 'Try nomic-embed-text-v2-moe on every device' }).click();
    await expect(page.getByText('It works: 1.00000 on the self-test.')).toBeVisible();
    await page.screenshot({ path: path.join(pictures, 'added-dark.png'), fullPage: true });
    await page.getByRole('button', { name: 'Remove nomic-embed-text-v2-moe' }).click();
    await expect(page.getByRole('button', { name: 'Add nomic-embed-text-v2-moe…' })).toBeVisible();

    // Without a hub the list is still there, and asking says what to do.
    await hub.close();
    await page.getByRole('button', { name: 'Add nomic-embed-text-v2-moe…' }).click();
    await expect(dialog.getByText(/can't be reached .*: check the connection/)).toBeVisible();
    await page.waitForTimeout(400);
    await page.screenshot({ path: path.join(pictures, 'offline-dark.png') });
    expect(served.problems).toEqual([]);
  } finally {
    await served.close();
    await hub.close().catch(() => undefined);
    delete process.env.HF_ENDPOINT;
    forget();
  }
});
