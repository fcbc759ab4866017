import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ForkedEngine } from '../../app/server/forked-engine.ts';
import { startServer, type RunningServer } from '../../app/server/index.ts';
import type { Progress } from '../../core/base/progress.ts';
import type { EngineMessage } from '../../core/protocol.ts';

/**
 * The served app when its engine's process is killed in the middle of a run (SIGKILL, as the system does to a process that takes too much
 * memory, and like a crash of native code).
 */
const folder = mkdtempSync(path.join(tmpdir(), 'moetopic-crash-'));
const told: string[] = [];
let engine: ForkedEngine;
let server: RunningServer;
let cookie: string;

/** Documents that take some seconds to embed. */
function corpus(name: string, documents: number): string {
  const words = 'ship harbour anchor bread oven flour planet comet orbit violin chord rhythm'.split(' ');
  const rows = Array.from({ length: documents }, (_, d) => {
    const subject = 3 * (d % 4);
    const text = Array.from(
      { length: 60 },
      (_, i) => `${words[subject + ((d + i * i) % 3)]} ${(d * 31 + i * 7) % 997}`,
    );
    return `"${name} ${text.join(' ')}"`;
  });
  const file = path.join(folder, `${name}.csv`);
  writeFileSync(file, `text\n${rows.join('\n')}\n`);
  return file;
}

/** A page: what it asks, and what it is told until its line ends. */
function page(): {
  ask: (method: string, params: object, onProgress?: (p: Progress) => void) => Promise<unknown>;
  closed: Promise<number>;
} {
  const line = new WebSocket(`ws://127.0.0.1:${server.port}/api/socket`, {
    headers: { cookie, origin: `http://127.0.0.1:${server.port}` },
  });
  const opened = new Promise((resolve) => line.once('open', resolve));
  let id = 0;
  return {
    closed: new Promise((resolve) => line.once('close', resolve)),
    async ask(method, params, onProgress) {
      await opened;
      const mine = ++id;
      line.send(JSON.stringify({ type: 'request', id: mine, method, params }));
      return new Promise((resolve, reject) => {
        line.on('message', (data: Buffer) => {
          const message = JSON.parse(data.toString()) as EngineMessage;
          if (message.id !== mine) return;
          if (message.type === 'progress') onProgress?.(message.progress);
          if (message.type === 'result') resolve(message.result);
          if (message.type === 'error') reject(new Error(message.error.message));
        });
      });
    },
  };
}

const kill = (): void => void process.kill(engine.pid!, 'SIGKILL');
const results = (project: unknown): string =>
  readFileSync(path.join(path.dirname((project as { path: string }).path), 'documents.csv'), 'utf8');

beforeAll(async () => {
  process.env.MOETOPIC_CACHE = path.join(folder, 'cache');
  const script = fileURLToPath(new URL('../../dist/engine.js', import.meta.url));
  engine = new ForkedEngine(script, path.join(folder, 'data'), (text) => told.push(text));
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html>');
  server = await startServer({ engine, files: folder });
  cookie = await new Promise((resolve, reject) => {
    const headers = { connection: 'close' };
    http
      .get(server.url, { headers }, (answer) => resolve(answer.headers['set-cookie']![0].split(';')[0]))
      .on('error', reject);
  });
});
afterAll(async () => {
  await server.close();
  await engine.close();
  rmSync(folder, { recursive: true });
});

describe('a crash of the engine', () => {
  it('in the middle of embedding: the run goes on in its folder with what was embedded', async () => {
    const source = corpus('embedded', 600);
    const before = page();
    let reached = 0;
    const lost = before.ask('run.start', { source, params: { minTopicSize: 20 } }, ({ stage, fraction }) => {
      if (stage !== 'embed' || fraction < 0.3 || reached > 0) return;
      reached = fraction;
      kill();
    });
    lost.catch(() => undefined);
    expect(await before.closed).toBe(1012);
    expect(reached).toBeGreaterThan(0);

    const again: Progress[] = [];
    const after = page();
    const project = await after.ask('run.attach', {}, (p) => again.push(p));
    const embedded = again.filter(({ stage }) => stage === 'embed');
    expect(embedded[0].fraction).toBeGreaterThan(0.8 * reached);
    expect(readdirSync(path.join(folder, 'data', 'projects'))).toEqual(['embedded']);
    expect(told).toHaveLength(1);
    // Nothing of it differs from a run that nothing happened to.
    const params = { minTopicSize: 20 };
    const whole = await after.ask('run.start', { source, params, out: path.join(folder, 'whole') });
    expect(results(project)).toBe(results(whole));
    await after.ask('project.open', { path: (project as { path: string }).path });
  });

  it('twice at the same place: one sentence says so, and the app goes on', async () => {
    const source = corpus('twice', 600);
    const before = page();
    let crashes = 0;
    const atStart = ({ stage }: Progress): void => {
      if (stage === 'embed' && crashes++ < 2) kill();
    };
    before.ask('run.start', { source, params: {} }, atStart).catch(() => undefined);
    await before.closed;
    const second = page();
    second
      .ask('run.attach', {}, (p) => p.stage === 'embed' && p.fraction > 0 && kill())
      .catch(() => undefined);
    await second.closed;
    const third = page();
    await expect(third.ask('run.attach', {})).rejects.toThrow(
      /crashed twice at the same place.*"embed".*kept in .*projects.twice\./,
    );
    expect(await third.ask('app.info', {})).toMatchObject({ version: expect.any(String) as string });
  });
});
