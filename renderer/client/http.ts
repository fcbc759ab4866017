import type { EngineMessage } from '../../core/protocol.ts';
import type { Client, Host } from './client.ts';
import { engineError } from './client.ts';
import { Connection } from './connection.ts';
import { pickFiles, saveBlob } from './files.ts';
import { decode } from './wire.ts';

/** The code with which the server closes lines when its engine's process was started again. */
const serviceRestart = 1012;

/** The engine of `moetopic serve`: messages over one WebSocket, corpora up and exports down over plain HTTP. */
export function httpClient(): Client {
  const connection = new Connection();
  let socket: WebSocket | null = null;
  let closed = false;
  let wasOpen = false;
  const page = pageName();

  const open = (): void => {
    const url = new URL('api/socket', window.location.href);
    url.search = '';
    url.hash = '';
    url.searchParams.set('page', page);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const line = new WebSocket(url);
    socket = line;
    line.onopen = () => {
      connection.attach((message) => line.send(JSON.stringify(message)));
      connection.tell(wasOpen ? 'restarted' : 'connected');
      wasOpen = true;
    };
    line.onmessage = (event) => connection.receive(decode(event.data as string) as EngineMessage);
    line.onclose = ({ code }) => {
      if (closed) return;
      connection.lost(
        code === serviceRestart
          ? engineError(
              'engine-crashed',
              'The engine stopped unexpectedly and was started again; run it again.',
            )
          : engineError(
              'line-cut',
              'The connection to the server was lost; start `moetopic serve` again or wait.',
            ),
      );
      window.setTimeout(open, 1000);
    };
  };
  open();

  return {
    request: (method, params, listeners) => connection.request(method, params, listeners),
    onLink: (listener) => connection.onLink(listener),
    close: () => {
      closed = true;
      socket?.close();
    },
    host: browserHost(),
  };
}

/** The same after a reload, another in every other page; a tab that was opened from this one inherits what it stored. */
function pageName(): string {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const known = entry?.type === 'navigate' ? null : sessionStorage.getItem('page');
  const name = known ?? crypto.randomUUID();
  sessionStorage.setItem('page', name);
  return name;
}

function browserHost(): Host {
  return {
    kind: 'browser',
    choose: async (kind) => {
      const files = await pickFiles(kind);
      return files.length === 0 ? null : upload(files, () => undefined);
    },
    sourceOf: upload,
    chooseTarget: () => Promise.resolve(null),
    deliver: async (path, name) => {
      const answer = await fetch(`api/download?path=${encodeURIComponent(path)}`);
      if (!answer.ok) throw engineError('lost', await answer.text());
      saveBlob(name, await answer.blob());
    },
    onCommand: () => () => undefined,
    announce: ({ title }) => {
      document.title = title;
    },
    newWindow: () => void window.open(window.location.href, '_blank'),
  };
}

/** Streams files to the server one after the other; gives the path of the file, or of the folder that holds them. */
async function upload(files: File[], onFraction: (fraction: number) => void): Promise<string> {
  const total = files.reduce((sum, file) => sum + file.size, 0) || 1;
  const session = crypto.randomUUID();
  let sent = 0;
  let source = '';
  for (const file of files) {
    const name = file.webkitRelativePath || file.name;
    source = await put(
      `api/upload?session=${session}&name=${encodeURIComponent(name)}&count=${files.length}`,
      file,
      (bytes) => onFraction((sent + bytes) / total),
    );
    sent += file.size;
  }
  return source;
}

// fetch() can't tell how much was sent; XMLHttpRequest can.
function put(url: string, file: File, onBytes: (bytes: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = (event) => onBytes(event.loaded);
    request.onload = () =>
      request.status === 200
        ? resolve((JSON.parse(request.responseText) as { source: string }).source)
        : reject(engineError('upload', request.responseText || 'The upload failed.'));
    request.onerror = () => reject(engineError('upload', `The upload of ${file.name} was interrupted.`));
    request.open('POST', url);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  });
}
