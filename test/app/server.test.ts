import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Engine } from '../../app/hub.ts';
import { startServer } from '../../app/server/index.ts';
import type { RunningServer } from '../../app/server/index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'moetopic-server-'));
const exported = path.join(folder, 'out.zip');
let server: RunningServer;
let base: string;
let cookie: string;

const engine: Engine = {
  request: (message, emit) => {
    if (message.type !== 'request') return;
    const result = message.method === 'export' ? { path: exported, bytes: 3 } : { x: Float32Array.of(1, 2) };
    emit({ type: 'result', id: message.id, result });
  },
  close: async () => undefined,
};

/** A plain request: fetch would not let a test set Host or Origin. */
function ask(
  target: string,
  { method = 'GET', body = '', headers = {} }: { method?: string; body?: string; headers?: object } = {},
): Promise<{ status: number; headers: http.IncomingHttpHeaders; text: string }> {
  return new Promise((resolve, reject) => {
    const request = http.request(`${base}${target}`, { method, headers: { ...headers } }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

function socket(headers: Record<string, string>): Promise<string> {
  return new Promise((resolve) => {
    const line = new WebSocket(`${base.replace('http', 'ws')}/api/socket`, { headers });
    line.on('open', () =>
      line.send(JSON.stringify({ type: 'request', id: 1, method: 'export', params: {} })),
    );
    line.on('message', (data: Buffer) => {
      resolve(data.toString());
      line.close();
    });
    line.on('error', (error) => resolve(error.message));
  });
}

beforeAll(async () => {
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(exported, 'zip');
  server = await startServer({ engine, files: folder });
  base = `http://127.0.0.1:${server.port}`;
  const first = await ask(new URL(server.url).pathname + new URL(server.url).search);
  cookie = first.headers['set-cookie']![0].split(';')[0];
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

describe('the server', () => {
  it('lets nobody in without the token, and the token in only once', async () => {
    expect((await ask('/')).status).toBe(401);
    const again = await ask(new URL(server.url).pathname + new URL(server.url).search);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect((await ask('/?token=wrong')).headers['set-cookie']).toBeUndefined();
  });

  it('serves the window with a policy that runs nothing but its own scripts', async () => {
    const { status, headers } = await ask('/', { headers: { cookie } });
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['content-security-policy']).not.toContain('unsafe-eval');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('refuses other host names, other pages, and posts without an origin', async () => {
    expect((await ask('/', { headers: { cookie, host: 'evil.example' } })).status).toBe(403);
    expect((await ask('/', { headers: { cookie, origin: 'http://evil.example' } })).status).toBe(403);
    expect(
      (await ask('/api/upload?session=abcdefgh&name=a', { method: 'POST', headers: { cookie } })).status,
    ).toBe(403);
  });

  it('never leaves its folder', async () => {
    for (const target of ['/..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/etc/passwd', '/%00', '/%'])
      expect((await ask(target, { headers: { cookie } })).status).toBe(404);
  });

  it('takes uploads, with folders in their names but never out of their folder', async () => {
    const headers = { cookie, origin: base };
    const put = (name: string, count: number) =>
      ask(`/api/upload?session=session-1&count=${count}&name=${encodeURIComponent(name)}`, {
        method: 'POST',
        body: 'hello',
        headers,
      });
    const one = JSON.parse((await put('a.csv', 1)).text) as { source: string };
    expect(readFileSync(one.source, 'utf8')).toBe('hello');
    const many = JSON.parse((await put('corpus/sport/1.txt', 2)).text) as { source: string };
    expect(readFileSync(path.join(many.source, 'sport/1.txt'), 'utf8')).toBe('hello');
    for (const name of ['../x', '/etc/x', 'a/../../x', '..\\x'])
      expect((await put(name, 1)).status).toBe(400);
  });

  it('speaks with the engine over a socket of its own page only, and hands over only what was exported', async () => {
    const wanted = `/api/download?path=${encodeURIComponent(exported)}`;
    expect((await ask(wanted, { headers: { cookie } })).status).toBe(404);
    expect(await socket({ origin: base })).toContain('401');
    expect(await socket({ origin: 'http://evil.example', cookie })).toContain('403');
    expect(await socket({ origin: base, cookie })).toContain('"type":"result"');
    expect((await ask(wanted, { headers: { cookie } })).text).toBe('zip');
    expect((await ask('/api/download?path=/etc/passwd', { headers: { cookie } })).status).toBe(404);
  });

  it('says so when its port is taken', async () => {
    await expect(startServer({ engine, files: folder, port: server.port })).rejects.toThrow(/is in use/);
  });
});
