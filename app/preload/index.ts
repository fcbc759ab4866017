/** The only code that sees both sides: a handful of functions for the window, each one message to the main process. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '../../core/bridge.ts';

const commandChannel = 'moetopic:command';
const portChannel = 'moetopic:port';

const bridge = {
  choose: (kind) => ipcRenderer.invoke('choose', kind) as Promise<string | null>,
  chooseTarget: (name, kind) => ipcRenderer.invoke('chooseTarget', { name, kind }) as Promise<string | null>,
  pathOf: (file) => webUtils.getPathForFile(file),
  reveal: (path) => ipcRenderer.invoke('reveal', path) as Promise<void>,
  announce: (state) => ipcRenderer.send('announce', state),
  newWindow: () => ipcRenderer.send('newWindow', null),
  onCommand: (listener) => {
    const handler = (_event: unknown, command: string, argument?: string): void =>
      listener(command, argument);
    ipcRenderer.on(commandChannel, handler);
    return () => void ipcRenderer.off(commandChannel, handler);
  },
  connect: () => ipcRenderer.send('connect', null),
} satisfies Bridge;

contextBridge.exposeInMainWorld('moetopic', bridge);

// A MessagePort can't cross the bridge as an argument; it can be posted to the page.
const page = globalThis as unknown as {
  location: { origin: string };
  postMessage: (message: string, origin: string, ports: readonly unknown[]) => void;
};
ipcRenderer.on(portChannel, (event) => {
  page.postMessage('moetopic:engine', page.location.origin, event.ports);
});
