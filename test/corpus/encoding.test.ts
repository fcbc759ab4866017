import path from 'node:path';
import { expect, test } from 'vitest';
import { detectEncodingOf, isBinary, type Encoding } from '../../core/corpus/encoding.ts';
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

/** Bytes as Python's codecs write them; Node decodes these encodings but writes none. */
const foreign: [Encoding, string, string][] = [
  [
    'gb18030',
    '今天天气很好，我们去公园散步，然后回家做饭。',
    'vfHM7Mzsxvi63LrDo6zO0sPHyKW5q9SwyaKyvaOsyLu687vYvNLX9re5oaM=',
  ],
  [
    'big5',
    '今天天氣很好，我們去公園散步，然後回家做飯。',
    'pLWk0aTRrvCr3KZuoUGn2q3MpWikvbbptLKoQqFBtU2r4aZermGwtba6oUM=',
  ],
  [
    'shift_jis',
    '今日は天気がいいので、公園を散歩してから家で料理をします。',
    'jaGT+oLNk1aLQ4KqgqKCooLMgsWBQYz2iYCC8I5VleCCtYLEgqmC54nGgsWXv5edgvCCtYLcgreBQg==',
  ],
  [
    'euc-jp',
    '今日は天気がいいので、公園を散歩してから家で料理をします。',
    'uqPG/KTPxbe1pKSspKSkpKTOpMehorj4seCk8ru2yuKkt6TGpKuk6bLIpMfOwc39pPKkt6TepLmhow==',
  ],
  [
    'euc-kr',
    '오늘은 날씨가 좋아서 공원을 산책하고 집에서 요리를 합니다.',
    'v8C0w8C6ILOvvr6woSDBwb7GvK0gsPi/+MC7ILvqw6XHz7DtIMH9v6G8rSC/5LiuuKYgx9W0z7TZLg==',
  ],
  [
    'windows-1251',
    'Сегодня хорошая погода; мы гуляем в парке и готовим обед дома.',
    '0eXj7uTt/yD17vDu+OD/IO/u4+7k4Dsg7Psg4/Pr/+XsIOIg7+Dw6uUg6CDj7vLu4ujsIO7h5eQg5O7s4C4=',
  ],
  [
    'koi8-r',
    'Сегодня хорошая погода; мы гуляем в парке и готовим обед дома.',
    '88XHz8TO0SDIz9LP28HRINDPx8/EwTsgzdkgx9XM0cXNINcg0MHSy8UgySDHz9TP18nNIM/CxcQgxM/NwS4=',
  ],
  [
    'windows-1253',
    'Σήμερα ο καιρός είναι καλός και πάμε στο πάρκο με τα παιδιά.',
    '097s5fHhIO8g6uHp8fzyIOXf7eHpIOrh6/zyIOrh6SDw3OzlIPP07yDw3PHq7yDs5SD04SDw4enk6dwu',
  ],
  [
    'windows-1252',
    'Heute ist schönes Wetter; wir gehen in den Park, später grüßen wir die Gäste zu Hause.',
    'SGV1dGUgaXN0IHNjaPZuZXMgV2V0dGVyOyB3aXIgZ2VoZW4gaW4gZGVuIFBhcmssIHNw5HRlciBncvzfZW4gd2lyIGRpZSBH5HN0ZSB6dSBIYXVzZS4=',
  ],
];

test.each(foreign)('%s is told by its letters', async (encoding, sentence, base64) => {
  const bytes = Buffer.concat([
    Buffer.from('id,text\n1,"'),
    Buffer.from(base64, 'base64'),
    Buffer.from('"\n'),
  ]);
  expect(detectEncodingOf(bytes)).toBe(encoding);
  expect((await read(file(`foreign-${encoding}.csv`, bytes))).texts).toEqual([sentence]);
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

test('a program among text files is skipped by name, a text with a stray NUL is not', async () => {
  const program = Buffer.from(Array.from({ length: 900 }, (_, i) => (i * 7919) % 32));
  expect(isBinary(program)).toBe(true);
  expect(isBinary(Buffer.from('one \0 stray\x01 byte in a text'))).toBe(false);
  expect(isBinary(encode(text, 'utf-16le'))).toBe(false);
  const folder = file('mixed/a.txt', Buffer.from('a text\0 with a NUL'));
  file('mixed/program.txt', program);
  const corpus = await read(path.dirname(folder));
  expect(corpus.ids).toHaveLength(1);
  expect(corpus.skipped.map((s) => s.reason).join()).toMatch(/program\.txt: is binary/);
});

test('a workbook that was only renamed is refused as a table', async () => {
  const zip = Buffer.concat([
    Buffer.from('PK\x03\x04'),
    Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3) * 104_729) % 251)),
  ]);
  for (const name of ['renamed.csv', 'renamed.jsonl'])
    await expect(read(file(name, zip))).rejects.toThrow(new RegExp(`${name} is binary, not text; save it`));
});
