import { dialog } from 'electron';
import type { BrowserWindow, FileFilter } from 'electron';
import type { Labels } from './menu-labels.ts';

/** What the dialog offers of each kind; a folder needs no filter. */
const filters = (kind: 'file' | 'folder' | 'project', labels: Labels): FileFilter[] | undefined => {
  if (kind === 'folder') return undefined;
  if (kind === 'project') return [{ name: labels.projects, extensions: ['moetopic'] }];
  return [
    {
      name: labels.corpora,
      extensions: ['csv', 'tsv', 'jsonl', 'ndjson', 'json', 'parquet', 'gz', 'tgz', 'zip', 'moetopic'],
    },
    { name: labels.allFiles, extensions: ['*'] },
  ];
};

export async function choose(
  window: BrowserWindow,
  kind: 'file' | 'folder' | 'project',
  labels: Labels,
): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    properties: [kind === 'folder' ? 'openDirectory' : 'openFile'],
    filters: filters(kind, labels),
  });
  return canceled ? null : (filePaths[0] ?? null);
}

export async function chooseTarget(window: BrowserWindow, name: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: name });
  return canceled || filePath === '' ? null : filePath;
}
