import path from 'node:path';
import { BrowserWindow, app, nativeTheme, screen } from 'electron';
import { commandChannel, origin } from '../channels.ts';
import type { Log } from './log.ts';
import { readWindowState, rememberWindowState } from './window-state.ts';

/** Makes windows that can do nothing but show our own page, and remembers where they were. */
export class Windows {
  /** What a window shall open once its page listens. */
  private readonly first = new Map<number, string>();
  private readonly ready = new Set<number>();

  constructor(
    private readonly preload: string,
    private readonly stateFile: string,
    private readonly log: Log,
  ) {}

  open(source: string | null = null): BrowserWindow {
    const areas = screen.getAllDisplays().map((display) => display.workArea);
    const { maximized, ...bounds } = readWindowState(this.stateFile, areas);
    const others = BrowserWindow.getAllWindows().length;
    const window = new BrowserWindow({
      ...bounds,
      // A second window lies beside the first, not exactly over it.
      ...(others > 0 && bounds.x !== undefined
        ? { x: bounds.x + 24 * others, y: (bounds.y ?? 0) + 24 * others }
        : {}),
      minWidth: 720,
      minHeight: 480,
      show: false,
      title: 'MoETopic',
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#171b1f' : '#ffffff',
      webPreferences: {
        preload: this.preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
        // A hidden window's run goes on being shown.
        backgroundThrottling: false,
      },
    });
    if (maximized) window.maximize();
    if (source !== null) this.first.set(window.id, source);
    const { id } = window;
    window.once('ready-to-show', () => window.show());
    window.on('close', () => rememberWindowState(this.stateFile, window));
    window.once('closed', () => {
      this.first.delete(id);
      this.ready.delete(id);
    });
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      this.log.write(`a window's page ended: ${reason}`);
      if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload();
    });
    void window.loadURL(`${origin}/index.html`);
    return window;
  }

  /** The page listens now: tell it what it was opened for. */
  listening(window: BrowserWindow): void {
    this.ready.add(window.id);
    const source = this.first.get(window.id);
    this.first.delete(window.id);
    if (source !== undefined) this.command(window, 'file.open', source);
  }

  command(window: BrowserWindow, name: string, argument?: string): void {
    window.webContents.send(commandChannel, name, argument);
  }

  /** Opens a file in the window in front, or in a new one where there is none. */
  openSource(source: string): void {
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
    if (!window) {
      this.open(source);
      return;
    }
    if (window.isMinimized()) window.restore();
    window.focus();
    if (this.ready.has(window.id)) this.command(window, 'file.open', source);
    else this.first.set(window.id, source);
  }
}

/** No page leads anywhere else, opens a window, embeds a view or gets a permission. */
export function lockDown(log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      event.preventDefault();
      log.write('refused to navigate');
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
    contents.session.setPermissionCheckHandler(() => false);
  });
}

/** The file or folder that the app was started with, if any. */
export function sourceOf(argv: readonly string[], folder: string): string | null {
  const own = argv.slice(1).filter((argument) => !argument.startsWith('-'));
  // `electron dist/main.js corpus.csv`: the script is not what was meant.
  const last = own.filter((argument) => !/(main\.js|app\.asar)$/.test(argument) && argument !== '.').at(-1);
  if (last === undefined) return null;
  const full = path.resolve(folder, last);
  return full === app.getAppPath() ? null : full;
}
