import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { quietContext, type Progress } from '../../core/base/progress.ts';
import { fetch20Newsgroups, readCorpus } from '../../core/corpus/index.ts';
import { download } from '../../core/base/download.ts';
import { sharedPath } from '../shared.ts';
import { folder } from '../corpus/files.ts';

const content = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * i) % 251));
const checksum = createHash('sha256').update(content).digest('hex');

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server on this machine; gives its address. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  server = createServer(answer);
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers as a server does that knows ranges. */
function withRanges(request: IncomingMessage, response: ServerResponse, body = content): void {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (start >= body.length) return void response.writeHead(416).end();
  response.writeHead(start > 0 ? 206 : 200, { 'Content-Length': body.length - start });
  response.end(body.subarray(start));
}

let files = 0;
function request(urls: string[], over: Partial<Parameters<typeof download>[0]> = {}) {
  return {
    urls,
    target: `${folder}/download-${files++}`,
    checksums: [checksum],
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...over,
  };
}

test('fetches with progress', async () => {
  const seen: Progress[] = [];
  const url = await serve(withRanges);
  const what = request([url], { onProgress: (p) => seen.push(p) });
  expect(await download(what)).toBe(what.target);
  expect(readFileSync(what.target).equals(content)).toBe(true);
  expect(existsSync(`${what.target}.part`)).toBe(false);
  expect(seen.at(-1)).toMatchObject({ kind: 'progress', stage: 'download', fraction: 1, unit: 'MB' });
});

test('a connection that is cut is continued where it ended', async () => {
  const ranges: (string | undefined)[] = [];
  let cut: ServerResponse | null = null;
  const url = await serve((req, res) => {
    ranges.push(req.headers.range);
    if (ranges.length > 1) return withRanges(req, res);
    cut = res.writeHead(200, { 'Content-Length': content.length });
    res.write(content.subarray(0, 90_000));
  });
  const onProgress = ({ fraction }: Progress) => fraction === 0.3 && cut?.destroy();
  const what = request([url], { onProgress });
  await download(what);
  expect(readFileSync(what.target).equals(content)).toBe(true);
  expect(ranges).toEqual([undefined, 'bytes=90000-']);
});

test('what an earlier attempt left is continued; a server without ranges starts anew', async () => {
  const url = await serve(withRanges);
  const what = request([url]);
  writeFileSync(`${what.target}.part`, content.subarray(0, 1234));
  await download(what);
  expect(readFileSync(what.target).equals(content)).toBe(true);
  server!.close();
  const plain = request([await serve((_, res) => void res.end(content))]);
  writeFileSync(`${plain.target}.part`, content.subarray(0, 1234));
  await download(plain);
  expect(readFileSync(plain.target).equals(content)).toBe(true);
});

test('a part that is whole already, and one of another file, end well', async () => {
  const url = await serve(withRanges);
  const whole = request([url]);
  writeFileSync(`${whole.target}.part`, content);
  await download(whole);
  expect(readFileSync(whole.target).equals(content)).toBe(true);
  const other = request([url]);
  writeFileSync(`${other.target}.part`, Buffer.alloc(5000, 7));
  await download(other);
  expect(readFileSync(other.target).equals(content)).toBe(true);
});

test('a wrong checksum is refused and nothing is left', async () => {
  const url = await serve((req, res) => withRanges(req, res, Buffer.from('something else')));
  const what = request([url]);
  await expect(download(what)).rejects.toThrow(/its checksum is [0-9a-f]{12}…, not the published one/);
  expect(existsSync(what.target)).toBe(false);
  expect(existsSync(`${what.target}.part`)).toBe(false);
});

test('a 404 goes on to the next place; none left says why', async () => {
  let asked = 0;
  const url = await serve((req, res) => {
    asked++;
    if (req.url === '/mirror') withRanges(req, res);
    else res.writeHead(404).end();
  });
  const what = request([`${url}/home`, `${url}/mirror`]);
  await download(what);
  expect(asked).toBe(2);
  await expect(download(request([`${url}/home`]))).rejects.toThrow(/the server answers 404 Not Found/);
});

