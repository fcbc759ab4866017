import { gzipSync } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { file, read, refusal } from './files.ts';
import { zip } from './zip.ts';

async function tar(
  entries: readonly (readonly [string | Parameters<Pack['entry']>[0], string])[],
): Promise<Buffer> {
  const archive = pack();
  for (const [header, content] of entries)
    archive.entry(typeof header === 'string' ? { name: header } : header, content);
  archive.finalize();
  const parts: Buffer[] = [];
  for await (const part of archive) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const files = [
  ['news/b/2.txt', 'second of b'],
  ['news/a/1', 'first of a'],
  ['news/__MACOSX/x', 'clutter'],
  ['news/readme.html', 'not read'],
] as const;

test.each(['archive.tar.gz', 'archive.tgz', 'archive.tar', 'archive.zip'])('%s', async (name) => {
  const bytes = name.endsWith('.zip') ? zip(files) : await tar(files);
  const corpus = await read(file(name, /gz$/.test(name) ? gzipSync(bytes) : bytes));
  expect(corpus.name).toBe('archive');
  expect(corpus.ids).toEqual(['a/1', 'b/2']);
  expect(corpus.texts).toEqual(['first of a', 'second of b']);
  expect(corpus.labels).toEqual(['a', 'b']);
  expect(corpus.skipped.map((s) => s.reason)).toEqual([
    'news/readme.html: is not a text file (.txt, .md or without an extension)',
  ]);
});

test.each(['../outside', '/etc/passwd', 'a/../../b', 'C:\\x', '..\\x'])(
  'a path that leads out is refused: %s',
  async (name) => {
    const message = /is refused: .* leads? out of the archive/;
    expect((await refusal(file('trick.tar', await tar([[name, 'text']])))).message).toMatch(message);
    expect((await refusal(file('trick.zip', zip([[name, 'text']])))).message).toMatch(message);
  },
);

test('links and devices are skipped, never followed', async () => {
  const corpus = await read(
    file(
      'links.tar',
      await tar([
        [{ name: 'a/passwd', type: 'symlink', linkname: '/etc/passwd' }, ''],
        [{ name: 'a/device', type: 'character-device' }, ''],
        ['a/1', 'some text'],
      ]),
    ),
  );
  expect(corpus.texts).toEqual(['some text']);
  expect(corpus.skipped.map((s) => s.reason)).toEqual([
    'a/device: is a link or a device, not a file',
    'a/passwd: is a link or a device, not a file',
  ]);
  const zipped = await read(
    file(
      'links.zip',
      zip([
        ['a/1', 'some text'],
        ['a/2', '/etc/passwd', 0o120777],
      ]),
    ),
  );
  expect(zipped.skipped.map((s) => s.reason)).toEqual(['a/2: is a link, not a file']);
});

test('the archive of 20 Newsgroups is Latin-1, even where bytes look like UTF-8', async () => {
  const corpus = await read(
    file(
      'posts.tar.gz',
      gzipSync(
        await tar([
          ['20news-bydate-test/sci.space/2', 'From: b\n\nsecond\n'],
          ['20news-bydate-train/sci.space/1', 'From: a\nSubject: é\n\nbody é\n\n-- \nsignature\n'],
        ]),
      ),
    ),
    { strip: ['headers', 'footers', 'quotes'] },
  );
  expect(corpus.ids).toEqual(['sci.space/1', 'sci.space/2']);
  expect(corpus.texts).toEqual(['body \xc3\xa9\n', 'second\n']);
});

test('damaged, shortened and textless archives', async () => {
  const whole = await tar([
    ['a/1', 'word '.repeat(5000)],
    ['a/2', 'more'],
  ]);
  expect((await refusal(file('short.tar', whole.subarray(0, 9000)))).message).toMatch(
    /damaged or shortened tar/,
  );
  const packed = gzipSync(whole);
  expect((await refusal(file('short.tar.gz', packed.subarray(0, packed.length - 20)))).message).toMatch(
    /gzip file that is cut short/,
  );
  expect((await refusal(file('noise.tar', Buffer.alloc(2048, 'noise')))).message).toMatch(
    /damaged or shortened tar/,
  );
  const zipped = zip([['a/1', 'word '.repeat(5000)]]);
  expect((await refusal(file('short.zip', zipped.subarray(0, 60)))).message).toMatch(
    /damaged or shortened zip/,
  );
  expect((await refusal(file('bare.zip', zip([['a.png', 'x']])))).message).toMatch(/holds no text files \(/);
  expect((await refusal(file('table.zip', zip([['in/data.csv', 'x']])))).message).toMatch(
    /table\.zip holds no text files, but in\/data\.csv; give that file itself/,
  );
  const bomb = zip([
    ['a/1', 'x'.repeat(5000)],
    ['a/2', 'short text'],
  ]);
  expect((await read(file('bomb.zip', bomb), { limits: { recordBytes: 1000 } })).skipped).toEqual([
    { row: 1, reason: 'a/1: is longer than 1000 bytes' },
  ]);
  expect((await refusal(file('much.zip', bomb), { limits: { totalCharacters: 3000 } })).message).toMatch(
    /more text than fits into memory/,
  );
});
