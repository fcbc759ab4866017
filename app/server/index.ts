import { createReadStream } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { serve, upgradeWebSocket } from '@hono/node-server';
import { Hono } from 'hono';
import { WebSocketServer } from 'ws';
import { InputError } from '../../core/base/errors.ts';
import { packageRoot } from '../../core/base/paths.ts';
import { writeZip } from '../../core/export/index.ts';
import { contentType, fileWithin } from '../content-type.ts';
import { contentSecurityPolicy } from '../csp.ts';
import type { Line } from '../hub.ts';
import { encode } from '../wire.ts';
import { Guard } from './guard.ts';
import { openBrowser } from './open-browser.ts';
import { Pages, type Engines } from './pages.ts';
import { Uploads } from './upload.ts';

export interface ServerOptions {
  /** One in a process of its own tells by `onCrash` that it was started again. */
  engine: Engines & { onCrash?: () => void };
  /** 0 takes any free port. */
  port?: number;
  /** Loopback unless told otherwise. */
  host?: string;
  /** Opens the system's browser on the address. */
  open?: boolean;
  /** A project to show first. */
  project?: string | null;
  /** The built window's folder. */
  files?: string;
}

export interface RunningServer {
  /** The address with its one-time token. */
  url: string;
  port: number;
  close: () => Promise<void>;
}

/** WebSocket's code for "the service is restarting" (RFC 6455's registry). */
const serviceRestart = 1012;
/** Likewise for "going away". */
const goingAway = 1001;

const pageHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/**
 * The app in a browser: the window's files, one WebSocket for messages, uploads and downloads; no logic of its own.
 * @throws InputError when the port is taken or the window was not built.
 */
export async function startServer({
  engine,
  port = 0,
  host = '127.0.0.1',
  open = false,
  project = null,
  files = path.join(packageRoot, 'dist', 'renderer'),
}: ServerOptions): Promise<RunningServer> {
  const built = await stat(path.join(files, 'index.html')).catch(() => null);
  if (!built) throw new InputError(`The window is not built in ${files}; run \`npm run build\` first.`);

  const guard = new Guard();
  const uploads = new Uploads();
  // Only what this engine has just written may be fetched.
  const exported = new Set<string>();
  const pages = new Pages(engine, (method, message) => {
    if (method === 'export' && message.type === 'result')
      exported.add((message.result as { path: string }).path);
  });
  const sockets = new Set<{ close: (code: number) => void }>();
  // Pages come back by themselves, open their project again and find their run.
  engine.onCrash = () => {
    for (const socket of sockets) socket.close(serviceRestart);
    pages.recover();
  };
  const app = new Hono();

  app.get('/', async (c, next) => {
    const token = c.req.query('token');
    if (token === undefined) return next();
    const foreign = guard.foreign({ host: c.req.header('host') });
    if (foreign) return c.text(foreign.reason, foreign.status);
    const cookie = guard.redeem(token);
    // Reloading the first address is no attack: with the cookie it leads on.
    if (cookie) c.header('set-cookie', cookie);
    return c.redirect(project === null ? '/' : `/#open=${encodeURIComponent(project)}`);
  });
  app.use(async (c, next) => {
    const refused = guard.refuse(
      { host: c.req.header('host'), origin: c.req.header('origin'), cookie: c.req.header('cookie') },
      c.req.path === '/api/socket' || c.req.method !== 'GET',
    );
    if (refused) return c.text(refused.reason, refused.status);
    return next();
  });
  app.get(
    '/api/socket',
    upgradeWebSocket((c) => {
      const page = c.req.query('page') ?? '';
      let line: Line | null = null;
      return {
        onOpen: (_event, socket) => {
          sockets.add(socket);
          line = pages.connect(page, (message) => socket.send(encode(message)));
        },
        onMessage: (event) => {
          const message = parse(event.data);
          if (message !== undefined) line?.receive(message);
        },
        onClose: (_event, socket) => {
          sockets.delete(socket);
          line?.close();
        },
      };
    }),
  );
  app.post('/api/upload', async (c) => {
    const { session = '', name = '', count = '1' } = c.req.query();
    try {
      const body = c.req.raw.body as Parameters<Uploads['write']>[3];
      return c.json({ source: await uploads.write(session, name, Number(count), body) });
    } catch (error) {
      return c.text(error instanceof Error ? error.message : 'The upload failed.', 400);
    }
  });
  app.get('/api/download', async (c) => {
    const file = c.req.query('path') ?? '';
    const sent = exported.has(file) ? await asOneFile(file).catch(() => null) : null;
    const found = sent === null ? null : await stat(sent).catch(() => null);
    if (sent === null || !found?.isFile()) return c.text('That file was not exported here.', 404);
    return new Response(Readable.toWeb(createReadStream(sent)) as ReadableStream, {
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': String(found.size),
        'content-disposition': 'attachment',
        'x-content-type-options': 'nosniff',
      },
    });
  });
  app.get('*', async (c) => {
    const file = fileWithin(files, c.req.path === '/' ? '/index.html' : c.req.path);
    const data = file && (await readFile(file).catch(() => null));
    if (!data) return c.text('Not found.', 404);
    return c.body(new Uint8Array(data), 200, { ...pageHeaders, 'content-type': contentType(file) });
  });

  const server = serve({
    fetch: app.fetch,
    port,
    hostname: host,
    websocket: { server: new WebSocketServer({ noServer: true }) },
  });
  const actual = await new Promise<number>((resolve, reject) => {
    server.once('listening', () => resolve((server.address() as { port: number }).port));
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new InputError(
          error.code === 'EADDRINUSE'
            ? `Port ${port} on ${host} is in use; choose another one with --port.`
            : `The server can't listen on ${host}:${port} (${error.message}); choose another --host or --port.`,
          { cause: error },
        ),
      ),
    );
  });
  guard.allow(host, actual);
  const shown = host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? 'localhost' : host;
  const url = `http://${shown}:${actual}/?token=${guard.token}`;
  if (open) openBrowser(url);
  return {
    url,
    port: actual,
    close: async () => {
      // An open page's line would keep the server waiting.
      for (const socket of sockets) socket.close(goingAway);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      await uploads.close();
    },
  };
}

/** A browser takes files, not folders: the CSVs of an export go as one archive beside their folder. */
async function asOneFile(target: string): Promise<string> {
  if (!(await stat(target)).isDirectory()) return target;
  const archive = `${target}.zip`;
  const names = (await readdir(target)).sort();
  await writeZip(
    archive,
    names.map((name) => ({ name, content: { file: path.join(target, name) } })),
  );
  return archive;
}

function parse(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
