import path from 'node:path';
import { _electron, expect } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { environment, scratch } from './corpus.ts';

export interface Desktop {
  app: ElectronApplication;
  page: Page;
  /** Milliseconds from the start of the process to a usable start screen. */
  startedIn: number;
  dataFolder: string;
}

/** Starts the desktop app; as root Chromium needs to be told that it has no sandbox. */
export async function launch(binary: string, args: string[]): Promise<Desktop> {
  const dataFolder = scratch('desktop');
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const begun = Date.now();
  const app = await _electron.launch({
    executablePath: binary,
    args: [...root, '--lang=en-US', ...args],
    env: environment(dataFolder),
  });
  const page = await app.firstWindow();
  await expect(page.getByRole('button', { name: /Debian packages/ })).toBeVisible({ timeout: 60_000 });
  return { app, page, startedIn: Date.now() - begun, dataFolder };
}

/** The next dialog answers with these paths: native dialogs can't be driven. */
export async function answerDialogs(app: ElectronApplication, source: string, target: string): Promise<void> {
  await app.evaluate(
    ({ dialog }, paths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [paths.source] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: paths.target });
    },
    { source, target },
  );
}

export const electronBinary =
  process.env.MOETOPIC_ELECTRON ??
  path.join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? 'node_modules/electron/dist', 'electron');
