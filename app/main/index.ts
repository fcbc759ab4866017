/** The desktop app: windows, menus, dialogs, and the process that the engine lives in. No logic of its own. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BrowserWindow, Notification, app, dialog, shell } from 'electron';
import { EngineProcess } from './engine-process.ts';
import { declareScheme, serveFiles } from './files.ts';
import { choose, chooseTarget } from './dialogs.ts';
import { Ipc } from './ipc.ts';
import { Log } from './log.ts';
import { setMenu } from './menu.ts';
import { labelsFor } from './menu-labels.ts';
import { Windows, lockDown, sourceOf } from './windows.ts';

// Started by root (in containers) Chromium needs --no-sandbox, which enableSandbox would take from its children.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
app.setName('MoETopic');
const dataFolder = process.env.MOETOPIC_DATA;
if (dataFolder) app.setPath('userData', dataFolder);
declareScheme();

const dist = path.dirname(fileURLToPath(import.meta.url));
const early: string[] = [];
let openSource = (source: string): void => void early.push(source);
app.on('open-file', (event, file) => {
  event.preventDefault();
  openSource(file);
});

if (app.requestSingleInstanceLock()) void main();
else app.quit();

async function main(): Promise<void> {
  const userData = app.getPath('userData');
  const log = new Log(path.join(userData, 'moetopic.log'));
  log.write(`MoETopic ${app.getVersion()}, Electron ${process.versions.electron}, ${process.platform}`);
  process.on('uncaughtException', (error) => log.write(error.stack ?? error.message));
  process.on('unhandledRejection', (reason) => log.write(`unhandled: ${String(reason)}`));
  lockDown(log);
  await app.whenReady();
  serveFiles(path.join(dist, 'renderer'));

  let labels = labelsFor(app.getLocale());
  const windows = new Windows(path.join(dist, 'preload.cjs'), path.join(userData, 'window.json'), log);
  const engine = new EngineProcess(
    path.join(dist, 'worker.js'),
    userData,
    log,
    (run) => {
      // Nobody is looking any more: say how it ended, and go.
      if (BrowserWindow.getAllWindows().length > 0 || process.platform === 'darwin') return;
      if (run && Notification.isSupported())
        new Notification({
          title: 'MoETopic',
          body: run === 'done' ? labels.runDone : labels.runFailed,
        }).show();
      app.quit();
    },
    () => dialog.showErrorBox('MoETopic', labels.noEngine.replace('{log}', log.file)),
  );

  const showLog = (): void => shell.showItemInFolder(log.file);
  const menu = (): void =>
    setMenu(labels, {
      command: (window, name) => {
        if (window instanceof BrowserWindow) windows.command(window, name);
      },
      newWindow: () => windows.open(),
      showLog,
    });
  menu();

  const ipc = new Ipc(log);
  ipc.answer('choose', (window, kind) => choose(window, kind, labels));
  ipc.answer('chooseTarget', (window, { name }) => chooseTarget(window, name));
  ipc.answer('reveal', async (_window, file) => {
    if (existsSync(file)) shell.showItemInFolder(file);
  });
  ipc.hear('connect', (window) => {
    engine.connect(window);
    windows.listening(window);
  });
  ipc.hear('newWindow', () => windows.open());
  ipc.hear('announce', (window, { title, path: project, language }) => {
    window.setTitle(title);
    if (project !== null) {
      if (process.platform === 'darwin') window.setRepresentedFilename(project);
      app.addRecentDocument(project);
    }
    const next = labelsFor(language);
    if (next !== labels) {
      labels = next;
      menu();
    }
  });

  openSource = (source) => windows.openSource(source);
  app.on('second-instance', (_event, argv, folder) => {
    const source = sourceOf(argv, folder);
    if (source !== null) windows.openSource(source);
    else windows.open();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) windows.open();
  });
  app.on('window-all-closed', () => {
    if (process.platform === 'darwin') return;
    if (!engine.busy) return app.quit();
    // A long run survives its window, and opening the app again finds it; what is being written is finished.
    log.write(
      `the last window was closed; ${engine.running ? 'the run goes on' : 'what is written is finished'}`,
    );
    if (engine.running && Notification.isSupported())
      new Notification({ title: 'MoETopic', body: labels.quitRunning }).show();
  });
  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    stopped = true;
    for (const window of BrowserWindow.getAllWindows()) window.close();
    void engine.stop().finally(() => app.quit());
  });

  windows.open(early[0] ?? sourceOf(process.argv, process.cwd()));
}
