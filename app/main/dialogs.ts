import { dialog } from 'electron';
import type { BrowserWindow, FileFilter } from 'electron';

const filters: FileFilter[] = [
  {
    name: 'Corpora',
    extensions: ['csv', 'tsv', 'jsonl', 'ndjson', 'parquet', 'gz', 'tgz', 'zip', 'moetopic'],
  },
  { name: '*', extensions: ['*'] },
];

export async function choose(
  window: BrowserWindow,
  kind: 'file' | 'folder' | 'project',
): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    properties: [kind === 'folder' ? 'openDirectory' : 'openFile'],
    filters:
      kind === 'file'
        ? filters
        : kind === 'project'
          ? [{ name: 'MoETopic', extensions: ['moetopic'] }]
          : undefined,
  });
  return canceled ? null : (filePaths[0] ?? null);
}

export async function chooseTarget(window: BrowserWindow, name: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: name });
  return canceled || filePath === '' ? null : filePath;
}
