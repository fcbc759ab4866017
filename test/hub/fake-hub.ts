import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export const commit = 'c0ffee'.padEnd(40, '0');

export interface FakeHub {
  readonly url: string;
  /** Method and path of every request, in order. */
  readonly asked: string[];
  /** Authorization headers that were seen. */
  readonly tokens: Set<string>;
  /** The repository's files; change them as a test wants. */
  readonly files: Map<string, Buffer>;
  close(): Promise<void>;
}

export interface Behaviour {
  /** Answers instead of the hub where it returns true. */
  answer?: (request: IncomingMessage, response: ServerResponse, url: URL) => boolean;
  /** Entries of the file list beside the files'. */
  extra?: readonly object[];
  /** Changes an entry of the file list. */
  entry?: (entry: Record<string, unknown>) => Record<string, unknown>;
  /** The same, for what the model's page says. */
  info?: Record<string, unknown>;
  /** A server without ranges gives whole files. */
  ranges?: boolean;
}

/** A server that answers as the Hugging Face hub does for one model: its page, its files at one commit, in LFS from 10 kB on. */
export async function fakeHub(
  id: string,
  files: Map<string, Buffer>,
  behaviour: Behaviour = {},
): Promise<FakeHub> {
  const asked: string[] = [];
  const tokens = new Set<string>();
  const json = (response: ServerResponse, value: unknown): void => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://hub');
    asked.push(
      `${request.method} ${url.pathname}${request.headers.range ? ` ${request.headers.range}` : ''}`,
    );
    if (request.headers.authorization) tokens.add(request.headers.authorization);
    if (behaviour.answer?.(request, response, url)) return;
    if (url.pathname.startsWith(`/api/models/${id}/revision/`))
      json(response, { _id: '1', id, sha: commit, gated: false, ...behaviour.info });
    else if (url.pathname === `/api/models/${id}/tree/${commit}`)
      json(response, [
        ...foldersOf(files).map((folder) => ({
          type: 'directory',
          path: folder,
          size: 0,
          oid: 'f'.repeat(40),
        })),
        ...[...files].flatMap(([name, body]) => (name.includes('/') ? [] : listed(name, body, behaviour))),
        ...(behaviour.extra ?? []),
      ]);
    else if (foldersOf(files).some((f) => url.pathname === `/api/models/${id}/tree/${commit}/${f}`))
      json(
        response,
        [...files].flatMap(([name, body]) =>
          name.startsWith(`${url.pathname.split('/').at(-1)!}/`) ? listed(name, body, behaviour) : [],
        ),
      );
    else if (url.pathname.startsWith(`/${id}/resolve/${commit}/`))
      sendFile(
        request,
        response,
        files.get(decodeURIComponent(url.pathname.slice(`/${id}/resolve/${commit}/`.length))),
        behaviour,
      );
    else response.writeHead(404, { 'x-error-code': 'RepoNotFound' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    tokens,
    files,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function foldersOf(files: ReadonlyMap<string, Buffer>): string[] {
  return [...new Set([...files.keys()].flatMap((name) => (name.includes('/') ? [path.dirname(name)] : [])))];
}

/** A checkpoint's files as a repository would hold them, with a card. */
export function repository(
  folder: string,
  card = '---\nlicense: apache-2.0\nlanguage:\n- en\n---\n',
): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const name of readdirSync(folder)) files.set(name, readFileSync(path.join(folder, name)));
  files.set('README.md', Buffer.from(card));
  files.set('.gitattributes', Buffer.from('*.safetensors filter=lfs\n'));
  return files;
}

function listed(name: string, body: Buffer, behaviour: Behaviour): Record<string, unknown> {
  const blob = createHash('sha1').update(`blob ${body.length}\0`).update(body).digest('hex');
  const sha256 = createHash('sha256').update(body).digest('hex');
  const entry: Record<string, unknown> = { type: 'file', path: name, size: body.length, oid: blob };
  if (body.length > 10_000) entry.lfs = { oid: sha256, size: body.length, pointerSize: 130 };
  return behaviour.entry?.(entry) ?? entry;
}

function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer | undefined,
  behaviour: Behaviour,
): void {
  if (body === undefined) return void response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end();
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  if (range === null || behaviour.ranges === false)
    return void response.writeHead(200, { 'content-length': body.length }).end(body);
  const from = Number(range[1]);
  const to = range[2] === '' ? body.length : Math.min(Number(range[2]) + 1, body.length);
  if (from >= body.length) return void response.writeHead(416).end();
  response.writeHead(206, { 'content-length': to - from }).end(body.subarray(from, to));
}
