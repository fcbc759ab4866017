import type { Bridge } from '../../core/bridge.ts';
import type { EngineMessage } from '../../core/protocol.ts';
import type { Client } from './client.ts';
import { engineError } from './client.ts';
import { Connection } from './connection.ts';

declare global {
  interface Window {
    /** Put there by app/preload. */
    moetopic?: Bridge;
  }
}

/** The engine in the desktop app's worker: typed arrays arrive over a MessagePort without being copied twice. */
export function ipcClient(bridge: Bridge): Client {
  const connection = new Connection();
  let port: MessagePort | null = null;

  const onMessage = (event: MessageEvent): void => {
    if (event.source !== window || event.data !== 'moetopic:engine') return;
    const again = port !== null;
    if (port) {
      port.close();
      connection.lost(
        engineError('engine-crashed', 'The engine stopped unexpectedly and was started again; run it again.'),
      );
    }
    const line = event.ports[0];
    port = line;
    line.onmessage = (message) => connection.receive(message.data as EngineMessage);
    connection.attach((message) => line.postMessage(message));
    connection.tell(again ? 'restarted' : 'connected');
  };
  window.addEventListener('message', onMessage);
  bridge.connect();

  return {
    request: (method, params, listeners) => connection.request(method, params, listeners),
    onLink: (listener) => connection.onLink(listener),
    close: () => {
      window.removeEventListener('message', onMessage);
      port?.close();
    },
    host: {
      kind: 'desktop',
      choose: (kind) => bridge.choose(kind),
      sourceOf: async (files) => {
        if (files.length > 1)
          throw engineError(
            'usage',
            'Several files were dropped; drop the folder that holds them, or one file.',
          );
        return bridge.pathOf(files[0]);
      },
      chooseTarget: async (name, kind) => (await bridge.chooseTarget(name, kind)) ?? undefined,
      deliver: (path) => bridge.reveal(path),
      onCommand: (listener) => bridge.onCommand(listener),
      announce: (state) => bridge.announce(state),
      newWindow: () => bridge.newWindow(),
    },
  };
}
