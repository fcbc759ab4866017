import { mkdtemp, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UsageError } from '../../../core/base/errors.ts';
import { exportSession, predictionColumns, predictionRows, writeCsv } from '../../../core/index.ts';
import type { Handlers } from '../call.ts';
import type { Workspace } from '../workspace.ts';

/** What a file gets called where the person chose only a kind. */
const names = {
  csv: 'topics-csv',
  parquet: 'topics-parquet',
  json: 'topics.json',
  html: 'map.html',
  zip: 'topics.zip',
  'selection-csv': 'selection.csv',
  'selection-parquet': 'selection-parquet',
  'selection-json': 'selection.json',
  distributions: 'distributions.csv',
  bertopic: 'bertopic',
  predicted: 'predicted.csv',
} as const;

export const exportHandlers: Handlers<'export'> = {
  export: async ({ format, path: chosen, rows }, { workspace, context }) => {
    const target = chosen ?? path.join(await mkdtemp(path.join(tmpdir(), 'moetopic-export-')), names[format]);
    if (format === 'predicted') await exportPredicted(workspace, target);
    else await exportSession(workspace.session, format, target, { rows }, context);
    return { path: target, bytes: await bytesOf(target) };
  },
};

/** @throws UsageError before anything was predicted. */
async function exportPredicted(workspace: Workspace, target: string): Promise<void> {
  const { session, predicted } = workspace;
  if (predicted === null)
    throw new UsageError('Nothing was predicted in this window yet; predict topics of new documents first.');
  await writeCsv(target, predictionColumns, predictionRows(session, predicted.ids, predicted));
}

async function bytesOf(target: string): Promise<number> {
  const found = await stat(target);
  if (!found.isDirectory()) return found.size;
  const sizes = await Promise.all((await readdir(target)).map((name) => stat(path.join(target, name))));
  return sizes.reduce((sum, file) => sum + file.size, 0);
}
