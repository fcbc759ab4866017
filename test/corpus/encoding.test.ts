import { expect, test } from 'vitest';
import { detectEncodingOf, type Encoding } from '../../core/corpus/encoding.ts';
import { file, read } from './files.ts';

const text = 'id,text\n1,Äpfel und Birnen für „müde“ Gäste\n2,plain words only\n';

/** The encodings that Node writes none of, by hand. */
function encode(content: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-16le') return Buffer.from(content, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(content, 'utf16le').swap16();
  if (encoding === 'windows-1252')
    return Buffer.from(
      content.replaceAll('„', '\x84').replaceAll('“', '\x93').replaceAll('€', '\x80'),
      'latin1',
    );
  return Buffer.from(content, 'utf8');
}

const mark = { 'utf-8': [0xef, 0xbb, 0xbf], 'utf-16le': [0xff, 0xfe], 'utf-16be': [0xfe, 0xff] } as const;

test.each(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const)(
  '%s is told and decoded',
  async (encoding) => {
    expect(detectEncodingOf(encode(text, encoding))).toBe(encoding);
    const corpus = await read(file(`${encoding}.csv`, encode(text, encoding)));
    expect(corpus.texts).toEqual(['Äpfel und Birnen für „müde“ Gäste', 'plain words only']);
    expect(corpus.columns[0].name).toBe('id');
  },
);

test.each(['utf-8', 'utf-16le', 'utf-16be'] as const)('%s with a byte order mark', async (encoding) => {
  const bytes = Buffer.concat([Buffer.from(mark[encoding]), encode(text, encoding)]);
  const corpus = await read(file(`${encoding}-mark.csv`, bytes));
  expect(corpus.columns[0].name).toBe('id');
  expect(corpus.texts[0]).toBe('Äpfel und Birnen für „müde“ Gäste');
});

test('one Windows-1252 letter at the very end of a long file decides', async () => {
  const rows = Array.from({ length: 60_000 }, (_, i) => `${i},nothing but plain ascii words\n`).join('');
  const corpus = await read(
    file('late.csv', encode(`id,text\n${rows}x,caf\u00e9 at last €\n`, 'windows-1252')),
  );
  expect(corpus.texts.at(-1)).toBe('café at last €');
});

test('UTF-8 with one broken byte stays UTF-8', async () => {
  const bytes = Buffer.concat([
    Buffer.from('id,text\n1,Grüße aus Köln\n2,kaputt '),
    Buffer.from([0xff]),
    Buffer.from(' hier\n'),
  ]);
  expect((await read(file('broken.csv', bytes))).texts).toEqual(['Grüße aus Köln', 'kaputt \ufffd hier']);
});

test('an encoding that was named is used', async () => {
  const bytes = Buffer.concat([
    Buffer.from('id,text\n1,'),
    Buffer.from([0xd6, 0xd0, 0xce, 0xc4]),
    Buffer.from('\n'),
  ]);
  expect((await read(file('gb.csv', bytes), { encoding: 'gb18030' })).texts).toEqual(['中文']);
});

test('JSONL in UTF-16', async () => {
  const corpus = await read(
    file('u16.jsonl', encode('{"text":"zwei Wörter"}\n{"text":"noch zwei"}\n', 'utf-16le')),
  );
  expect(corpus.texts).toEqual(['zwei Wörter', 'noch zwei']);
});