test('a server that falls silent is given up', async () => {
  const url = await serve((_, res) => {
    res.writeHead(200, { 'Content-Length': content.length });
    res.write(content.subarray(0, 10));
  });
  await expect(download(request([url], { patience: 100 }))).rejects.toThrow(/silent/);
});

test('cancelling keeps what was fetched for the next time', async () => {
  const controller = new AbortController();
  const url = await serve((_, res) => {
    res.writeHead(200, { 'Content-Length': content.length });
    res.write(content.subarray(0, 150_000));
  });
  const what = request([url], {
    signal: controller.signal,
    onProgress: () => setTimeout(() => controller.abort(), 20),
  });
  await expect(download(what)).rejects.toMatchObject({ code: 'cancelled' });
  expect(readFileSync(`${what.target}.part`)).toHaveLength(150_000);
});

test('20 Newsgroups without a network: what to do by hand', async () => {
  process.env.MOETOPIC_CACHE = `${folder}/cache-offline`;
  const url = await serve(() => undefined);
  server!.close();
  const options = { baseUrl: url, signal: new AbortController().signal, onProgress: () => undefined };
  await expect(fetch20Newsgroups(options)).rejects.toThrow(
    /20news-bydate\.tar\.gz could not be fetched .*refused.*: download it by hand from http:\/\/qwone\.com\S+ and give that file, or put it at .*cache-offline/,
  );
});

const archive = sharedPath('corpora', '20news-bydate.tar.gz');
test.runIf(archive !== null)('20 Newsgroups is fetched once', async () => {
  process.env.MOETOPIC_CACHE = `${folder}/cache`;
  let asked = 0;
  const url = await serve((req, res) => {
    asked++;
    if (req.url === '/20news-bydate.tar.gz') withRanges(req, res, readFileSync(archive!));
    else res.writeHead(404).end();
  });
  const options = { baseUrl: `${url}/`, signal: new AbortController().signal, onProgress: () => undefined };
  const first = await fetch20Newsgroups(options);
  expect(first).toBe(`${folder}/cache/corpora/20news-bydate.tar.gz`);
  expect(await fetch20Newsgroups(options)).toBe(first);
  const corpus = await readCorpus('20newsgroups', { sample: 50 }, quietContext());
  expect(corpus.name).toBe('20newsgroups');
  expect(corpus.texts.some((text) => text.startsWith('From: '))).toBe(false);
  expect(asked).toBe(1);
});

test('git’s own name of a blob is a checksum as well; a token goes with the request', async () => {
  const blob = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
  const seen: (string | undefined)[] = [];
  const url = await serve((req, res) => {
    seen.push(req.headers.authorization);
    withRanges(req, res);
  });
  const what = request([url], { checksums: [blob], headers: { Authorization: 'Bearer hf_x' } });
  await download(what);
  expect(readFileSync(what.target).equals(content)).toBe(true);
  expect(seen).toEqual(['Bearer hf_x']);
});

test('an answer longer than the file is refused before it fills the disk', async () => {
  const url = await serve((_, res) => void res.end(Buffer.alloc(500_000)));
  const what = request([url], { size: content.length });
  await expect(download(what)).rejects.toThrow(/more than the 300000 bytes/);
});

test('a server that is too busy is asked again; one that refuses is not', async () => {
  let asked = 0;
  const url = await serve((req, res) => {
    if (asked++ === 0) res.writeHead(503).end();
    else withRanges(req, res);
  });
  await download(request([url]));
  expect(asked).toBe(2);
  server!.close();
  const refusing = await serve((_, res) => void res.writeHead(403).end());
  await expect(download(request([refusing]))).rejects.toMatchObject({ status: 403, code: 'download' });
});
